#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
load oracle

userns_holds() { hold 04-userns 04-userns/userns "$@" sleep 600; }

@test "04-userns: the default, as root" {
	userns_holds
}

@test "04-userns: the default, as an ordinary user with a group more" {
	WORLD_AS=(setpriv --reuid 1234 --regid 1235 --groups 1236)
	prepare() { here chmod 777 "$GLUE"; }
	userns_holds --map-root-user
}

@test "04-userns: the default, as a user whose group has another number" {
	WORLD_AS=(setpriv --reuid 1 --regid 4294967294 --clear-groups)
	prepare() { here chmod 777 "$GLUE"; }
	userns_holds -r
}

@test "04-userns: each meant difference occurs" {
	all_occur 04-userns
}
