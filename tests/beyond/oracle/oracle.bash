# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2034 # NS, and others: for lab.bash to read
#
# oracle.bash - what the tests in this folder load: two worlds, and their comparison.
#
# A world is a lab as tests/lab.bash makes it, and more alike than two labs are: its
# files are in a tmpfs on $WORLD, so all paths are the same; and on its /sys/fs/cgroup
# is a group made for it, so the default names can be used whoever else runs
# containers here. One world ends before the next begins.
#
# These suites run as root. They need bash, util-linux, iproute2, nftables, iptables,
# procps and a static busybox.

load ../../lab
TOP=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)
load ../oracle/facts

HERE=$TOP/tests/beyond/oracle
WORLD=/srv
# The tests' own: the shell that scripts run in, their FIFO. Not compared.
GLUE=$WORLD/glue
CGROUP=oracle-$$
# The root of the cgroup trees here, one for each resource with version 1.
TREES=(/sys/fs/cgroup)
[ -e /sys/fs/cgroup/cgroup.controllers ] || TREES=(/sys/fs/cgroup/{cpu,memory,pids})

setup() {
	need root
	oracle_setup
}
oracle_setup() {
	lab_setup
	export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	USED=$BATS_FILE_TMPDIR/used # the differences that have occurred
	: >>"$USED"
}

teardown() { oracle_teardown; }
oracle_teardown() {
	is_root || return 0
	world_end
	lab_teardown
}

# --- a world ----------------------------------------------------------------------

# world: end the last one, and begin the next.
world() {
	world_end
	local tree
	for tree in "${TREES[@]}"; do
		mkdir "$tree/$CGROUP"
	done
	[ "${#TREES[@]}" -gt 1 ] || echo +cpu +memory +pids >/sys/fs/cgroup/cgroup.subtree_control
	lab_internet
}

# In place of lab.bash's: into the hostname too, and with no environment.
enter() { NS=(nsenter -t "$1" -n -m -u -- env -i PATH="$PATH"); }

# In place of lab.bash's: the host has its mounts shared, as systemd has it.
lab_host() {
	local tree
	sleeper HOST_PID unshare -n -m -u --
	on_host mount -t tmpfs -o mode=755 world "$WORLD"
	on_host mkdir -m 755 "$GLUE" "$WORLD/home"
	# A shell that reads no further than the line it is at, as who execs another
	# shell on the same input must.
	on_host ln -s "$(command -v bash)" "$GLUE/sh"
	if [ "${#TREES[@]}" -gt 1 ]; then
		own_trees
	else
		on_host mount --bind "/sys/fs/cgroup/$CGROUP" /sys/fs/cgroup
	fi
	on_host mount --make-rshared /
	on_host hostname world
	on_host ip link set lo up
}

# Nothing but the world's own groups on its /sys/fs/cgroup.
own_trees() {
	on_host sh -ec 'group=$1; shift
		mount -t tmpfs -o mode=755 world /mnt
		for tree; do
			mkdir "/mnt/${tree##*/}"
			mount --bind "$tree/$group" "/mnt/${tree##*/}"
		done
		mount --rbind /mnt /sys/fs/cgroup
		umount -R /mnt' sh "$CGROUP" "${TREES[@]}"
}

world_end() {
	local pid tree
	for pid in "${LAB_PIDS[@]}"; do
		kill -KILL "$pid" 2>/dev/null || true
	done
	for tree in "${TREES[@]}"; do
		wait_for clear_away "$tree/$CGROUP"
	done
	for pid in "${LAB_PIDS[@]}"; do
		wait "$pid" 2>/dev/null || true
	done
	LAB_PIDS=()
}

# clear_away DIR: remove a group of this world and all that is in it.
clear_away() {
	local inner pid
	[ -d "$1" ] || return 0
	for inner in "$1"/*/; do
		[ ! -d "$inner" ] || clear_away "${inner%/}" || return 1
	done
	while read -r pid; do
		kill -KILL "$pid" || true
	done <"$1/cgroup.procs"
	rmdir "$1"
}

# in_world: put into IN the command that runs another one in this world, with nothing
# of the environment of the tests but WORLD_ENV, as WORLD_AS has it.
WORLD_ENV=() WORLD_AS=()
in_world() {
	IN=(nsenter -t "$HOST_PID" -n -m -u --
		env -i -C "$WORLD/home" PATH="$GLUE:$PATH" HOME="$WORLD/home"
		SHELL=/bin/sh TERM=dumb "${WORLD_ENV[@]}")
}

# here COMMAND...: run it in this world, to its end, as root.
here() {
	local IN
	in_world
	"${IN[@]}" "$@"
}

# begin VAR FILE COMMAND...: run it in this world in the background, as WORLD_AS; what it prints on
# stderr goes to FILE. VAR gets its pid.
begin() {
	local IN var=$1 file=$2
	shift 2
	in_world
	: >"$file"
	background "$var" bash -c 'exec 2>"$1"; shift; exec "$@"' bash "$file" \
		"${IN[@]}" "${WORLD_AS[@]}" "$@"
}

# descendant VAR PID NAME: VAR gets the first process that PID has become or has
# started, by any number of steps, which is called NAME. Waits until there is one.
descendant() {
	wait_for find_descendant "$2" "$3" || return 1
	printf -v "$1" %s "$(find_descendant "$2" "$3")"
}
find_descendant() {
	local child
	if is_named "$1" "$2"; then
		echo "$1"
		return
	fi
	for child in $(pgrep -P "$1"); do
		find_descendant "$child" "$2" && return
	done
	return 1
}

is_gone() { ! kill -0 "$1"; }

# --- what was said, as a script -----------------------------------------------------

# script FILE: the script that the lines in FILE are.
script() { awk -v fifo="$GLUE/FIFO" -f "$HERE/script.awk" "$1"; }

# --- two worlds, compared -----------------------------------------------------------

# What stands in a new world before. A process that an ARG is to name goes into the
# variable PID or PID2; the word "PID" or "PID2" among the ARGs is then its number.
prepare() { :; }

# new_world ARG...: a world, prepared. ARGS is ARG... with the numbers of its processes.
new_world() {
	local i
	world
	PID='' PID2=''
	prepare
	ARGS=("$@")
	for i in "${!ARGS[@]}"; do
		case ${ARGS[i]} in
		PID) ARGS[i]=$PID ;;
		PID2) ARGS[i]=$PID2 ;;
		esac
	done
}

# script_here FILE: the script, with the numbers of this world's PID and PID2.
script_here() {
	script "$1" | sed "s/^PID=${PID_OURS:-none}\$/PID=$PID/; s/^PID=${PID2_OURS:-none}\$/PID=$PID2/"
}

# do_it STEP PROGRAM ARG...: PROGRAM does its work and ends; compare what is there now.
do_it() {
	local step=$1 program=$TOP/$2
	shift 2
	new_world "$@"
	PID_OURS=$PID PID2_OURS=$PID2
	here "$program" -v "${ARGS[@]}" 2>"$T/said" || { cat "$T/said" >&2; return 1; }
	facts "$PID" >"$T/ours"

	new_world "$@"
	script_here "$T/said" >"$T/script"
	here bash -e "$T/script" >"$T/out" 2>&1 || { cat "$T/script" "$T/out" >&2; return 1; }
	facts "$PID" >"$T/theirs"
	compare "$step"
}

# hold STEP PROGRAM ARG...: PROGRAM ends in "sleep"; compare while that one runs, and
# once more after it has ended.
hold() {
	local step=$1 program=$TOP/$2 pid inner lines
	shift 2
	new_world "$@"
	begin pid "$T/said" "$program" -v "${ARGS[@]}"
	descendant inner "$pid" sleep || { cat "$T/said" >&2; return 1; }
	facts "$inner" >"$T/ours"
	lines=$(wc -l <"$T/said")
	kill -KILL "$inner"
	wait_for is_gone "$pid"
	facts >"$T/ours.after"

	new_world "$@"
	head -n "$lines" "$T/said" >"$T/said.up"
	tail -n "+$((lines + 1))" "$T/said" >"$T/said.down"
	script_here "$T/said.up" >"$T/script"
	echo wait >>"$T/script"
	script_here "$T/said.down" >"$T/script.down"
	begin pid "$T/out" bash -e "$T/script"
	descendant inner "$pid" sleep || { cat "$T/script" "$T/out" >&2; return 1; }
	facts "$inner" >"$T/theirs"
	kill -KILL "$inner"
	wait_for is_gone "$pid"
	# Not -e: the host's end of the cable goes with the network namespace, sooner or
	# later; a line that takes it off may come too late. What is left is compared.
	here bash "$T/script.down" >"$T/out.down" 2>&1 || true
	facts >"$T/theirs.after"
	compare "$step"
	mv "$T/ours.after" "$T/ours"
	mv "$T/theirs.after" "$T/theirs"
	compare "$step"
}

# compare STEP: the facts in $T/ours and $T/theirs are the same, but for the meant
# differences of STEP. Says how many there are.
compare() {
	local facts
	facts=$(wc -l <"$T/ours")
	[ "$facts" -gt 0 ] || return 1
	diff "$T/ours" "$T/theirs" | grep '^[<>]' >"$T/diff" || true
	awk -v step="$1" -v used="$USED" -f "$HERE/differences.awk" \
		"$HERE/differences" "$T/diff" >"$T/undeclared"
	echo "# $BATS_TEST_DESCRIPTION: $facts facts, $(wc -l <"$T/diff") differ as meant" >&3
	[ ! -s "$T/undeclared" ] || {
		echo "undeclared (<: only ours, >: only the real tools'):" >&2
		head -n 40 "$T/undeclared" >&2
		sed -n '41{s/.*/and more/p;q}' "$T/undeclared" >&2
		return 1
	}
}

# all_occur STEP: each difference that is declared for STEP has occurred in the tests
# before this one.
all_occur() {
	awk -v step="$1" -v list=1 -f "$HERE/differences.awk" "$HERE/differences" |
		sort >"$T/declared"
	same "$(sort -u "$USED" | comm -13 - "$T/declared")" ""
}
