#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# firewalld rejects what is passed on from an interface that it does not know.
load machine

setup_file() {
	back_to built
	guest sudo systemctl start firewalld
	# A zone that was used once keeps its chains, empty.
	guest 'sudo firewall-cmd --zone=trusted --add-interface=none &&
		sudo firewall-cmd --zone=trusted --remove-interface=none' >&2
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

@test "firewalld: who drops the packets is said, and what lets them through" {
	behind_a_firewall firewalld
	as_before
}

@test "firewalld: it is started while a container runs" {
	guest sudo systemctl stop firewalld
	remember
	run_container 'sudo make run'
	reaches_outside
	guest sudo systemctl start firewalld
	guest sudo systemctl stop firewalld
	reaches_outside
	ends
	as_before
}
