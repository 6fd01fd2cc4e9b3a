#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# config.json, run by real engines: what they make of it is what full makes, but for the
# differences that are declared.
load engine

@test "engine: crun makes the same container" {
	need_engine crun
	look crun "$T/theirs"
	as_full crun "$T/theirs"
}

@test "engine: runc makes the same container" {
	need_engine runc
	look runc "$T/theirs"
	as_full runc "$T/theirs"
}

# What is changed in config.json, as sed does it, and how that shows.
CHANGES='
s/"hostname": "my/&_other/               | > container hostname my_other_container
s/"cwd": "\/"/"cwd": "\/tmp"/            | > inside: /tmp
s/"HOME=\/root"/"HOME=\/tmp"/            | > inside: HOME=/tmp
s/"CAP_KILL", "CAP_SETGID"/"CAP_SETGID"/ | > container CapBnd: 00000000000434db
s/"noNewPrivileges": true/"noNewPrivileges": false/ | > container NoNewPrivs: 0
s/"options": \[ "ro" \]/"options": [ "rw" ]/        | > container mount /sys on /: sysfs none / rw
s/"nosuid", "mode=755"/"mode=755"/       | > container mount /dev on /: tmpfs none / rw,relatime
s/"limit": 536870912/"limit": 268435456/ | > host cgroup .*memory\.(max|limit_in_bytes): 268435456
s/"quota": 200000/"quota": 100000/       | > host cgroup .*cpu\.(max|cfs_quota_us): 100000
s/"limit": 1024/"limit": 1000/           | > host cgroup .*pids\.max: 1000
s/"add_key", "request_key"/"add_key"/    | < filter: our call (249|218): error 1
s/"errnoRet": 38/"errnoRet": 1/          | > filter: our call 435: error 1
s/: 268435456, "valueTwo": 268435456/: 536870912, "valueTwo": 536870912/ | < filter: our call (56|220) for a user namespace
'

@test "engine: what is changed in config.json is found" {
	need_engine runc
	local sed shows changes=0
	while IFS='|' read -r sed shows; do
		[ -z "$sed" ] || echo "$sed"
	done <<<"$CHANGES" >"$T/changes"
	look runc "$T/theirs" -f "$T/changes"
	run as_full runc "$T/theirs"
	check 1 undeclared
	while IFS='|' read -r sed shows; do
		[ -n "$sed" ] || continue
		grep -qE "^${shows# }" <<<"$output" || {
			echo "not found: $sed: $shows"
			return 1
		}
		changes=$((changes + 1))
	done <<<"$CHANGES"
	echo "# $changes changes are found" >&3
	[ "$changes" -eq 13 ]
}
