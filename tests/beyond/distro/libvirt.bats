#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# libvirt's default network: a bridge, and rules of its own.
load machine

setup_file() { back_to built; }
setup() { open_terminals; }
teardown() { close_terminals; }

@test "libvirt: its network is started while a container runs, and keeps what it needs" {
	run_container 'sudo make run'
	typed second 'sudo systemctl start libvirtd; sudo virsh -q net-start default; echo "[$?]"'
	has "[0]"
	reaches_outside
	ends
	run guest cat /proc/sys/net/ipv4/ip_forward
	same "$output" 1
}

@test "libvirt: a container beside its network" {
	remember
	run_container 'sudo make run'
	same "$REMARKS" ""
	reaches_outside
	ends
	as_before
}
