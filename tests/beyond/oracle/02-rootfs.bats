#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

rootfs() { do_it 02-rootfs 02-rootfs/rootfs "$@"; }

@test "02-rootfs: the defaults" {
	rootfs
}

@test "02-rootfs: another busybox, another folder" {
	prepare() { here cp "$BUSYBOX" "busybox of mine"; }
	rootfs --busybox "busybox of mine" "some where"
}

@test "02-rootfs: a folder with most of it there, and files of the user's own" {
	prepare() {
		here mkdir -p container/bin container/etc
		here cp "$BUSYBOX" container/bin/busybox
		here sh -ec 'echo mine >container/etc/profile
			chmod 700 container/bin/busybox container/etc
			ln -s elsewhere container/bin/ls'
	}
	rootfs
}

@test "02-rootfs: where all is there already nothing changes" {
	prepare() { here "$TOP/02-rootfs/rootfs"; }
	rootfs
}

@test "02-rootfs: each meant difference occurs" {
	all_occur 02-rootfs
}
