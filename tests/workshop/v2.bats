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
@test "workshop: 05-cgroups: each mistake in limit_cpu gets its hint" { get_their_hints limit_cpu; }
@test "workshop: 05-cgroups: each mistake in enable gets its hint" { get_their_hints enable; }
@test "workshop: 05-cgroups: solutions in other styles pass on v2" { styles_pass 05-cgroups; }
