#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
#
# Machines that people bring and that want a boot, or a setting of the whole machine:
# "make test-vm" runs these, one after the other, before all others.
load ../../lab
load ../../container

setup() {
	need root
	container_setup
}

teardown() {
	[ -z "${PUT_BACK-}" ] || eval "$PUT_BACK"
	container_teardown
}

# does_not_start WORD...: the container says in one line, with every WORD in it, what
# is wrong; and leaves the machine as it was.
does_not_start() {
	run container true
	check 1 "$@" && one_line && as_before
}

# starts: the container works and reaches the internet.
starts() {
	lab_web_server
	run container timeout 10 wget -q -O - "$WHO"
	check 0 203.0.113.1 && as_before
}

@test "machines: cgroup v2, with all processes in leaves" {
	need vm-v2
	starts
	run container cat /proc/self/cgroup
	check 0
	same "$output" 0::/
}

@test "machines: cpu is not enabled for the groups at the root" {
	need vm-v2
	local LAUNCHER control=/sys/fs/cgroup/cgroup.subtree_control
	echo -cpu >"$control"
	run grep -w cpu "$control"
	check 1
	start LAUNCHER "$NAME" --cpus 0.5
	same "$(cat "/sys/fs/cgroup/$NAME/cpu.max")" "50000 100000"
	end_of "$LAUNCHER" 15
	as_before
}

@test "machines: with --cpus 0.5 a busy loop gets half a CPU" {
	need vm-v2
	local LAUNCHER from to group=/sys/fs/cgroup/$NAME
	# Periods, and microseconds of CPU time.
	now() { awk '/^usage_usec|^nr_periods/ { print $2 }' "$group/cpu.stat" | paste -s; }
	throttled() { [ "$(sed -n 's/^nr_throttled //p' "$group/cpu.stat")" -ge "$1" ]; }
	start LAUNCHER "$NAME" --cpus 0.5 -- sh -c ': >/ready; while :; do :; done'
	wait_for throttled 3
	from=$(now)
	wait_for throttled 23
	to=$(now)
	end_of "$LAUNCHER" 15
	echo "usage and periods: from $from to $to"
	awk -v from="$from" -v to="$to" 'BEGIN {
		split(from, a); split(to, b)
		share = (b[1] - a[1]) / (b[2] - a[2]) / 100000
		exit(share < 0.4 || share > 0.6)
	}'
}

@test "machines: who takes more memory than the limit is killed: 137" {
	need vm-v2
	run container --memory 16M dd if=/dev/zero of=/dev/null bs=64M count=1
	check 137
	as_before
}

@test "machines: --pids stops a fork bomb, and the host goes on" {
	need vm-v2
	local LAUNCHER current=/sys/fs/cgroup/$NAME/pids.current
	stopped() { [ "$(sed -n 's/^max //p' "/sys/fs/cgroup/$NAME/pids.events")" -ge 3 ]; }
	start LAUNCHER "$NAME" --pids 30 -- sh -c ': >/ready
		bomb() { bomb | bomb & }; bomb; while :; do sleep 600; done'
	wait_for stopped
	[ "$(cat "$current")" -le 30 ]
	run on_host sh -c 'echo "the host goes on" | cat'
	check 0 "the host goes on"
	end_of "$LAUNCHER" 15
	as_before
}

@test "machines: user.max_user_namespaces is 0" {
	need vm-v2
	local file=/proc/sys/user/max_user_namespaces
	PUT_BACK="echo $(cat $file) >$file"
	echo 0 >$file
	does_not_start "No space left on device" "/proc/sys/user/max_"
}

@test "machines: Debian's kernel.unprivileged_userns_clone is 0" {
	need vm-v2
	local file=/proc/sys/kernel/unprivileged_userns_clone
	PUT_BACK="echo $(cat $file) >$file"
	echo 0 >$file
	run setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/home/user \
		"$TOP/full/container" --rootless true
	check 1 "--rootless wants a user namespace: " "sysctl kernel.unprivileged_userns_clone=1"
	one_line
	[ ! -e /home/user/container ]
	run setpriv --reuid 1000 --regid 1000 --clear-groups "$TOP/04-userns/userns" true
	check 1 "userns: unshare -U: Operation not permitted: kernel.unprivileged_userns_clone is 0"
	one_line
	# Root does not mind.
	starts
}

@test "machines: the kernel has no nf_tables" {
	need vm-v2
	PUT_BACK="echo $(cat /proc/sys/kernel/modprobe) >/proc/sys/kernel/modprobe"
	echo /bin/false >/proc/sys/kernel/modprobe
	modprobe -r nft_masq nft_ct nft_chain_nat nft_compat nf_tables
	run grep -w nf_tables /proc/modules
	check 1
	does_not_start "modprobe -a nf_tables"
	run on_host "$TOP/07-nat/nat"
	check 1 "nat: nft list ruleset: Invalid argument: does this kernel lack nf_tables? modprobe nf_tables"
	one_line
	# It is the way out that needs it.
	run container --no-net true
	check 0
	as_before
}

@test "machines: the kernel has nf_tables, but cannot masquerade" {
	need vm-v2
	modprobe nf_tables
	PUT_BACK="echo $(cat /proc/sys/kernel/modprobe) >/proc/sys/kernel/modprobe"
	echo /bin/false >/proc/sys/kernel/modprobe
	modprobe -r nft_masq
	run on_host "$TOP/07-nat/nat"
	check 1 "No such file or directory: does this kernel lack nft_masq? modprobe -a nft_"
	one_line
	as_before
	does_not_start "No such file or directory: does this kernel lack nft_masq" "modprobe -a nf_tables"
}

@test "machines: the kernel has no veth" {
	need vm-v2
	local PID
	lab_neighbour PID
	PUT_BACK="echo $(cat /proc/sys/kernel/modprobe) >/proc/sys/kernel/modprobe"
	echo /bin/false >/proc/sys/kernel/modprobe
	on_host ip link del uplink
	wait_for modprobe -r veth
	run on_host "$TOP/06-veth/veth" "$PID"
	check 1 "ip link add veth-host" ": modprobe veth, or restart if the kernel was updated"
	one_line
}

@test "machines: hybrid cgroups, with the controllers on v1" {
	need vm-hybrid
	local LAUNCHER
	starts
	start LAUNCHER "$NAME" --cpus 0.5 --memory 64M --pids 9
	has_limits "50000 100000 67108864 9"
	end_of "$LAUNCHER" 15
	as_before
	[ ! -e "/sys/fs/cgroup/unified/$NAME" ]
}

@test "machines: some controllers are on v1, and memory is not" {
	need vm-divided
	does_not_start "divided between v1 and v2" cgroup_no_v1=all
}

@test "machines: memory is neither with v2 nor with v1, as on a Raspberry Pi" {
	need vm-none
	does_not_start "no memory controller" cgroup_enable=memory
}
