#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# All tests, as README.md has them run: a quarter of an hour under emulation.
load machine

setup() {
	back_to built
	open_terminals
}
teardown() { close_terminals; }

@test "tests: sudo make test passes, in a home that is closed to others" {
	# shellcheck disable=SC2034 # for read_to_prompt
	PATIENCE=2400
	typed first 'sudo make test >log 2>&1; echo "[$?]"; grep -v ^ok log'
	has "[0]"
	lacks skip
}
