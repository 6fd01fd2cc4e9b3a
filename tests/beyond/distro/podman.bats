#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# podman's containers beside ours, with and without root.
load machine

setup_file() {
	back_to built
	guest 'tar -c -C / bin/busybox | sudo podman import - box' >&2
	guest sudo podman run --rm box /bin/busybox true
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

podman_reaches_outside() {
	typed second 'sudo podman run --rm box /bin/busybox timeout 10 /bin/busybox wget -q -O - http://example.test/'
	has "a page from outside"
}

@test "podman: its containers and ours, side by side" {
	podman_reaches_outside
	run_container 'sudo make run'
	same "$REMARKS" ""
	podman_reaches_outside
	reaches_outside
	ends
	podman_reaches_outside
	as_before
}
