#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # status and output: set by run
#
# The tutorial's chapter on cgroups, typed where version 2 has the controllers: the
# machine on which "make test-tutorial" types all of it may have version 1 only.

load ../../lab

@test "tutorial: the chapter on cgroups holds with version 2" {
	need root
	need cgroup2
	run "$TOP/tests/beyond/tutorial/run" --chapter 5
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output != *"cgroup v2 has no"* ]]
}
