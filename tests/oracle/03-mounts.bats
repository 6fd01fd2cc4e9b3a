#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

prepare() { here "$TOP/02-rootfs/rootfs"; }

@test "03-mounts: the defaults, on the host" {
	do_it 03-mounts 03-mounts/mounts
}

@test "03-mounts: --umount" {
	prepare() {
		here "$TOP/02-rootfs/rootfs"
		here "$TOP/03-mounts/mounts"
	}
	do_it 03-mounts 03-mounts/mounts --umount
}

@test "03-mounts: --umount where one is left" {
	prepare() {
		here "$TOP/02-rootfs/rootfs"
		here mount -t tmpfs none container/tmp
	}
	do_it 03-mounts 03-mounts/mounts --umount
}

@test "03-mounts: a folder and a command" {
	prepare() { here "$TOP/02-rootfs/rootfs" "some where"; }
	hold 03-mounts 03-mounts/mounts "some where" -- sleep 600
}

@test "03-mounts: a command, in namespaces of a user's own" {
	WORLD_AS=(setpriv --reuid 65534 --regid 65534 --clear-groups
		unshare -r -p -n -f)
	prepare() {
		here "$TOP/02-rootfs/rootfs"
		here chmod -R a+rX container
	}
	hold 03-mounts 03-mounts/mounts container -- sleep 600
}

@test "03-mounts: the article's chroot" {
	prepare() {
		here "$TOP/02-rootfs/rootfs"
		here "$TOP/03-mounts/mounts"
	}
	hold 03-mounts 03-mounts/mounts --chroot container /bin/sh -c \
		"source /etc/profile && exec sleep 600"
}

@test "03-mounts: each meant difference occurs" {
	all_occur 03-mounts
}
