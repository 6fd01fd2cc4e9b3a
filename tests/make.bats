#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153,SC2034 # NAME, BEFORE: container.bash has them, and reads them
#
# What make does for those who call it: sudo make run, and what is said where nothing can
# be built.
load lab
load container

setup() {
	container_setup
	need compiler
	# The folder of a user whom only a directory service knows well.
	COPY="$T/it's a \"home\" \$x/first container"
	mkdir -p "$COPY"
	cp -a "$TOP"/{0[1-7]-*,full,Makefile,.flags} "$COPY"
	mkdir "$COPY/tests"
	cp "$TOP/tests/install" "$COPY/tests"
	chown -R 1234:1234 "${COPY%/*}"
	chmod 700 "${COPY%/*}"
}

# make_there ARG...: make, in that folder.
make_there() {
	on_host env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS -C "$COPY" make "$@"
}

# A user of the name CORP\alice, who calls sudo.
become_alice() {
	{
		cat /etc/passwd
		printf '%s\n' "CORP\\alice:x:1234:1234::${COPY%/*}:/bin/sh"
	} >"$T/passwd"
	on_host mount --bind "$T/passwd" /etc/passwd
	export SUDO_USER='CORP\alice' SUDO_UID=1234 SUDO_GID=1234
	BEFORE=$(world)
}

@test "make: sudo make run, in a closed home, whatever its name and its user's" {
	become_alice
	touch "$COPY/full/main.c"
	run make_there -s run ARGS="--name $NAME --no-net -- cat /proc/self/uid_map"
	check 0
	same "$(tr -s ' ' <<<"$output")" " 0 1234 1"
	same "$(find "${COPY%/*}" ! -uid 1234)" ""
	[ -x "${COPY%/*}/container/bin/busybox" ]
	# Nor does it need getent or runuser, which Alpine lacks.
	on_host sh -c 'for tool in getent runuser; do
		! file=$(command -v $tool) || mount --bind /dev/null "$file"; done'
	touch "$COPY/full/main.c"
	run make_there -s run ARGS="--name $NAME --no-net -- true"
	check 0
	same "$output" ""
	same "$(find "${COPY%/*}" ! -uid 1234)" ""
}

@test "make: as root by su or doas nothing comes to belong to root, either" {
	touch "$COPY/full/main.c"
	export HOME=$T/home
	run make_there -s run ARGS="--name $NAME --no-net -- true"
	check 0
	same "$(find "${COPY%/*}" ! -uid 1234)" ""
	[ -x "$T/home/container/bin/busybox" ]
	run on_host env -u HOME -C "$COPY" make -s run ARGS="--name $NAME --no-net -- true"
	[ "$status" -ne 0 ]
	check "$status" "container: " DIR
	[ ! -e /container ]
}

@test "make: sudo make test runs where every user may enter, and names have no blanks" {
	# (Bats would take a line that begins with @test for a test of this file.)
	sed 's/^it/@test/' >"$COPY/tests/99-other.bats" <<-'END'
		it "another user" {
			[[ $BATS_TEST_DIRNAME != *\ * ]]
			setpriv --reuid 54321 --regid 54321 --clear-groups \
				"$BATS_TEST_DIRNAME/../01-unshare/unshare" true
		}
	END
	run on_host env -i -C "$COPY" PATH="${PATH#*/libexec/*:}" make -s test-99
	check 0 "ok 1 another user"
	lacks "not ok"
	as_before
}

@test "make: the status of make run says whether it ran" {
	become_alice
	run make_there -s run ARGS="--name $NAME --no-net -- sh -c 'exit 7'"
	check 2 "Error 7"
	run make_there -s run ARGS="--name $NAME --memory none"
	check 2 "--memory none: not a size"
}

@test "make: nor does the last command of a session count" {
	need script
	article_name
	become_alice
	run on_host env -C "$COPY" script -qec "make -s run" /dev/null <<<$'false\nexit'
	check 0 "(exit status 1)"
	mkdir "$T/none"
	on_host mount --bind "$T/none" "${COPY%/*}/container"
	run on_host env -C "$COPY" script -qec "make -s run" /dev/null <<<$'false\nexit'
	check 2 "Error 1"
	lacks "(exit status"
}

@test "make: what is missing to build is said in one line, with the way to get it" {
	run make_there -s CC=none-such-cc
	check 2 "none-such-cc: no such compiler: apt install gcc"
	one_line
	mkdir -p "$T/old/linux" "$T/bare"
	: >"$T/old/linux/mount.h"
	run make_there -s CC="cc -isystem $T/old" 06-veth
	check 2 "too old: this wants the headers of Linux 5.12, and glibc 2.34"
	one_line
	run make_there -s CC="cc -nostdinc"
	check 2 "no headers of libc: apt install libc6-dev"
	one_line
	run make_there -s CC="cc -nostdinc -isystem $T/bare"
	check 2 "no headers"
	echo '#error' >"$T/old/linux/types.h"
	run make_there -s CC="cc -isystem $T/old"
	check 2 "no headers of the kernel: apt install linux-libc-dev"
	one_line
	run make_there -s
	check 0
}

@test "make: a folder whose links are text is said to be one" {
	find "$COPY" -type l -exec sh -c 'for link; do target=$(readlink "$link"); rm "$link"
		printf %s "$target" >"$link"; done' - {} +
	rm "$COPY/.flags"
	chmod -x "$COPY/full/can-build"
	run make_there -s
	check 2 "the links in here have become text"
	one_line
}
