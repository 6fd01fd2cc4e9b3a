#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# A Debian with nothing special on it.
load machine

setup_file() {
	back_to built
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

@test "plain: sudo make run gives a shell, with limits, names and a network" {
	run_container 'sudo make run'
	same "$REMARKS" ""
	typed first 'id -u; echo $$; hostname; cat /proc/self/cgroup'
	same "$output" $'0\n1\nmy_container\n0::/\n'
	reaches_outside
	ends
	as_before
}

@test "plain: udev gives the cable no other address while the container uses it" {
	guest sudo udevadm control --stop-exec-queue
	run_container 'sudo make run'
	reaches_outside
	guest 'sudo udevadm control --start-exec-queue && udevadm settle'
	reaches_outside
	ends
	as_before
}

@test "plain: a second container, by another name" {
	run_container 'sudo make run'
	typed second 'sudo full/container --name two --rootfs ~/two -- wget -q -O - http://example.test/'
	has "taking 192.168.2.0/24" "a page from outside"
	reaches_outside
	ends
	guest sudo rm -r two
	as_before
}

@test "plain: without root, with the limits that systemd sets" {
	local limits group
	run_container 'make run ARGS=--rootless'
	[[ $REMARKS == *"systemd-run --user --scope"* ]]
	limits=$(sed -n 's/.*: \(systemd-run .*\)/\1/p' <<<"$REMARKS")
	ends
	run_container "$limits full/container --rootless"
	# shellcheck disable=SC2016 # for the shell there
	group=$(guest 'cat /proc/$(pgrep -n -x sh)/cgroup')
	run guest "cd /sys/fs/cgroup/${group#0::} && cat memory.max memory.swap.max cpu.max pids.max"
	same "$output" $'536870912\n0\n200000 100000\n1024'
	ends
	as_before
}

@test "plain: the tests of a step, in a home that is closed to others" {
	typed first 'sudo make -s test-04; echo "[$?]"'
	has "[0]"
	lacks skip
}
