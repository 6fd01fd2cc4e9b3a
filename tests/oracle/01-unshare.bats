#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034,SC2016 # called, read and run elsewhere
load oracle

unshare_holds() { hold 01-unshare 01-unshare/unshare "$@" -- sleep 600; }

@test "01-unshare: the article's options" {
	unshare_holds -f -p -m -n -i -u --mount-proc
}

@test "01-unshare: all there is" {
	prepare() { here mkdir proc; }
	unshare_holds --fork --pid --mount --net --ipc --uts --user --cgroup --time \
		--mount-proc="$WORLD/home/proc"
}

@test "01-unshare: the article's options, as an ordinary user" {
	WORLD_AS=(setpriv --reuid 1234 --regid 1235 --groups 1236)
	prepare() { here sh -c 'chmod 777 "$1"; mkdir proc' sh "$GLUE"; }
	unshare_holds -f -p -m -n -i -u -U --map-root-user --mount-proc=./proc
}

@test "01-unshare: root in a user namespace, and no other kind" {
	unshare_holds -r
}

@test "01-unshare: one kind of namespace" {
	unshare_holds -u
}

@test "01-unshare: none at all" {
	unshare_holds
}

@test "01-unshare: each meant difference occurs" {
	all_occur 01-unshare
}
