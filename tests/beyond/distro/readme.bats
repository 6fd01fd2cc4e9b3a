#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# What README.md says, typed by a user of a new Debian. The other scenarios start from here.
load machine

setup() { open_terminals; }
teardown() { close_terminals; }
teardown_file() { keep_as built; }

@test "readme: a user clones the project, and builds it" {
	typed first 'ls -ld ~'
	has drwx------
	typed first 'git clone http://example.test/my-first-container.git my-first-container && cd my-first-container'
	typed first 'make -s -j2; echo "[$?]"'
	same "$output" $'[0]\n'
}

@test "readme: sudo make ready finds nothing in the way" {
	typed first 'sudo make ready; echo "[$?]"'
	has "ok       the whole container" "[0]"
	lacks problem note
}
