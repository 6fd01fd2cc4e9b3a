#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# ufw drops what is passed on.
load machine

setup_file() {
	back_to built
	guest 'sudo ufw allow ssh && sudo ufw --force enable' >&2
	remember
}
setup() { open_terminals; }
teardown() { close_terminals; }

@test "ufw: who drops the packets is said, and what lets them through" {
	behind_a_firewall ufw
	as_before
}
