#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# NetworkManager looks after every interface that it does not know.
load machine

setup_file() {
	back_to built
	# It takes over the interface by which we have come.
	guest 'sudo systemd-run --quiet --wait sh -c "systemctl stop systemd-networkd.socket systemd-networkd
		systemctl start NetworkManager
		nm-online -q -t 60"'
	wait_for_guest
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

@test "networkmanager: it leaves the cable alone" {
	run_container 'sudo make run'
	same "$REMARKS" ""
	run guest 'nmcli -g DEVICE,STATE device'
	check 0 "ens4:connected"
	lacks veth-host:connected
	lacks veth-host:connecting
	reaches_outside
	ends
	as_before
}

@test "networkmanager: it is restarted while a container runs" {
	run_container 'sudo make run'
	guest sudo systemctl restart NetworkManager
	guest sudo nm-online -q -t 60
	reaches_outside
	ends
	as_before
}
