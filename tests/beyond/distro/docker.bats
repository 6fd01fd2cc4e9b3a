#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# Docker drops what is passed on, unless it is for its own containers.
load machine

setup_file() { back_to built; }
setup() { open_terminals; }
teardown() { close_terminals; }

docker_reaches_outside() {
	typed second 'sudo docker run --rm box /bin/busybox timeout 10 /bin/busybox wget -q -O - http://example.test/'
	has "a page from outside"
}

@test "docker: it is started while a container runs, and keeps what it needs" {
	run_container 'sudo make run'
	same "$REMARKS" ""
	typed second 'sudo systemctl start docker; echo "[$?]"'
	has "[0]"
	typed second 'tar -c -C / bin/busybox | sudo docker import - box'
	docker_reaches_outside
	ends
	docker_reaches_outside
	run guest cat /proc/sys/net/ipv4/ip_forward
	same "$output" 1
}

@test "docker: who drops the packets is said, and what lets them through" {
	guest sudo systemctl restart docker
	remember
	behind_a_firewall DOCKER-USER
	as_before
}

@test "docker: its containers and ours, side by side" {
	remember
	docker_reaches_outside
	run_container 'sudo make run'
	docker_reaches_outside
	ends
	docker_reaches_outside
	as_before
}
