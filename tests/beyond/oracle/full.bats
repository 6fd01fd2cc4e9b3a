#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

container() { hold full full/container "$@" -- sleep 600; }

@test "full: the defaults" {
	container
}

@test "full: the defaults, for who called sudo" {
	WORLD_ENV=(SUDO_UID=1234 SUDO_GID=1235)
	container
}

@test "full: everything given" {
	prepare() {
		here cp "$BUSYBOX" busybox
		here ip link add eth1 type veth peer name eth9
	}
	container --name other --rootfs "$WORLD/home/some where" --busybox busybox \
		--hostname else.where --cpus 0.5 --memory 64M --pids 9 \
		--host-address 10.9.8.1/29 --address 10.9.8.2/29 --uplink eth1
}

@test "full: no network" {
	container --no-net
}

@test "full: a rootfs that is there" {
	prepare() {
		here "$TOP/02-rootfs/rootfs"
		here chown -hR 1234:1235 container
	}
	container
}

@test "full: each meant difference occurs" {
	all_occur full
}
