#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
load lab

# Every group that a test makes has a name that begins with $GROUP.
setup() {
	lab_setup
	GROUP=bats-${T##*.}-$BATS_TEST_NUMBER
}

teardown() {
	local dir
	for dir in $(traces); do
		wait_for clear_away "$dir"
	done
	lab_teardown
}

cgroups() { "$TOP/05-cgroups/cgroups" "$@"; }

# traces: the directories of the groups of this test that there are.
traces() {
	local dir
	for dir in /sys/fs/cgroup/"$GROUP"* /sys/fs/cgroup/*/"$GROUP"*; do
		[ ! -d "$dir" ] || echo "$dir"
	done
}

# clear_away DIR: remove this group of ours and all that is in it. Fails as long as
# something is still about to end.
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

# Has version 2 the controllers of this machine?
is_v2() { grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null; }

# dir CONTROLLER [NAME]: the directory that has the files of CONTROLLER for a group.
dir() {
	if is_v2; then
		echo "/sys/fs/cgroup/${2-$GROUP}"
	else
		echo "/sys/fs/cgroup/$1/${2-$GROUP}"
	fi
}

# limits [NAME]: of a group: quota and period of the CPU time, memory, processes.
limits() {
	local cpu memory pids name=${1-$GROUP}
	cpu=$(dir cpu "$name")
	memory=$(dir memory "$name")
	pids=$(dir pids "$name")
	if is_v2; then
		cat "$cpu/cpu.max" "$memory/memory.max"
	else
		echo "$(cat "$cpu/cpu.cfs_quota_us")" "$(cat "$cpu/cpu.cfs_period_us")"
		cat "$memory/memory.limit_in_bytes"
	fi
	# Where nobody has enabled that controller, there is no such file.
	if [ -e "$pids/pids.max" ]; then cat "$pids/pids.max"; else echo max; fi
}

# has_limits "CPU PERIOD MEMORY PIDS" [NAME]: those are the group's.
has_limits() { same "$(limits "${@:2}" | paste -s -d ' ')" "$1"; }

# place PID CONTROLLER: the group that PID is in for CONTROLLER, as "/NAME".
place() {
	if is_v2; then
		sed -n 's/^0:://p' "/proc/$1/cgroup"
	else
		sed -n "s/^[0-9]*:\([^:]*,\)\?$2\(,[^:]*\)\?://p" "/proc/$1/cgroup"
	fi
}

# is_in PID [NAME]: PID is in the group, as to each resource.
is_in() {
	local controller
	for controller in cpu memory pids; do
		same "$(place "$1" "$controller")" "/${2-$GROUP}" || return 1
	done
}

is_alive() { kill -0 "$1"; }
is_gone() { ! kill -0 "$1"; }

# ended_by STATUS PID: the child PID of this shell has ended with that status.
ended_by() {
	local result=0
	wait_for is_gone "$2" || return 1
	wait "$2" || result=$?
	same "$result" "$1"
}

# nothing_made: there is no group of this test.
nothing_made() { same "$(traces)" ""; }

# refused STATUS WORD ARG...: "cgroups ARG..." ends with STATUS and one line that
# has WORD in it, and has changed no group of ours.
refused() {
	local wanted=$1 word=$2 before
	shift 2
	before=$(traces)
	# As run does, which warns of a status of 127.
	status=0
	output=$(cgroups "$@" 2>&1) || status=$?
	mapfile -t lines <<<"$output"
	check "$wanted" "$word" && one_line && same "$(traces)" "$before"
}

# no_swap: the memory limit of the group leaves no way out into swap.
no_swap() {
	local memory
	memory=$(dir memory)
	if [ -e "$memory/memory.swap.max" ]; then
		echo 0 >"$memory/memory.swap.max"
	elif [ -e "$memory/memory.memsw.limit_in_bytes" ]; then
		cat "$memory/memory.limit_in_bytes" \
			>"$memory/memory.memsw.limit_in_bytes"
	fi
}

# counted FILE KEY: the number at KEY in a file of the group like cpu.stat.
counted() { sed -n "s/^$2 //p" "$(dir "${1%%.*}")/$1"; }
has_counted() { [ "$(counted "$1" "$2")" -ge "$3" ]; }

# ticks PID: the CPU time that it has had, in hundredths of a second.
ticks() {
	local words
	read -r -a words <"/proc/$1/stat"
	echo $((words[13] + words[14]))
}

# A process that no group takes: the kernel's own, if we can see it from here.
need_kernel_thread() {
	is_named 2 kthreadd || skip "needs to see the kernel's threads"
}

@test "05: a group has the article's limits: two CPUs and 512 megabytes" {
	need root
	run cgroups "$GROUP"
	check 0
	same "$output" ""
	has_limits "200000 100000 536870912 max"
}

@test "05: --cpus is CPU time as a fraction of one CPU" {
	need root
	cgroups --cpus 0.5 "$GROUP"
	has_limits "50000 100000 536870912 max"
	cgroups --cpus=1.25 "$GROUP"
	has_limits "125000 100000 536870912 max"
	cgroups --cpus 0.01 "$GROUP"
	has_limits "1000 100000 536870912 max"
	cgroups --cpus 8192 "$GROUP"
	has_limits "819200000 100000 536870912 max"
}

@test "05: --memory takes bytes, K, M and G" {
	need root
	local size
	for size in 67108864 65536K 65536k 64M 64m; do
		cgroups --memory "$size" "$GROUP"
		has_limits "200000 100000 67108864 max"
		cgroups --remove "$GROUP"
	done
	cgroups --memory 3G "$GROUP"
	has_limits "200000 100000 3221225472 max"
	cgroups --memory 1g "$GROUP"
	has_limits "200000 100000 1073741824 max"
	cgroups --memory 4K "$GROUP"
	has_limits "200000 100000 4096 max"
}

@test "05: a second call changes the limits that it is given, and no others" {
	need root
	cgroups --cpus 0.5 --memory 64M --pids 9 "$GROUP"
	has_limits "50000 100000 67108864 9"
	cgroups --cpus 1 "$GROUP"
	has_limits "100000 100000 67108864 9"
	cgroups --memory 32M "$GROUP"
	has_limits "100000 100000 33554432 9"
	cgroups --pids 12 "$GROUP"
	has_limits "100000 100000 33554432 12"
	cgroups "$GROUP"
	has_limits "100000 100000 33554432 12"
	cgroups --pids 1 "$GROUP"
	has_limits "100000 100000 33554432 1"
}

@test "05: the processes named are in the group for each resource, no others" {
	need root
	local FIRST SECOND OTHER
	sleeper FIRST
	sleeper SECOND
	sleeper OTHER
	run cgroups "$GROUP" "$FIRST" "$SECOND"
	check 0
	same "$output" ""
	is_in "$FIRST"
	is_in "$SECOND"
	run is_in "$OTHER"
	[ "$status" -ne 0 ]
	same "$(sort -n "$(dir memory)/cgroup.procs")" \
		"$(printf '%s\n' "$FIRST" "$SECOND" | sort -n)"
}

@test "05: children that a process has later are in its group" {
	need root
	local PARENT
	mkfifo "$T/go"
	# shellcheck disable=SC2016 # $1 is for that shell
	background PARENT "$BUSYBOX" sh -c \
		'read -r go <"$1/go"; sleep 600 & echo $! >"$1/child"; wait' sh "$T"
	cgroups "$GROUP" "$PARENT"
	echo go >"$T/go"
	wait_for [ -s "$T/child" ]
	is_in "$(cat "$T/child")"
}

@test "05: a command runs inside, and its exit status is ours" {
	need root
	local status
	# shellcheck disable=SC2016 # $1 is for that shell
	run cgroups "$GROUP" -- sh -c 'cat /proc/self/cgroup >"$1"; exit 7' sh \
		"$T/cgroup file"
	check 7
	grep ":/$GROUP\$" "$T/cgroup file"
	if is_v2; then
		grep -x "0::/$GROUP" "$T/cgroup file"
	else
		same "$(grep -Ec ":([^:]*,)?(cpu|memory|pids)(,[^:]*)?:/$GROUP\$" \
			"$T/cgroup file")" 3
	fi
	run cgroups --cpus 1 "$GROUP" -- echo --remove -v "a  b"
	check 0
	same "$output" "--remove -v a  b"
	# shellcheck disable=SC2016
	run cgroups "$GROUP" -- sh -c 'kill -TERM $$'
	check 143
	has_limits "100000 100000 536870912 max"
}

@test "05: who takes more memory than the limit is killed" {
	need root
	local taker=("$BUSYBOX" dd if=/dev/zero of=/dev/null bs=64M count=1) events
	events=memory.$(if is_v2; then echo events; else echo oom_control; fi)
	cgroups --memory 256M "$GROUP"
	no_swap
	run cgroups "$GROUP" -- "${taker[@]}"
	check 0 "1+0 records out"
	same "$(counted "$events" oom_kill)" 0
	cgroups --remove "$GROUP"

	cgroups --memory 16M "$GROUP"
	no_swap
	run cgroups "$GROUP" -- "${taker[@]}"
	check 137
	same "$(counted "$events" oom_kill)" 1
}

@test "05: a busy process gets the CPU time of the limit, and no more" {
	need root
	local PID periods start used
	background PID "$BUSYBOX" sh -c 'while :; do :; done'
	# One process cannot use up two CPUs.
	cgroups "$GROUP" "$PID"
	wait_for has_counted cpu.stat nr_periods 3
	# (Once is by chance: the CPU time of an emulated processor comes in lumps.)
	[ "$(counted cpu.stat nr_throttled)" -le 1 ]

	cgroups --cpus 0.2 "$GROUP"
	wait_for has_counted cpu.stat nr_throttled 4
	periods=$(counted cpu.stat nr_periods)
	start=$(ticks "$PID")
	wait_for has_counted cpu.stat nr_periods $((periods + 10))
	used=$(($(ticks "$PID") - start))
	periods=$(($(counted cpu.stat nr_periods) - periods))
	# A period is ten ticks, of which the limit grants two: well below five.
	echo "$used ticks in $periods periods"
	[ "$used" -gt 0 ]
	[ "$used" -lt $((periods * 5)) ]
}

@test "05: a group with --pids cannot have more processes" {
	need root
	# shellcheck disable=SC2016 # $i is for that shell
	run cgroups --pids 5 "$GROUP" -- "$BUSYBOX" sh -c 'for i in 1 2 3 4 5 6
		do sleep 600 >/dev/null 2>&1 3>&- & echo "$i"; done'
	[ "$status" -ne 0 ]
	same "${lines[*]:0:4}" "1 2 3 4"
	[ "${#lines[@]}" -eq 5 ]
	check "$status" "can't fork: Resource temporarily unavailable"
	has_limits "200000 100000 536870912 5"
	same "$(cat "$(dir pids)/pids.current")" 4
	same "$(wc -l <"$(dir pids)/cgroup.procs")" 4
}

@test "05: --remove takes an empty group away, and then says there is none" {
	need root
	refused 1 "there is no group $GROUP" --remove "$GROUP"
	cgroups "$GROUP"
	cgroups "$GROUP-2"
	[ -d "$(dir memory)" ]
	run cgroups --remove "$GROUP-2"
	check 0
	same "$output" ""
	[ ! -e "$(dir memory "$GROUP-2")" ]
	has_limits "200000 100000 536870912 max"
	cgroups --remove "$GROUP"
	nothing_made
	refused 1 "there is no group $GROUP" --remove "$GROUP"
	refused 1 "there is no group $GROUP" --remove --kill "$GROUP"
}

@test "05: --remove of a group in which something runs is refused, naming it" {
	need root
	local FIRST SECOND
	sleeper FIRST
	sleeper SECOND
	cgroups --cpus 0.5 "$GROUP" "$FIRST" "$SECOND"
	refused 1 "$FIRST" --remove "$GROUP"
	check 1 "$GROUP: processes still in it: " "$SECOND" "--kill"
	is_alive "$FIRST"
	is_alive "$SECOND"
	is_in "$FIRST"
	is_in "$SECOND"
	has_limits "50000 100000 536870912 max"
}

@test "05: --remove of a group that has groups in it says so, at once" {
	need root
	local memory
	cgroups "$GROUP"
	memory=$(dir memory)
	mkdir "$memory/inner"
	run cgroups --remove "$GROUP"
	check 1 "rmdir $memory: Directory not empty"
	one_line
	rmdir "$memory/inner"
	cgroups --remove "$GROUP"
	nothing_made
}

@test "05: --remove --kill ends all that runs in the group, and the group" {
	need root
	local FIRST DEAF STOPPED OTHER
	sleeper FIRST
	sleeper DEAF sh -c 'trap "" TERM; exec "$@"' sh
	sleeper STOPPED
	sleeper OTHER
	kill -STOP "$STOPPED"
	cgroups "$GROUP" "$FIRST" "$DEAF" "$STOPPED"
	kill -TERM "$DEAF"
	cgroups "$GROUP-2" "$OTHER"
	run cgroups --kill --remove "$GROUP"
	check 0
	same "$output" ""
	ended_by 137 "$FIRST"
	ended_by 137 "$DEAF"
	ended_by 137 "$STOPPED"
	is_alive "$OTHER"
	is_in "$OTHER" "$GROUP-2"
	run cgroups --remove --kill "$GROUP-2"
	check 0
	ended_by 137 "$OTHER"
	nothing_made
}

@test "05: bad input is one line, and nothing is made" {
	local value name
	for value in 0 -1 abc 1e3 nan inf 9999 8193 0.001 1,5 1.2.3 . 2x " 2" ""; do
		refused 2 "--cpus $value: not a number" --cpus "$value" "$GROUP"
	done
	for value in 0 12X -1 1000 4095 99999999999G 9223372036854775808 \
		18446744073709551616 1.5G 12MB 12KK M "12 M" " 12M" ""; do
		refused 2 "--memory $value: not a size" --memory "$value" "$GROUP"
	done
	for value in 0 x -1 4194305 1.5 99999999999999999999 " 5" ""; do
		refused 2 "--pids $value: not a number" --pids "$value" "$GROUP"
	done
	for name in "" "$GROUP/b" / . .. "../$GROUP" "$GROUP b" "$GROUP.slice" "$GROUP%s" \
		"$GROUP$(printf '%065d' 0 | cut -c "$((${#GROUP} + 1))-")"; do
		refused 2 "$name: a name is" "$name"
		refused 2 "$name: a name is" --remove --kill "$name"
	done
	for value in x 0 12x 1.5 -5 4194305 99999999999999999999 ""; do
		refused 2 "$value: not a process id" "$GROUP" "$value"
	done
	refused 2 "--kill goes with --remove" --kill "$GROUP"
	refused 2 "5: --remove takes one NAME" --remove "$GROUP" 5
	refused 2 "NAME missing"
	refused 2 "NAME missing" --remove
	refused 2 "no command after --" "$GROUP" --
	refused 2 "bad" --bad "$GROUP"
	refused 2 "cpus" --cpus
	nothing_made
}

@test "05: a name may have 64 characters" {
	need root
	local name
	name=$GROUP$(printf '%064d' 0 | cut -c "$((${#GROUP} + 1))-")
	same "${#name}" 64
	cgroups "$name"
	has_limits "200000 100000 536870912 max" "$name"
	cgroups --remove "$name"
	nothing_made
}

@test "05: a PID that is gone is one clear line, and nothing is made" {
	local PID
	sleeper PID
	sleep 0 &
	wait $!
	refused 1 "$!: no such process" "$GROUP" "$!"
	refused 1 "$!: no such process" "$GROUP" "$PID" "$!"
	refused 1 "4194304: no such process" "$GROUP" 4194304
	nothing_made
	run is_in "$PID"
	[ "$status" -ne 0 ]
	is_alive "$PID"
}

@test "05: a command that cannot be run leaves no group" {
	need root
	refused 127 "$T/none: No such file" "$GROUP" -- "$T/none"
	echo >"$T/plain"
	refused 126 "$T/plain: Permission denied" "$GROUP" -- "$T/plain"
	nothing_made
}

@test "05: a command that cannot be run, in a group that cannot be left, still ends with 127" {
	need root
	need cgroup1
	local root=/sys/fs/cgroup/cpu/cgroup.procs
	lab_host
	on_host mount --bind "$root" "$root"
	# It can join its group by that file, and not the root group by this one.
	on_host mount -o remount,ro,bind "$root"
	run on_host "$TOP/05-cgroups/cgroups" "$GROUP" -- "$T/none"
	check 127 "$T/none: No such file" "to $root: " "$GROUP is not removed"
}

@test "05: a process that cannot be moved is one clear line, and leaves no group" {
	need root
	need_kernel_thread
	refused 1 "2: a kernel thread" "$GROUP" 2
	nothing_made
}

@test "05: a zombie cannot be moved: one clear line, and nothing is made" {
	local PARENT
	# Its parent, by then a sleep, does not wait for it.
	# shellcheck disable=SC2016 # $! and $0 are for that shell
	sleeper PARENT sh -c 'sh -c "until grep -q sleep /proc/\$PPID/comm; do :; done" &
		echo $! >"$0"; exec "$@"' "$T/zombie"
	wait_for grep '^State:.Z' "/proc/$(<"$T/zombie")/status"
	refused 1 "$(<"$T/zombie"): a kernel thread or a zombie" "$GROUP" "$(<"$T/zombie")"
	nothing_made
}

@test "05: when one of the processes cannot be moved, all stay where they were" {
	need root
	need_kernel_thread
	local PID before
	sleeper PID
	before=$(cat "/proc/$PID/cgroup")
	refused 1 "2: a kernel thread" "$GROUP" "$PID" 2
	is_alive "$PID"
	same "$(cat "/proc/$PID/cgroup")" "$before"
	nothing_made
}

@test "05: a failure in a group that is there leaves it as it was" {
	need root
	local PID dead
	sleep 0 &
	wait $!
	dead=$!
	sleeper PID
	cgroups --cpus 0.5 --memory 64M --pids 9 "$GROUP" "$PID"
	refused 127 "$T/none: No such file" "$GROUP" -- "$T/none"
	refused 1 "no such process" --cpus 1 "$GROUP" "$dead"
	refused 2 "--memory x: not a size" --cpus 1 --memory x "$GROUP"
	if is_named 2 kthreadd; then
		refused 1 "2: a kernel thread" "$GROUP" 2
	fi
	is_alive "$PID"
	is_in "$PID"
	has_limits "50000 100000 67108864 9"
}

@test "05: who may not do it is told so, in one line" {
	local pid who=()
	if is_root; then
		who=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	fi
	# Another user's process is there, although it may not be sent a signal.
	for pid in "" 1; do
		run "${who[@]}" "$TOP/05-cgroups/cgroups" "$GROUP" $pid
		check 1 "cgroups: " "/$GROUP: Permission denied"
		one_line
	done
	nothing_made
}

@test "05: where there is no controller the message names it, and what to do" {
	lab_host
	on_host mount -t tmpfs none /sys/fs/cgroup
	run on_host "$TOP/05-cgroups/cgroups" "$GROUP"
	check 1 "no cpu controller in /sys/fs/cgroup" "cgroup_enable=cpu"
	one_line
	same "$(on_host ls -A /sys/fs/cgroup)" ""
	nothing_made
}

# v1_trees CONTROLLER...: on the host of the lab there is a v1 tree for these only.
v1_trees() {
	local controller
	for controller in "$@"; do
		mkdir "$T/$controller"
		on_host mount --bind "/sys/fs/cgroup/$controller" "$T/$controller"
	done
	on_host mount -t tmpfs none /sys/fs/cgroup
	for controller in "$@"; do
		on_host mkdir "/sys/fs/cgroup/$controller"
		on_host mount --bind "$T/$controller" "/sys/fs/cgroup/$controller"
	done
}

@test "05: a controller that is missing beside others is named" {
	need root
	need cgroup1
	lab_host
	v1_trees cpu
	run on_host "$TOP/05-cgroups/cgroups" "$GROUP"
	check 1 "no memory controller in /sys/fs/cgroup" "cgroup_enable=memory"
	one_line
	nothing_made

	lab_host
	rmdir "$T/cpu"
	v1_trees cpu memory
	run on_host "$TOP/05-cgroups/cgroups" --pids 5 "$GROUP"
	check 1 "no pids controller"
	one_line
	nothing_made
	# Who does not ask for that limit does not need it.
	on_host "$TOP/05-cgroups/cgroups" "$GROUP"
	has_limits "200000 100000 536870912 max"
}

# v2_look_alike: on the host of the lab plain files are the root group of version 2, with
# all controllers, and version 1 is not there. Its path goes to TREE.
v2_look_alike() {
	TREE=/sys/fs/cgroup/unified
	lab_host
	on_host mount -t tmpfs none /sys/fs/cgroup
	# shellcheck disable=SC2016 # $1 is for that shell
	on_host sh -ec 'mkdir "$1"; cd "$1"
		echo cpu memory pids >cgroup.controllers
		touch cgroup.subtree_control' sh "$TREE"
}

@test "05: a controller that version 2 lacks is named for a group that exists, too" {
	v2_look_alike
	# shellcheck disable=SC2016 # $1 and $2 are for that shell
	on_host sh -ec 'cd "$1"; mkdir "$2"; touch "$2/cgroup.procs"
		echo cpu pids >cgroup.controllers' sh "$TREE" "$GROUP"
	run on_host "$TOP/05-cgroups/cgroups" --memory 1G "$GROUP"
	check 1 "$GROUP: cgroup v2 has no memory controller here"
	one_line
	lacks real-time
	same "$(on_host cat "$TREE/cgroup.subtree_control")" ""
}

# v1_look_alike CONTROLLER...: on the host of the lab plain directories are the trees of
# version 1. Where they are goes to TREE.
v1_look_alike() {
	TREE=/sys/fs/cgroup
	lab_host
	on_host mount -t tmpfs none "$TREE"
	# shellcheck disable=SC2016 # $@ is for that shell
	on_host sh -ec 'cd /sys/fs/cgroup; mkdir "$@"
		for tree; do touch "$tree/cgroup.procs"; done' sh "$@"
}

@test "05: a directory that was in one tree of version 1 before is not taken for ours" {
	v1_look_alike cpu memory
	on_host mkdir "$TREE/memory/$GROUP"
	run on_host "$TOP/05-cgroups/cgroups" "$GROUP"
	check 1 "mkdir $TREE/memory/$GROUP: File exists"
	one_line
	same "$(on_host ls "$TREE/cpu" "$TREE/memory" | grep "$GROUP")" "$GROUP"
}

# injected WHAT COMMAND...: cgroups on v1, where a system call fails as WHAT says.
injected() {
	strace -qq -o /dev/null -e inject="$1" "$TOP/05-cgroups/cgroups" "$GROUP" -- "${@:2}"
}

@test "05: on v1 a group is made also if it could not be looked for" {
	need root
	need cgroup1
	need strace
	run injected access:error=EIO:when=3 cat /proc/self/cgroup
	check 0 "memory:/$GROUP"
}

@test "05: on v1 a command does not run if it cannot join its group" {
	need root
	need cgroup1
	need strace
	run injected write:error=EIO:when=4 echo running # after the three of the limits
	check 1 "cgroup.procs: "
	lacks running real-time
	same "$(traces)" ""
}

@test "05: on v1 the period of the CPU time is the article's, too" {
	need root
	need cgroup1
	cgroups "$GROUP"
	echo 50000 >"/sys/fs/cgroup/cpu/$GROUP/cpu.cfs_period_us"
	cgroups --cpus 2 "$GROUP"
	same "$(cat "/sys/fs/cgroup/cpu/$GROUP/cpu.cfs_period_us")" 100000
}

@test "05: a group that stays busy for a moment is removed after all" {
	need root
	need strace
	cgroups "$GROUP"
	run strace -qq -o /dev/null -e inject=?rmdir,unlinkat:error=EBUSY:when=1 \
		"$TOP/05-cgroups/cgroups" --remove "$GROUP"
	check 0
	same "$(traces)" ""
}

@test "05: memory may be as much as a number can say" {
	need root
	run cgroups --memory 9223372036854775807 "$GROUP"
	check 0
}

@test "05: where the controllers are divided between the two versions, the message says so" {
	v1_look_alike cpu
	on_host mkdir "$TREE/unified"
	on_host sh -c "echo memory >$TREE/unified/cgroup.controllers"
	run on_host "$TOP/05-cgroups/cgroups" "$GROUP"
	check 1 "divided between v1 and v2: boot with cgroup_no_v1=all"
	one_line
	same "$(on_host find "$TREE" -name "$GROUP")" ""
}

@test "05: two names of one tree of version 1 get one group" {
	v1_look_alike cpu
	on_host ln -s cpu "$TREE/memory"
	run on_host "$TOP/05-cgroups/cgroups" -v "$GROUP"
	same "$(grep '^+ mkdir ' <<<"$output")" "+ mkdir $TREE/cpu/$GROUP"
	lacks "File exists"
}

@test "05: on v1 the limit of memory and swap is never below that of memory alone" {
	local dir=/sys/fs/cgroup/memory/$GROUP
	v1_look_alike cpu memory
	# shellcheck disable=SC2016 # $1 is for that shell
	on_host sh -ec 'mkdir "$1"; cd "$1"; touch cgroup.procs memory.limit_in_bytes
		echo 4194304 >memory.memsw.limit_in_bytes' sh "$dir"
	run on_host "$TOP/05-cgroups/cgroups" -v --memory 8M "$GROUP"
	check 0
	same "$output" "+ echo 8388608 > $dir/memory.memsw.limit_in_bytes
+ echo 8388608 > $dir/memory.limit_in_bytes"
	on_host sh -c "echo 8388608 >$dir/memory.memsw.limit_in_bytes"
	run on_host "$TOP/05-cgroups/cgroups" -v --memory 2M "$GROUP"
	check 0
	same "$output" "+ echo 2097152 > $dir/memory.limit_in_bytes"
}

@test "05: on v1 a memory limit that is there can be closed to swap" {
	need compiler
	local dir=/sys/fs/cgroup/memory/$GROUP
	cat >"$T/close.c" <<-'END'
		#define _GNU_SOURCE
		#include "cgroups.h"

		char verbose;

		int main(int argc, char *argv[])
		{
			struct limits limits = { .no_swap = true };

			v1_limit(argv[argc - 1], &limits);
		}
	END
	cc -I "$TOP/05-cgroups" -o "$T/close" "$T/close.c" \
		"$TOP"/05-cgroups/{cgroups,controllers,files,v1,v1-limits}.c
	v1_look_alike memory
	# shellcheck disable=SC2016 # $1 is for that shell
	on_host sh -ec 'mkdir "$1"; cd "$1"; touch cgroup.procs
		echo 4194304 >memory.limit_in_bytes
		echo 8388608 >memory.memsw.limit_in_bytes' sh "$dir"
	on_host "$T/close" "$GROUP"
	# A plain file keeps what was behind: the kernel's would not.
	same "$(on_host head -c 7 "$dir/memory.memsw.limit_in_bytes")" 4194304
	same "$(on_host cat "$dir/memory.limit_in_bytes")" 4194304
}

@test "05: of a very long list of processes no pid is half a pid" {
	v1_look_alike cpu
	on_host mkdir "$TREE/cpu/$GROUP"
	on_host sh -c "{ echo 9999; seq 1000000 1010000; } >$TREE/cpu/$GROUP/cgroup.procs"
	run on_host "$TOP/05-cgroups/cgroups" --remove "$GROUP"
	check 1 "processes still in it: 9999 1000000 "
	one_line
	grep -E ' [0-9]{7} \(--kill' <<<"$output"
}

@test "05: where real-time processes keep a controller from being enabled, it says so" {
	local TREE control
	v2_look_alike
	control=$TREE/cgroup.subtree_control
	# This kernel need not be one that refuses it. It refuses words where a number is due.
	on_host mount --bind /proc/sys/net/ipv4/ip_default_ttl "$control"
	run on_host "$TOP/05-cgroups/cgroups" "$GROUP"
	check 1 "write '+cpu' to $control: Invalid argument: a real-time process" \
		"ps -eLo lwp,cls,cgroup" "chrt -o -p 0 LWP"
	one_line
	same "$(on_host ls "$TREE" | paste -s -d ' ')" \
		"cgroup.controllers cgroup.subtree_control"
}

@test "05: a real-time process joins, or the kernel that refuses it is explained" {
	need root
	local PID
	sleeper PID chrt --fifo 1
	run cgroups "$GROUP" "$PID"
	if [ "$status" -eq 0 ]; then
		is_in "$PID"
		return
	fi
	check 1 "write '$PID' to " "Invalid argument: a real-time process" "chrt -o -p 0 LWP"
	one_line
	nothing_made
	# What it says to do is enough.
	chrt -o -p 0 "$PID"
	cgroups "$GROUP" "$PID"
	is_in "$PID"
}

@test "05: -v says commands that do the same" {
	need root
	local PID OTHER
	sleeper PID
	sleeper OTHER
	run cgroups -v --cpus 0.5 --memory 32M --pids 9 "$GROUP" "$PID"
	check 0 "+ mkdir /sys/fs/cgroup/" "+ PID=$PID"
	sed -e "s/$GROUP/$GROUP-2/; s/^+ PID=.*/+ PID=$OTHER/; s/^+ //" <<<"$output" |
		sh -e
	is_in "$OTHER" "$GROUP-2"
	has_limits "50000 100000 33554432 9" "$GROUP-2"
	has_limits "50000 100000 33554432 9"

	kill "$PID" "$OTHER"
	ended_by 143 "$PID"
	ended_by 143 "$OTHER"
	run cgroups --remove --verbose "$GROUP"
	check 0 "+ rmdir /sys/fs/cgroup/"
	sed "s/$GROUP/$GROUP-2/; s/^+ //" <<<"$output" | sh -e
	nothing_made
}

@test "05: -v says a command as what the shell inside the group is told" {
	need root
	run cgroups --pids 7 -v "$GROUP" -- cat /proc/self/cgroup
	# Those with + are for a shell, and those with # for the one begun by it.
	check 0 "+ sh -e" "# PID=\$\$" "# exec cat /proc/self/cgroup"
	{
		sed -n "s/$GROUP/$GROUP-2/; s/^+ //p" <<<"$output" | sed '$ s/$/ <<"END"/'
		sed -n "s/$GROUP/$GROUP-2/; s/^# //p" <<<"$output"
		echo END
	} >"$T/script"
	grep -v '^[+#] ' <<<"$output" >"$T/cgroup"
	run sh -e "$T/script"
	check 0
	same "$output" "$(sed "s/$GROUP/$GROUP-2/" "$T/cgroup")"
	has_limits "$(limits "$GROUP" | paste -s -d ' ')" "$GROUP-2"
}

@test "05: on v2 the controllers are enabled above, and the files are exact" {
	need root
	need cgroup2
	local PID controller
	sleeper PID
	cgroups --cpus 0.5 --memory 64M --pids 9 "$GROUP" "$PID"
	for controller in cpu memory pids; do
		grep -w "$controller" /sys/fs/cgroup/cgroup.subtree_control
	done
	same "$(traces)" "/sys/fs/cgroup/$GROUP"
	same "$(cat "/sys/fs/cgroup/$GROUP/cpu.max")" "50000 100000"
	same "$(cat "/sys/fs/cgroup/$GROUP/memory.max")" 67108864
	same "$(cat "/sys/fs/cgroup/$GROUP/pids.max")" 9
	same "$(cat "/sys/fs/cgroup/$GROUP/cgroup.procs")" "$PID"
	same "$(cat "/proc/$PID/cgroup")" "0::/$GROUP"
	# What is enabled already is not enabled again.
	run cgroups -v --cpus 1 --memory 32M --pids 5 "$GROUP-2"
	check 0 "+ mkdir /sys/fs/cgroup/$GROUP-2"
	[[ $output != *subtree_control* ]] || return 1
	has_limits "100000 100000 33554432 5" "$GROUP-2"
}

@test "05: on v2 a controller is enabled where it was not" {
	need root
	need cgroup2
	cgroups "$GROUP"
	mkdir "/sys/fs/cgroup/$GROUP/here"
	# In a cgroup namespace whose root is that group, and has no process any more.
	# shellcheck disable=SC2016 # $1 and $$ are for that shell
	run cgroups "$GROUP" -- unshare -C -m sh -ec '
		mount -t tmpfs none /sys/fs/cgroup
		mount -t cgroup2 none /sys/fs/cgroup
		echo $$ >/sys/fs/cgroup/here/cgroup.procs
		exec "$1" --cpus 1 --memory 64M inner' sh "$TOP/05-cgroups/cgroups"
	check 0
	same "$output" ""
	same "$(cat "/sys/fs/cgroup/$GROUP/cgroup.subtree_control")" "cpu memory"
	same "$(cat "/sys/fs/cgroup/$GROUP/inner/cpu.max")" "100000 100000"
}

@test "05: on v1 --kill is a signal to each process" {
	need root
	need cgroup1
	local PID
	sleeper PID
	cgroups "$GROUP" "$PID"
	run cgroups -v --remove --kill "$GROUP"
	check 0
	same "${lines[0]}" "+ kill -KILL $PID"
	ended_by 137 "$PID"
}

@test "05: on v2 --kill is one write to cgroup.kill" {
	need root
	need cgroup2
	local FIRST SECOND
	[ -e /sys/fs/cgroup/cgroup.procs ]
	sleeper FIRST
	sleeper SECOND
	cgroups "$GROUP" "$FIRST" "$SECOND"
	run cgroups -v --remove --kill "$GROUP"
	check 0
	same "$output" "+ echo 1 > /sys/fs/cgroup/$GROUP/cgroup.kill
+ rmdir /sys/fs/cgroup/$GROUP"
	ended_by 137 "$FIRST"
	ended_by 137 "$SECOND"
	nothing_made
}

@test "05: on v2 a group that has processes cannot hand down its controllers" {
	need root
	need cgroup2
	# In a cgroup namespace the root is a group like others. (The tmpfs is there
	# because nothing is mounted twice in one place.)
	# shellcheck disable=SC2016 # $1 is for that shell
	run cgroups "$GROUP" -- unshare -C -m sh -ec '
		mount -t tmpfs none /sys/fs/cgroup
		mount -t cgroup2 none /sys/fs/cgroup
		exec "$1" inner' sh "$TOP/05-cgroups/cgroups"
	check 1 "cgroup.subtree_control" "processes are in that group"
	one_line
	same "$(cat "/sys/fs/cgroup/$GROUP/cgroup.subtree_control")" ""
	[ ! -e "/sys/fs/cgroup/$GROUP/inner" ]
	has_limits "200000 100000 536870912 max"
}

@test "05: on v2 a group that has processes is refused each controller by itself" {
	need root
	need cgroup2
	local limit
	cgroups "$GROUP"
	mkdir "/sys/fs/cgroup/$GROUP/inner"
	# The kernel refuses memory only; with the others nothing could join inner.
	for limit in --cpus=1 --memory=64M --pids=9; do
		# shellcheck disable=SC2016 # $@ is for that shell
		run cgroups "$GROUP" -- unshare -C -m sh -ec '
			mount -t tmpfs none /sys/fs/cgroup
			mount -t cgroup2 none /sys/fs/cgroup
			exec "$@" inner' sh "$TOP/05-cgroups/cgroups" "$limit"
		check 1 "cgroup.subtree_control" "processes are in that group"
		one_line
		same "$(cat "/sys/fs/cgroup/$GROUP/cgroup.subtree_control")" ""
		same "$(cat "/sys/fs/cgroup/$GROUP/inner/cgroup.type")" domain
	done
}

@test "05: --help goes to stdout" {
	cgroups --help >"$T/out" 2>"$T/err"
	grep -F -- "--memory SIZE" "$T/out"
	[ ! -s "$T/err" ]
}
