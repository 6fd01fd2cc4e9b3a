#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

nat() { do_it 07-nat 07-nat/nat "$@"; }

@test "07-nat: the defaults" {
	nat
}

@test "07-nat: another network, another way out" {
	prepare() { here ip link add 'eth0.5-x' type veth peer name eth9; }
	nat --subnet 10.0.0.0/9 --uplink eth0.5-x
}

@test "07-nat: a network of one address, where ip_forward is on" {
	prepare() { here sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'; }
	nat --subnet 10.1.2.3/32
}

@test "07-nat: every network" {
	nat --subnet 0.0.0.0/0
}

@test "07-nat: --remove" {
	prepare() { here "$TOP/07-nat/nat"; }
	nat --remove
}

@test "07-nat: each meant difference occurs" {
	all_occur 07-nat
}
