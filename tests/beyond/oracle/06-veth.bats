#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

prepare() {
	lab_container
	PID=$CONTAINER_PID
}

@test "06-veth: the defaults" {
	do_it 06-veth 06-veth/veth PID
}

@test "06-veth: everything given" {
	do_it 06-veth 06-veth/veth --host-name near --host-address 10.9.8.1/29 \
		--name far --address 10.9.8.2/29 PID
}

@test "06-veth: --remove" {
	prepare() {
		lab_container
		PID=$CONTAINER_PID
		here "$TOP/06-veth/veth" "$PID"
	}
	do_it 06-veth 06-veth/veth --remove
}

@test "06-veth: each meant difference occurs" {
	all_occur 06-veth
}
