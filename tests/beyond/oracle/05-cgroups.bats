#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

prepare() {
	lab_container
	PID=$CONTAINER_PID
	background PID2 sleep 601
}

@test "05-cgroups: the article's limits, for a process" {
	do_it 05-cgroups 05-cgroups/cgroups my_container PID
}

@test "05-cgroups: all limits, for two processes" {
	do_it 05-cgroups 05-cgroups/cgroups --cpus 0.5 --memory 64M --pids 9 other PID PID2
}

@test "05-cgroups: a group that is there, and nothing else" {
	prepare() { here "$TOP/05-cgroups/cgroups" --cpus 1 --pids 7 my_container; }
	do_it 05-cgroups 05-cgroups/cgroups --memory 32M my_container
}

@test "05-cgroups: a command" {
	hold 05-cgroups 05-cgroups/cgroups my_container -- sleep 600
}

@test "05-cgroups: --remove" {
	prepare() { here "$TOP/05-cgroups/cgroups" my_container; }
	do_it 05-cgroups 05-cgroups/cgroups --remove my_container
}

@test "05-cgroups: each meant difference occurs" {
	all_occur 05-cgroups
}
