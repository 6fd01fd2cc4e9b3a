#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The exercises that want version 2 of cgroups: the virtual machine has it.
load ../lab
load room

setup() {
	need root
	need cgroup2
	room_setup
}

@test "workshop: 05-cgroups: the stub of limit_cpu fails, the solution passes" { proves limit_cpu; }
@test "workshop: 05-cgroups: the stub of enable fails, the solution passes" { proves enable; }
@test "workshop: a mistake in limit_cpu gets its hint: number" { gets_its_hint limit_cpu-number; }
@test "workshop: a mistake in enable gets its hint: inner" { gets_its_hint enable-inner; }
@test "workshop: a mistake in enable gets its hint: late" { gets_its_hint enable-late; }
