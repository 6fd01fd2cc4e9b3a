#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# The workshop itself: for each exercise the stub fails and the solution passes; each
# mistake of mistakes/ gets its hint; and a learner's way through one step.
load ../lab
load room

@test "workshop: each exercise and each mistake has a test here, and each exercise a mistake" {
	local name
	same "$(table | cut -f 1 | sort)" \
		"$(sed -n 's/^@test.* { proves \(.*\); }$/\1/p' "$TOP"/tests/workshop/*.bats | sort)"
	cd "$TOP/tests/workshop/mistakes"
	same "$(printf '%s\n' ./*.patch | sed 's/^..//; s/\.patch$//' | sort)" \
		"$(sed -n 's/^@test.* { gets_its_hint \(.*\); }$/\1/p' "$TOP"/tests/workshop/*.bats | sort)"
	for name in $(table | cut -f 1); do
		compgen -G "$name-*.patch"
		grep -q "^$name	-	-	" "$TOP/tests/workshop/hints"
	done
}

@test "workshop: the stripped tree compiles without a warning" {
	local compiler
	cp -a "$FRESH" "$WORKSHOP"
	for compiler in gcc clang; do
		command -v $compiler || continue
		run make -s -C "$WORKSHOP" CC=$compiler CFLAGS='-O1 -Werror'
		check 0
		same "$output" ""
	done
}

@test "workshop: a stub says its commands, and then that it is yours to write" {
	lab_host
	cp -a "$FRESH" "$WORKSHOP"
	make -s -C "$WORKSHOP" 03-mounts CFLAGS=-O1
	lab_rootfs "$T/root"
	run on_host "$WORKSHOP/03-mounts/mounts" -v "$T/root" -- /bin/true
	check 3 "# mount --make-rprivate /" "mounts: mounts_private: yours to write"
	same "$(tail -n 1 <<<"$output")" "mounts: mounts_private: yours to write"
}

@test "workshop: with the reference's functions put back it is the reference" {
	local step what file name find=("awk" -f "$TOP/tests/workshop/functions.awk")
	cp -a "$FRESH" "$WORKSHOP"
	while IFS=$'\t' read -r _ step what _; do
		for what in $what; do
			name=${what#*:} file=$step/${what%:*}
			"${find[@]}" -v act=take -v name="$name" "$TOP/$file" >"$T/function"
			FUNCTION=$(<"$T/function") "${find[@]}" -v act=put -v name="$name" \
				"$WORKSHOP/$file" >"$T/file"
			cp "$T/file" "$WORKSHOP/$file"
		done
	done < <(table)
	for file in "$TOP"/0[1-7]-*/*.[ch]; do
		file=${file#"$TOP/"}
		diff <(grep -v '^#pragma' "$WORKSHOP/$file") "$TOP/$file"
	done
}

@test "workshop: make does not overwrite what a learner has written, unless told" {
	workshop make
	echo "/* mine */" >>"$WORKSHOP/06-veth/veth.c"
	run workshop make
	check 1 "stays"
	grep -q mine "$WORKSHOP/06-veth/veth.c"
	FORCE=1 workshop make
	run grep mine "$WORKSHOP/06-veth/veth.c"
	check 1
}

@test "workshop: a step from beginning to end" {
	local file
	workshop make
	file=$WORKSHOP/04-userns/userns.c
	run workshop check 04
	check 0 "to write  map_root: userns_map_root() in workshop/04-userns/userns.c" "Next: userns_map_root()"
	run workshop hint 4
	check 0 "userns_map_root() in" "deny setgroups(2) in it" "user_namespaces(7)"
	run workshop solution 04-userns
	check 1 "FORCE=1"
	FORCE=1 run workshop solution 04
	check 0 "map_id(pid, \"gid_map\", group);"

	sed -i 's/errx(3, "userns_map_root: yours.*/map_id(pid, "uid_map", user)/' "$file"
	run workshop check 04
	check 1 "error:" "It does not compile yet"
	sed -i 's/map_id(pid, "uid_map", user)$/&;/' "$file"
	run workshop check 04
	check 1 "not yet   map_root" "Hint: "
	sed -i 's/map_id(pid, "uid_map", user);$/&\n\twrite_to(pid, "setgroups", "deny");/' "$file"
	run workshop check 04
	check 1 "not yet   map_root"
	cp "$TOP/04-userns/userns.c" "$file"
	run workshop check 04
	check 0 "passes    map_root" "pass on your version"
	run workshop solution 04
	check 0 "map_id(pid, \"gid_map\", group);"
	run workshop hint 04
	check 1 "Nothing is left"
}

@test "workshop: a function that was renamed is asked for" {
	workshop make
	sed -i 's/^int exit_status(int/int my_status(int/' "$WORKSHOP/01-unshare/unshare.c"
	sed -i 's/exit_status(int/my_status(int/' "$WORKSHOP/01-unshare/unshare.h"
	run workshop check 01
	check 1 "where is exit_status()?"
}

@test "workshop: a step that there is not is one clear line" {
	run workshop check 9
	check 1 "which step?"
	run workshop check
	check 1 "which step?"
	run workshop check 02
	check 1 "make workshop"
}

@test "workshop: 02-rootfs: the stub of write_line fails, the solution passes" { proves write_line; }
@test "workshop: 02-rootfs: the stub of link_applets fails, the solution passes" { proves link_applets; }
@test "workshop: 05-cgroups: the stub of limit_cpu_v1 fails, the solution passes" { proves limit_cpu_v1; }
@test "workshop: 01-unshare: the stub of exit_status fails, the solution passes" { proves exit_status; }
@test "workshop: 04-userns: the stub of map_root fails, the solution passes" { proves map_root; }
@test "workshop: 03-mounts: the stub of private fails, the solution passes" { proves private; }
@test "workshop: 01-unshare: the stub of fork fails, the solution passes" { proves fork; }
@test "workshop: 03-mounts: the stub of four_mounts fails, the solution passes" { proves four_mounts; }
@test "workshop: 03-mounts: the stub of enter fails, the solution passes" { proves enter; }
@test "workshop: 06-veth: the stub of link_up fails, the solution passes" { proves link_up; }
@test "workshop: 06-veth: the stub of address fails, the solution passes" { proves address; }
@test "workshop: 06-veth: the stub of default_route fails, the solution passes" { proves default_route; }
@test "workshop: 06-veth: the stub of pair fails, the solution passes" { proves pair; }
@test "workshop: 06-veth: the stub of other_netns fails, the solution passes" { proves other_netns; }
@test "workshop: 07-nat: the stub of masquerade fails, the solution passes" { proves masquerade; }

@test "workshop: a mistake in write_line gets its hint: overwrites" { gets_its_hint write_line-overwrites; }
@test "workshop: a mistake in write_line gets its hint: unasked" { gets_its_hint write_line-unasked; }
@test "workshop: a mistake in link_applets gets its hint: absolute" { gets_its_hint link_applets-absolute; }
@test "workshop: a mistake in limit_cpu_v1 gets its hint: number" { gets_its_hint limit_cpu_v1-number; }
@test "workshop: a mistake in exit_status gets its hint: 128" { gets_its_hint exit_status-128; }
@test "workshop: a mistake in exit_status gets its hint: signal" { gets_its_hint exit_status-signal; }
@test "workshop: a mistake in map_root gets its hint: no_deny" { gets_its_hint map_root-no_deny; }
@test "workshop: a mistake in map_root gets its hint: order" { gets_its_hint map_root-order; }
@test "workshop: a mistake in private gets its hint: not_recursive" { gets_its_hint private-not_recursive; }
@test "workshop: a mistake in fork gets its hint: no_wait" { gets_its_hint fork-no_wait; }
@test "workshop: a mistake in fork gets its hint: none" { gets_its_hint fork-none; }
@test "workshop: a mistake in four_mounts gets its hint: late" { gets_its_hint four_mounts-late; }
@test "workshop: a mistake in four_mounts gets its hint: covers" { gets_its_hint four_mounts-covers; }
@test "workshop: a mistake in enter gets its hint: no_bind" { gets_its_hint enter-no_bind; }
@test "workshop: a mistake in enter gets its hint: old_root" { gets_its_hint enter-old_root; }
@test "workshop: a mistake in link_up gets its hint: change" { gets_its_hint link_up-change; }
@test "workshop: a mistake in address gets its hint: no_local" { gets_its_hint address-no_local; }
@test "workshop: a mistake in address gets its hint: no_prefix" { gets_its_hint address-no_prefix; }
@test "workshop: a mistake in default_route gets its hint: early" { gets_its_hint default_route-early; }
@test "workshop: a mistake in pair gets its hint: no_struct" { gets_its_hint pair-no_struct; }
@test "workshop: a mistake in other_netns gets its hint: early" { gets_its_hint other_netns-early; }
@test "workshop: a mistake in masquerade gets its hint: byte_order" { gets_its_hint masquerade-byte_order; }
