# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2034 # THEIR_DIR: for the tests to read
# shellcheck disable=SC2154 # output: what "run" has left
#
# container.bash - for the tests of the whole container: each has a lab, names of its
# own, and a look at all that a container might change on its host.

# The cgroups of a container are the machine's own; so each test has names of its
# own, $NAME and $OTHER, and takes away what is left of them. A container's rootfs
# is $T and its name.
setup() { container_setup; }
container_setup() {
	lab_setup
	# (A pid is not enough: the workshop's tests have pid namespaces of their own.)
	NAME=b$BATS_TEST_NUMBER-${T: -5}
	OTHER=${NAME}b
	NAMES=("$NAME" "$OTHER")
	ROOT=$T/$NAME
	PROGRAM=$TOP/full/container
	unset SUDO_UID SUDO_GID
	export SHELL=/bin/sh TERM=dumb
	need root
	lab_internet
	set_forward 0
	# Whatever servers this machine has: without one each run would say so.
	echo 'nameserver 198.51.100.1' >"$T/resolv.conf"
	on_host sh -c 'file=$(readlink -f /etc/resolv.conf) && [ -e "$file" ] || exit 0
		mount --bind "$1" "$file"' sh "$T/resolv.conf"
	BEFORE=$(world)
}

teardown() { container_teardown; }
container_teardown() {
	local dir
	while read -r dir; do
		wait_for clear_away "$dir"
	done < <(traces)
	lab_teardown
}

FORWARD=/proc/sys/net/ipv4/ip_forward
# The kinds of namespace that this kernel has: 32-bit ARM has no "time".
KINDS=(cgroup ipc mnt net pid user uts)
[ ! -e /proc/self/ns/time ] || KINDS+=(time)
# The id that root of a container has on the host, if nothing else says one.
SPARE=2100000000
WHO=http://203.0.113.2/cgi-bin/who
# A COMMAND that stays: "start" waits for the file.
STAY=(sh -c ': >/ready; exec sleep 600')

set_forward() { on_host sh -c "echo $1 >$FORWARD"; }
forward() { on_host cat "$FORWARD"; }
forwarding() { on_host cat "/proc/sys/net/ipv4/conf/$1/forwarding"; }

# container ARG...: run it, by the name $NAME, with its rootfs at $ROOT.
container() { on_host "$PROGRAM" --name "$NAME" --rootfs "$ROOT" "$@"; }

# start VAR NAME [OPTION...] [-- COMMAND...]: have a container run in the background,
# and wait until its COMMAND has made the file /ready. VAR gets the launcher's pid.
start() {
	local launcher=$1 name=$2
	shift 2
	case " $* " in *" -- "*) ;; *) set -- "$@" -- "${STAY[@]}" ;; esac
	rm -f "$T/$name/ready"
	# What nohup or a shell has had us ignore is not for the launcher.
	local env=()
	! env --default-signal true 2>/dev/null || env=(env --default-signal)
	background_on "$HOST_PID" "$launcher" "${env[@]}" "$PROGRAM" \
		--name "$name" --rootfs "$T/$name" "$@"
	wait_for [ -e "$T/$name/ready" ]
}

# article_name: this test runs a container by the default name. One test at a time does, on
# this machine: cgroups are shared.
article_name() {
	NAMES+=(my_container)
	exec 8</sys/fs/cgroup
	flock -w 120 8
}

# traces: the directories of the groups of this test that there are.
traces() {
	local name dir
	for name in "${NAMES[@]}"; do
		for dir in /sys/fs/cgroup/"$name" /sys/fs/cgroup/*/"$name"; do
			[ ! -d "$dir" ] || echo "$dir"
		done
	done
}

# clear_away DIR: remove this group of ours and all that runs in it. Fails as long as
# something is still about to end.
clear_away() {
	local pid
	[ -d "$1" ] || return 0
	while read -r pid; do
		kill -KILL "$pid" || true
	done <"$1/cgroup.procs"
	rmdir "$1"
}

# All that a container might change on its host.
world() {
	network "$HOST_PID"
	on_host sh -c 'cat "$1" /proc/self/mountinfo /proc/sys/kernel/hostname
		cd /proc/sys/net/ipv4/conf && grep . */forwarding */accept_redirects
		! command -v nft >/dev/null || nft -a list ruleset 2>/dev/null' sh "$FORWARD" |
		sed 's,[[:space:]]counter packets [0-9]* bytes [0-9]*,,'
	traces
}
as_before() { same "$(world)" "$BEFORE"; }

# refused STATUS WORD ARG...: "container ARG..." ends with STATUS and one line that
# has WORD in it, and has changed nothing.
refused() {
	local wanted=$1 word=$2
	shift 2
	run container "$@"
	check "$wanted" "$word" && one_line && as_before
}

# Has version 2 the controllers of this machine?
is_v2() { grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null; }

# dir CONTROLLER NAME: the directory that has the files of CONTROLLER for a group.
dir() {
	if is_v2; then
		echo "/sys/fs/cgroup/$2"
	else
		echo "/sys/fs/cgroup/$1/$2"
	fi
}

# has_limits "CPU PERIOD MEMORY PIDS": those are the limits of the group $NAME.
has_limits() {
	local cpu memory pids
	cpu=$(dir cpu "$NAME")
	memory=$(dir memory "$NAME")
	pids=$(dir pids "$NAME")
	if is_v2; then
		set -- "$1" "$(cat "$cpu/cpu.max" "$memory/memory.max" "$pids/pids.max")"
	else
		set -- "$1" "$(cat "$cpu/cpu.cfs_quota_us" "$cpu/cpu.cfs_period_us" \
			"$memory/memory.limit_in_bytes" "$pids/pids.max")"
	fi
	same "$(paste -s -d ' ' <<<"$2")" "$1"
}

# pid_of NAME: the pid, to us, of the process 1 of that container.
pid_of() {
	local pid
	while read -r pid; do
		if grep -q '^NSpid:.*[[:space:]]1$' "/proc/$pid/status"; then
			echo "$pid"
			return
		fi
	done <"$(dir memory "$1")/cgroup.procs"
	return 1
}

# runs COMMAND: some process of the container $NAME is called so.
runs() {
	local pid
	while read -r pid; do
		[ "$(cat "/proc/$pid/comm")" != "$1" ] || return 0
	done <"$(dir memory "$NAME")/cgroup.procs"
	return 1
}
runs_no() { ! runs "$1"; }

# goes_on COMMAND: it has been stopped, and is so no more.
goes_on() {
	local pid
	while read -r pid; do
		[ "$(cat "/proc/$pid/comm")" = "$1" ] || continue
		[[ $(field State "$pid") != T* ]]
		return
	done <"$(dir memory "$NAME")/cgroup.procs"
	return 1
}

# field NAME PID: the words after NAME in /proc/PID/status.
field() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$2/status" | tr '\t' ' '; }

is_gone() { ! kill -0 "$1"; }

# ended_by STATUS PID: the child PID of this shell has ended with that status.
ended_by() {
	local result=0
	wait_for is_gone "$2" || return 1
	wait "$2" || result=$?
	same "$result" "$1"
}

# end_of PID NUMBER: send that signal to the launcher PID: it ends by it.
end_of() {
	kill -"$2" "$1"
	ended_by $((128 + $2)) "$1"
}

# arrives_as ADDRESS PID: from the network where PID is the web server can be asked,
# and it saw the request come from ADDRESS. (It may say that as ::ffff:ADDRESS.)
arrives_as() {
	local who
	who=$(nsenter -t "$2" -n timeout 10 "$BUSYBOX" wget -q -O - "$WHO") || return 1
	same "${who//[^0-9.]/}" "$1"
}

# other_interface NAME ADDRESS: one that is not ours, on the host.
other_interface() {
	on_host ip link add "$1" type veth
	on_host ip addr add "$2" dev "$1"
	on_host ip link set "$1" up
}

# An /etc of the host that is the test's own, $T/etc, and an empty /run.
host_etc() {
	mkdir "$T/etc"
	on_host mount -t tmpfs none /run
	on_host mount --bind "$T/etc" /etc
}

# A directory of the host in which everybody may do everything, and what is in it.
host_dir() {
	mkdir "$T/host"
	echo 'of the host' >"$T/host/group"
	chmod 777 "$T/host"
	chmod 666 "$T/host/group"
	THEIR_DIR=$(host_dir_now)
}
host_dir_now() {
	ls -lAnR --time-style=full-iso "$T/host"
	cat "$T/host/group"
}
