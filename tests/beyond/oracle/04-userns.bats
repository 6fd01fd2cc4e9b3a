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

@test "04-userns: maps of several lines" {
	userns_holds --map-users 0:100000:1000 --map-users 1000:1234:1 \
		--map-groups 0:100000:1000 --map-groups 2000:1235:2 --map-groups 5000:1:3
}

@test "04-userns: a map without root" {
	userns_holds --map-users 7:0:1 --map-groups 8:0:1
}

@test "04-userns: each meant difference occurs" {
	all_occur 04-userns
}
