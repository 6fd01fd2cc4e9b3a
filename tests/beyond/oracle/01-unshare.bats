#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
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

@test "01-unshare: one kind of namespace" {
	unshare_holds -u
}

@test "01-unshare: none at all" {
	unshare_holds
}

@test "01-unshare: each meant difference occurs" {
	all_occur 01-unshare
}
