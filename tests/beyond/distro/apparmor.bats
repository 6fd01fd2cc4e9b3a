#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# An AppArmor profile that lets the program neither mount nor make a user namespace.
load machine

setup_file() {
	back_to built
	guest sudo apparmor_parser -r <<-END
		profile first-container /home/learner/my-first-container/full/container {
			file,
			capability,
			network,
			signal,
			unix,
		}
	END
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

# is_refused LINE: it says that AppArmor is in the way.
is_refused() {
	typed first "$1; echo \"[\$?]\""
	has "container: " AppArmor
	lacks "[0]"
	as_before
}

@test "apparmor: a profile that confines the program is named" {
	is_refused 'sudo full/container true'
}

@test "apparmor: also without root" {
	is_refused 'full/container --rootless true'
}
