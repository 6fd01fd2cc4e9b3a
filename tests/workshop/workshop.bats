#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The workshop itself: for each exercise the stub fails and the solution passes; each
# mistake of mistakes/ gets its hint; and a learner's way through one step.
load ../lab
load room

@test "workshop: each exercise has tests here, six mistakes, three other solutions and a hint" {
	local name word
	for word in proves get_their_hints; do
		same "$(table | cut -f 1 | sort)" \
			"$(sed -n "s/^@test.* { $word \\(.*\\); }$/\\1/p" "$TOP"/tests/workshop/*.bats | sort)"
	done
	cd "$TOP/tests/workshop"
	for name in $(table | cut -f 1); do
		[ "$(compgen -G "mistakes/$name-*.patch" | wc -l)" -ge 6 ]
		[ "$(compgen -G "solutions/$name-*.c" | wc -l)" -eq 3 ]
		grep -q "^$name	-	-	" hints
	done
	# And no file is one of an exercise that there is not.
	same "$(printf '%s\n' mistakes/* solutions/* | sed 's,.*/,,; s/-.*//' | sort -u)" "$(table | cut -f 1 | sort)"
}

@test "workshop: the stripped tree compiles without a warning" {
	local compiler
	cp -a "$FRESH" "$WORKSHOP"
	for compiler in gcc clang; do
		command -v $compiler || continue
		run make -s -C "$WORKSHOP" CC=$compiler CFLAGS='-O1 -Werror'
		check 0
		same "$output" ""
	done
}

@test "workshop: a stub says its commands, and then that it is yours to write" {
	lab_host
	cp -a "$FRESH" "$WORKSHOP"
	make -s -C "$WORKSHOP" 03-mounts CFLAGS=-O1
	lab_rootfs "$T/root"
	run on_host "$WORKSHOP/03-mounts/mounts" -v "$T/root" -- /bin/true
	check 3 "# mount --make-rprivate /" "mounts: mounts_private: yours to write"
	same "$(tail -n 1 <<<"$output")" "mounts: mounts_private: yours to write"
}

@test "workshop: with the reference's functions put back it is the reference" {
	local step what file name find=("awk" -f "$TOP/tests/workshop/functions.awk")
	cp -a "$FRESH" "$WORKSHOP"
	while IFS=$'\t' read -r _ step what _; do
		for what in $what; do
			name=${what#*:} file=$step/${what%:*}
			"${find[@]}" -v act=take -v name="$name" "$TOP/$file" >"$T/function"
			FUNCTION=$(<"$T/function") "${find[@]}" -v act=put -v name="$name" \
				"$WORKSHOP/$file" >"$T/file"
			cp "$T/file" "$WORKSHOP/$file"
		done
	done < <(table)
	for file in "$TOP"/{0[1-7]-*,full,full/beyond}/*.[ch]; do
		file=${file#"$TOP/"}
		diff <(grep -v '^#pragma' "$WORKSHOP/$file") "$TOP/$file"
	done
}

@test "workshop: make does not overwrite what a learner has written, unless told" {
	workshop make
	echo "/* mine */" >>"$WORKSHOP/06-veth/veth.c"
	run workshop make
	check 1 "stays"
	grep -q mine "$WORKSHOP/06-veth/veth.c"
	FORCE=1 workshop make
	run grep mine "$WORKSHOP/06-veth/veth.c"
	check 1
}

@test "workshop: a step from beginning to end" {
	local file
	workshop make
	file=$WORKSHOP/04-userns/userns.c
	run workshop check 04
	check 1 "to write  map_root: userns_map_root() in workshop/04-userns/userns.c" "Next: userns_map_root()"
	run workshop hint 4
	check 0 "userns_map_root() in" "deny setgroups(2) in it" "user_namespaces(7)"
	run workshop solution 04-userns
	check 1 "FORCE=1"
	FORCE=1 run workshop solution 04
	check 0 "map_id(pid, \"gid_map\", group);"

	sed -i 's/errx(3, "userns_map_root: yours.*/map_id(pid, "uid_map", user)/' "$file"
	run workshop check 04
	check 1 "error:" "not yet   map_root: workshop/04-userns does not compile yet"
	sed -i 's/map_id(pid, "uid_map", user)$/&;/' "$file"
	run workshop check 04
	check 1 "not yet   map_root" "Hint: "
	sed -i 's/map_id(pid, "uid_map", user);$/&\n\twrite_to(pid, "setgroups", "deny");/' "$file"
	run workshop check 04
	check 1 "not yet   map_root"
	cp "$TOP/04-userns/userns.c" "$file"
	run workshop check 04
	check 0 "passes    map_root" "Now all tests" "pass on your version"
	run workshop check 04
	check 0 "passes    map_root" "pass on your version"
	lacks "Now all tests"
	run workshop solution 04
	check 0 "map_id(pid, \"gid_map\", group);"
	run workshop hint 04
	check 1 "Nothing is left"
}

@test "workshop: a function that was renamed is asked for" {
	workshop make
	sed -i 's/^int exit_status(int/int my_status(int/' "$WORKSHOP/01-unshare/unshare.c"
	sed -i 's/exit_status(int/my_status(int/' "$WORKSHOP/01-unshare/unshare.h"
	run workshop check 01
	check 1 "where is exit_status()?"
}

@test "workshop: a step that there is not is one clear line" {
	run workshop check 9
	check 1 "which step?"
	run workshop check
	check 1 "make workshop"
	run workshop check 02
	check 1 "make workshop"
	run workshop solution
	check 1 "which step?"
	EXERCISE=none run workshop hint
	check 1 "none: no such exercise"
	EXERCISE=link_up run workshop hint 03
	check 1 "link_up is no exercise of 03-mounts"
}

# --- the screen -----------------------------------------------------------------

# no_bats: whoever wants to run tests from now on fails.
no_bats() {
	mkdir "$T/bin"
	printf '#!/bin/sh\nexit 1\n' >"$T/bin/bats"
	chmod +x "$T/bin/bats"
	PATH=$T/bin:$PATH
}

@test "workshop: check without a step shows all, and tries only what has changed" {
	local file=$WORKSHOP/04-userns/userns.c
	cp -a "$FRESH" "$WORKSHOP"
	cp "$SOLVED/01-unshare/unshare.c" "$WORKSHOP/01-unshare"
	run workshop check
	check 1 "01-unshare  exit_status    solved" "02-rootfs   write_line     to write; the next one" \
		"02-rootfs   link_applets   to write" "not possible here: this machine" \
		"2 of 18 are solved" "Next: write_line()"
	same "$(grep -cE '^  (0[1-7]-|full )' <<<"$output")" 18
	[[ $output == *$'\n  full        join           to write\n2 of 18 '* ]] || return 1
	(
		no_bats
		run workshop check
		check 1 "2 of 18 are solved"
		sed -i 's/^int exit_status(int.*/&\n/' "$WORKSHOP/01-unshare/unshare.c"
		run workshop check
		check 1 "1 of 18 are solved" "exit_status    not yet: see below" "its tests did not run"
	)
	sed -i 's/errx(3, "userns_map_root: yours.*/map_id(pid, "uid_map", user)/' "$file"
	run workshop check
	check 1 "04-userns   map_root       not yet: see below" "error:" "does not compile yet" \
		"2 of 18 are solved" "Next: userns_map_root()"
	# Another exercise of that step does not mind.
	cp "$SOLVED/02-rootfs/rootfs.c" "$WORKSHOP/02-rootfs"
	body write_line 02-rootfs/rootfs.c <<<'oops'
	run workshop check 02
	check 1 "not yet   write_line: workshop/02-rootfs does not compile yet" "rootfs.c:" "error: 'oops'" \
		"passes    link_applets" "Next: write_line()"
}

@test "workshop: the status of make check is 0 only if all passes" {
	row limit_cpu_v1
	cp -a "$FRESH" "$WORKSHOP"
	cp "$SOLVED/02-rootfs/rootfs.c" "$WORKSHOP/02-rootfs"
	run make_workshop check EXERCISE=write_line
	check 0 "passes    write_line"
	EXERCISE=write_line run workshop reset
	run make_workshop check EXERCISE=write_line
	check 2 "to write  write_line" "Error 1"
	run make_workshop check STEP=02
	check 2 "to write  write_line" "passes    link_applets"
	run make_workshop check EXERCISE=limit_cpu
	check 2 "not here  limit_cpu: this machine's cgroup v2 has no controllers" \
		"None of them can be tried here."
}
make_workshop() {
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS PATH="${PATH//"$BATS_LIBEXEC:"/}" make -s -C "$TOP" "$@" 3>&-
}

@test "workshop: watch tries at once, and again after each save until it passes" {
	local pid file=$WORKSHOP/02-rootfs/rootfs.c
	cp -a "$FRESH" "$WORKSHOP"
	workshop watch 2 >"$T/said" 2>&1 &
	pid=$!
	LAB_PIDS+=("$pid")
	wait_for grep "to write  write_line" "$T/said"
	sed -i 's/errx(3, "write_line: yours.*/oops/' "$file"
	wait_for tries 2
	wait_for grep -q "not yet   write_line: workshop/02-rootfs does not compile yet" "$T/said"
	cp "$SOLVED/02-rootfs/rootfs.c" "$file"
	wait_for tries 3
	wait "$pid"
	check_file "$T/said" "passes    write_line" "Next: link_applets()"
	tries 3
}
tries() { [ "$(grep -c '^[0-9][0-9]:[0-9][0-9]:' "$T/said")" = "$1" ]; }
check_file() { run cat "$1" && check 0 "${@:2}"; }

@test "workshop: reset puts one stub back, and keeps what stood there" {
	local file=$WORKSHOP/06-veth/veth.c
	cp -a "$SOLVED" "$WORKSHOP"
	sed -i 's/^\tstruct ifinfomsg link = .*IFF_UP.*/\/* mine *\/\n&/' "$file"
	cp "$file" "$T/mine"
	EXERCISE=link_up run workshop reset
	check 0 "link_up() in workshop/06-veth/veth.c is to be written again" "veth.c~"
	cmp "$T/mine" "$file~"
	grep 'errx(3, "link_up: yours to write");' "$file"
	same "$(grep -c 'yours to write' "$file")" 1
	EXERCISE=default_route run workshop reset
	same "$(grep -c 'yours to write' "$file")" 3
	same "$(grep -c 'yours to write' "$file~")" 1
	run workshop reset
	check 1 "which exercise?"
}

@test "workshop: full is step 08, and its exercise is hinted at, shown and reset as any other" {
	local step
	cp -a "$SOLVED" "$WORKSHOP"
	for step in full 08 8; do
		run workshop hint "$step"
		check 0 "enter_namespaces() in workshop/full/beyond/enter.c" "PROCESS is a pidfd" "setns(2)"
		FORCE=1 run workshop solution "$step"
		check 0 "/* --- full/beyond/enter.c --- */" "if (setns(process, all))"
	done
	EXERCISE="join" run workshop reset
	check 0 "enter_namespaces() in workshop/full/beyond/enter.c is to be written again"
	cmp "$TOP/full/beyond/enter.c" "$WORKSHOP/full/beyond/enter.c~"
	grep 'say("exec nsenter .*' "$WORKSHOP/full/beyond/enter.c"
	grep 'errx(3, "enter_namespaces: yours to write");' "$WORKSHOP/full/beyond/enter.c"
	run workshop check 8
	check 1 "to write  join" "Next: enter_namespaces() in" "STEP=full"
}

@test "workshop: without root hint says what only root can try, and what nobody can here" {
	need root
	need cgroup1
	cp -a "$FRESH" "$WORKSHOP"
	run as_nobody hint 05
	check 0 "limit_cpu() in workshop/05-cgroups/v1-limits.c" "Only root can try it: sudo make check STEP=05"
	run workshop hint 05
	check 0 "limit_cpu() in workshop/05-cgroups/v1-limits.c"
	lacks "Only root"
	printf 'limit_cpu_v1\t0\t\n' >"$WORKSHOP/.passed"
	run as_nobody hint 05
	check 1 "enable is not possible here: this machine's cgroup v2 has no controllers" "Nothing is left"
	lacks limit_cpu_v1
	run as_nobody check 05
	check 1 "limit_cpu_v1: needs root" "None of them can be tried here without root: sudo make check STEP=05"
}
as_nobody() {
	env TMPDIR=/tmp WORKSHOP="$WORKSHOP" PATH="${PATH//"$BATS_LIBEXEC:"/}" setpriv --reuid 65534 --regid 65534 \
		--clear-groups "$TOP/tests/workshop/workshop" "$@" 3>&-
}

@test "workshop: with sudo nothing comes to belong to root, and runuser is not needed" {
	need root
	mkdir -p "$T/home/tree"
	tar -c -C "$TOP" --exclude=./.git --exclude=./.cache --exclude=./workshop . | tar -x -C "$T/home/tree"
	touch "$T/home/tree/02-rootfs/main.c"
	chown -R 1234:1234 "$T/home"
	WORKSHOP=''
	export HOME=$T/home
	lab_host
	# shellcheck disable=SC2016 # for that shell
	on_host sh -c '! file=$(command -v runuser) || mount --bind /dev/null "$file"'
	run on_host make -s -C "$T/home/tree" workshop
	check 0 "18 exercises"
	run on_host env -u MAKEFLAGS SUDO_USER=none SUDO_UID=1234 "$T/home/tree/workshop/check" 02
	check 1 "to write  write_line"
	lacks "Error"
	[ -x "$T/home/tree/02-rootfs/rootfs" ]
	same "$(find "$T/home/tree" ! -uid 1234)" ""
}

# --- what is said of a failure ----------------------------------------------------

# report: the words of report.bash, with hints of the test's own.
report() {
	export HERE=$T STEP=06-veth FAILED=$T/failed
	. "$TOP/tests/workshop/report.bash"
	cat >"$T/hints"
}

@test "workshop: a hint is for a test that failed, and for what that one printed" {
	local HINT SHOWN
	report <<-'END'
		mine	passed	.	of a test that passed
		mine	.	printed by one that passed	of a line of such a test
		mine	.	before all tests	of what the build said
		yours	.	.	of another exercise
		mine	second	first symptom	of the symptom of another test
		mine	second	symptom	of the second
		mine	.	.	of any
	END
	failures <<-'END'
		before all tests
		1..4
		ok 1 06: passed
		# printed by one that passed
		not ok 2 06: first
		# (from function `check' in file tests/lab.bash, line 264,
		#  from function `refused' in file tests/06-veth.bats, line 30,
		#  in test file tests/06-veth.bats, line 3)
		#   `check 0' failed
		# first symptom
		ok 3 06: passed as well
		# printed by one that passed
		not ok 4 06: second
		# (in test file tests/06-veth.bats, line 9)
		#   `check 0' failed
		# symptom
	END
	hint_for mine
	same "$SHOWN $HINT" "2 Hint: of the second"
	run symptoms "$SHOWN"
	check 0 "This test fails: 06: second" "symptom" "And this one: 06: first"
	lacks "first symptom" "passed" "in test file" "from function"
	hint_for other
	same "$SHOWN ${HINT%% Read*}" "1 No hint fits that."
}

@test "workshop: what was stopped gets a hint for that, or the general one for it" {
	local HINT SHOWN
	report <<-'END'
		mine	.	.	of any
		looping	.	.	of any
		looping	.	still running	of what does not end
	END
	failures <<<$'not ok 1 06: first\n# still running after 20 seconds, and stopped'
	hint_for mine
	same "${HINT:0:37}" "No hint fits that. Either a loop goes"
	hint_for looping
	same "$HINT" "Hint: of what does not end"
}

# differ A B: what is said of two texts of which same() has said that they differ.
differ() {
	{ echo name && { same "$1" "$2" 2>&1 || true; }; } >"$T/texts"
	differences "$T/texts" | folded 16
}

@test "workshop: of two texts it is said which is yours; a difference is never cut off" {
	local long
	report </dev/null
	same "$(differ 1 2)" $'yours:  1\nwanted: 2'
	same "$(differ '' 2)" $'yours:  (nothing)\nwanted: 2'
	same "$(differ 1 '')" $'yours:  1\nwanted: (nothing)'
	same "$(differ $'a\nb' $'b\na')" $'yours:  a\nb\nwanted: b\na'
	same "$(differ $'a\nb\nc' $'a\nx\nc')" $'yours:  b\nwanted: x'
	same "$(differ $'a\nb\nc' $'a\nc')" $'yours:  b\nwanted: (no such line)'
	same "$(differ $'a\nc' $'a\nb\nc')" $'wanted: b\nyours:  (has no such line)'
	same "$(differ $'a\na' a)" $'yours:  a\nwanted: (no such line)'
	long=$(printf '%0100d' 0)
	same "$(differ "${long}1" "${long}2" | tail -c 2)" 2
	same "$(differ "${long}1" "${long}2" | grep -c 01)" 1
	same "$(differ "$(seq 40)" x | tail -n 1)" "(and 25 more lines)"
}

@test "workshop: a status is explained, and what was printed is shown" {
	report </dev/null
	same "$(explained <<<'status 139, not 0: oops')" \
		"The exit status is 139 (128 + 11: ended by SIGSEGV), and should be 0."$'\n'"printed: oops"
	same "$(explained <<<'status 1, not 0: ')" "The exit status is 1, and should be 0."
	same "$(explained <<<'"up" is not in: down')" $'missing: up\nprinted: down'
}

# --- a wrong program is contained ---------------------------------------------------

# body NAME FILE: in the workshop, the body of that function is what stdin has.
body() {
	local text
	text=$(awk -v act=take -v name="$1" -f "$TOP/tests/workshop/functions.awk" "$WORKSHOP/$2" | sed '/^{$/,$d')
	text+=$'\n{\n'$(cat)$'\n}'
	FUNCTION=$text awk -v act=put -v name="$1" -f "$TOP/tests/workshop/functions.awk" "$WORKSHOP/$2" >"$T/new"
	cp "$T/new" "$WORKSHOP/$2"
}

# ours: the processes that run a program of a workshop's, of this test or another.
programs() { cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -o "$T/tmp/workshop[^ ]*/0[^ ]*" || true; }

# world: what a wrong program could have changed.
world() {
	cat /proc/self/mountinfo /proc/sys/net/ipv4/ip_forward
	ip -o link
	! command -v nft >/dev/null || nft list ruleset
}

# no_group: no group of "contain" is without its process.
no_group() {
	local group
	for group in $(compgen -G '/sys/fs/cgroup/contain-*'; compgen -G '/sys/fs/cgroup/*/contain-*'); do
		[ -e "/proc/${group##*-}" ] || return 1
	done
}

contained_setup() {
	cp -a "$SOLVED" "$WORKSHOP"
	mkdir "$T/tmp"
	chmod 1777 "$T/tmp"
	export TMPDIR=$T/tmp LIMIT=4
}

@test "workshop: a program that loops or forks is stopped, with the reason, and no process is left" {
	local what
	contained_setup
	for what in 'for (;;) ;' 'setsid(); if (fork() == 0) { setsid(); for (;;) pause(); } for (;;) pause();' \
		'signal(SIGTERM, SIG_IGN); for (;;) fork();'; do
		body go_on_as_child 01-unshare/unshare.c <<<"$what"
		EXERCISE=fork run workshop check 01
		check 1 "not yet   fork" "still running after 4 seconds, and stopped" "Either a loop goes on"
		same "$(programs)" ""
		same "$(ls "$TMPDIR")" ""
		no_group
	done
}

@test "workshop: a mistake in 03 or 07, or a path of the host's, changes nothing of the machine" {
	local before
	need root
	contained_setup
	LIMIT=60
	echo precious >"$T/precious"
	before=$(world)
	# From the lab they go where the test is: on a machine that would be root's shell.
	body mounts_private 03-mounts/private.c <<-'END'
		execlp("sh", "sh", "-c", "nsenter -t $PPID -m mount -t tmpfs none /mnt", NULL);
	END
	EXERCISE=private run workshop check 03
	check 1 "not yet   private"
	same "$(world)" "$before"

	body rules_add 07-nat/nat.c <<-'END'
		execlp("sh", "sh", "-c", "nsenter -t $PPID -n ip link add wrong type veth", NULL);
	END
	EXERCISE=masquerade run workshop check 07
	check 1 "not yet   masquerade"
	same "$(world)" "$before"

	body write_line 02-rootfs/rootfs.c <<<"int fd = open(\"$T/precious\", O_WRONLY | O_TRUNC);
		(void)name; dprintf(fd, \"%s\", line); unlink(\"$T/precious\");"
	EXERCISE=write_line run workshop check 02
	check 1 "not yet   write_line"
	same "$(cat "$T/precious")" precious
	same "$(world)" "$before"
}

@test "workshop: a limit of the machine's user namespace that was set is set back" {
	need userns
	# The namespace of "unshare" stands for the machine's.
	# shellcheck disable=SC2016 # for that shell
	run unshare -r sh -c 'cd /proc/sys/user && cat max_uts_namespaces
		"$1" 20 "$2" sh -c "echo 7 >/proc/sys/user/max_uts_namespaces; cat /proc/sys/user/max_uts_namespaces"
		cat max_uts_namespaces' sh "$TOP/tests/workshop/contain" "$T"
	check 0
	same "${lines[1]}" 7
	same "${lines[0]}" "${lines[2]}"
	[ "${lines[0]}" != 7 ]
}

@test "workshop: the machine keeps its hostname" {
	need userns
	# The namespaces of "unshare" stand for the machine's.
	# shellcheck disable=SC2016 # for that shell
	run unshare -r -u sh -c 'hostname machine; "$1" 20 "$2" sh -c "hostname wrong; hostname"
		hostname' sh "$TOP/tests/workshop/contain" "$T"
	check 0
	same "$output" $'wrong\nmachine'
}

@test "workshop: what a group was made for is gone after a check that was stopped" {
	local name file
	row limit_cpu_v1
	contained_setup
	file=/dev/shm/${T##*/}
	body limit_cpu 05-cgroups/v1-limits.c <<-END
		dprintf(open("$file", O_CREAT | O_WRONLY, 0600), "%s", name + 0 * quota);
		for (;;)
			;
	END
	EXERCISE=limit_cpu_v1 run workshop check 05
	name=$(<"$file")
	rm "$file"
	check 1 "still running after 4 seconds"
	[[ $name == bats-* ]] || return 1
	[ ! -e "/sys/fs/cgroup/cpu/$name" ]
}

# --- each exercise ----------------------------------------------------------------

@test "workshop: 02-rootfs: the stub of write_line fails, the solution passes" { proves write_line; }
@test "workshop: 02-rootfs: the stub of link_applets fails, the solution passes" { proves link_applets; }
@test "workshop: 05-cgroups: the stub of limit_cpu_v1 fails, the solution passes" { proves limit_cpu_v1; }
@test "workshop: 01-unshare: the stub of exit_status fails, the solution passes" { proves exit_status; }
@test "workshop: 04-userns: the stub of map_root fails, the solution passes" { proves map_root; }
@test "workshop: 03-mounts: the stub of private fails, the solution passes" { proves private; }
@test "workshop: 01-unshare: the stub of fork fails, the solution passes" { proves fork; }
@test "workshop: 03-mounts: the stub of four_mounts fails, the solution passes" { proves four_mounts; }
@test "workshop: 03-mounts: the stub of enter fails, the solution passes" { proves enter; }
@test "workshop: 06-veth: the stub of link_up fails, the solution passes" { proves link_up; }
@test "workshop: 06-veth: the stub of address fails, the solution passes" { proves address; }
@test "workshop: 06-veth: the stub of default_route fails, the solution passes" { proves default_route; }
@test "workshop: 06-veth: the stub of pair fails, the solution passes" { proves pair; }
@test "workshop: 06-veth: the stub of other_netns fails, the solution passes" { proves other_netns; }
@test "workshop: 07-nat: the stub of masquerade fails, the solution passes" { proves masquerade; }
@test "workshop: full: the stub of join fails, the solution passes" { proves join; }

# --- mistakes, and solutions in other styles ------------------------------------------

@test "workshop: 02-rootfs: each mistake in write_line gets its hint" { get_their_hints write_line; }
@test "workshop: 02-rootfs: each mistake in link_applets gets its hint" { get_their_hints link_applets; }
@test "workshop: 05-cgroups: each mistake in limit_cpu_v1 gets its hint" { get_their_hints limit_cpu_v1; }
@test "workshop: 01-unshare: each mistake in exit_status gets its hint" { get_their_hints exit_status; }
@test "workshop: 04-userns: each mistake in map_root gets its hint" { get_their_hints map_root; }
@test "workshop: 03-mounts: each mistake in private gets its hint" { get_their_hints private; }
@test "workshop: 01-unshare: each mistake in fork gets its hint" { get_their_hints fork; }
@test "workshop: 03-mounts: each mistake in four_mounts gets its hint" { get_their_hints four_mounts; }
@test "workshop: 03-mounts: each mistake in enter gets its hint" { get_their_hints enter; }
@test "workshop: 06-veth: each mistake in link_up gets its hint" { get_their_hints link_up; }
@test "workshop: 06-veth: each mistake in address gets its hint" { get_their_hints address; }
@test "workshop: 06-veth: each mistake in default_route gets its hint" { get_their_hints default_route; }
@test "workshop: 06-veth: each mistake in pair gets its hint" { get_their_hints pair; }
@test "workshop: 06-veth: each mistake in other_netns gets its hint" { get_their_hints other_netns; }
@test "workshop: 07-nat: each mistake in masquerade gets its hint" { get_their_hints masquerade; }
@test "workshop: full: each mistake in join gets its hint" { get_their_hints join; }

@test "workshop: 01-unshare: solutions in other styles pass" { styles_pass 01-unshare; }
@test "workshop: 02-rootfs: solutions in other styles pass" { styles_pass 02-rootfs; }
@test "workshop: 03-mounts: solutions in other styles pass" { styles_pass 03-mounts; }
@test "workshop: 04-userns: solutions in other styles pass" { styles_pass 04-userns; }
@test "workshop: 05-cgroups: solutions in other styles pass" { styles_pass 05-cgroups; }
@test "workshop: 06-veth: solutions in other styles pass" { styles_pass 06-veth; }
@test "workshop: 07-nat: solutions in other styles pass" { styles_pass 07-nat; }
@test "workshop: full: solutions in other styles pass" { styles_pass full; }
