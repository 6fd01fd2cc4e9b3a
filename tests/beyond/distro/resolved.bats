#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# systemd-resolved: the machine's resolv.conf names 127.0.0.53, which a container cannot reach.
load machine

setup_file() {
	back_to built
	guest sudo systemctl start systemd-resolved
	guest sudo ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
	wait_for guest getent hosts example.test
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

@test "resolved: names are found in the container, by the servers behind it" {
	run_container 'sudo make run'
	same "$REMARKS" ""
	typed first 'cat /etc/resolv.conf'
	has "nameserver 10.0.2.3"
	lacks 127.0.0.53
	reaches_outside
	ends
	as_before
}
