#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# systemd-networkd has a configuration for interfaces of every name.
load machine

setup() {
	back_to built
	guest 'sudo sed -i "s/^Name=.*/Name=*/" /etc/systemd/network/80-dhcp.network
		sudo networkctl reload'
	open_terminals
}
teardown() { close_terminals; }

has_no_address() { ! guest ip -br -4 addr show dev veth-host | grep -q 192.168; }

@test "networkd: it takes the address of the cable, until it is told to leave cables alone" {
	run_container 'sudo make run'
	wait_for has_no_address
	cut_off
	ends
	typed second 'sudo tee /etc/systemd/network/10-veth.network <<<$'"'[Match]\nName=veth-*\n[Link]\nUnmanaged=yes'"
	typed second 'sudo networkctl reload'
	remember
	run_container 'sudo make run'
	same "$REMARKS" ""
	run guest networkctl --no-pager list veth-host
	check 0 unmanaged
	reaches_outside
	sleep 3 # longer than it needed to take the address
	reaches_outside
	ends
	as_before
}
