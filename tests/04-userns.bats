#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what is in single quotes is for a shell further in
load lab

setup() {
	lab_setup
	USERNS=$TOP/04-userns/userns
}
teardown() { lab_teardown; }

# refused STATUS WORD OPTION...: "userns OPTION... touch FILE" ends with STATUS and
# one line on stderr that has WORD in it, and FILE was not made.
refused() {
	local wanted=$1 word=$2
	shift 2
	run without_stdout "$USERNS" "$@" touch "$T/ran"
	check "$wanted" "userns: " "$word" && one_line &&
		[ ! -s "$T/out" ] && [ ! -e "$T/ran" ]
}
without_stdout() { "$@" >"$T/out"; }

# without_root COMMAND...: as an ordinary user.
without_root() {
	if is_root; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# What a process tells of its ids and their maps, one blank between.
TELL='id -u; id -g; cd /proc/self; for file in uid_map gid_map setgroups; do
	while read -r line; do echo $file $line; done <$file
done'

# ids PID: its user ids, group ids and further groups, as seen from here.
ids() { sed -n -E '/^(Uid|Gid|Groups):/{s/\t+/ /g;s/ *$//;p}' "/proc/$1/status"; }

# ids_of USER GROUP: how a process of USER and GROUP with no further groups looks.
ids_of() { printf 'Uid: %s %s %s %s\nGid: %s %s %s %s\nGroups:' \
	"$1" "$1" "$1" "$1" "$2" "$2" "$2" "$2"; }

# run_script SAID: do what -v said with the real tools. Lines with + are for a shell,
# whose FIFO goes into the shell that the first one began: lines with #. That one is
# bash, which leaves what it has not yet come to to the next.
run_script() {
	(
		cd "$T" || exit
		mkfifo FIFO
		eval "$(sed -n '1s/ sh -e / bash -e /; 1s/^+ //p' "$1")"
		exec 9>FIFO
		wait_for moved "$PID"
		eval "$(sed -n '1d; s/^+ //p' "$1")"
		sed -n '/^# exec setpriv/s/ sh -e$/ bash -e/; s/^# //p' "$1" >&9
		exec 9>&-
		wait "$PID"
	)
}
moved() { [ "$(readlink "/proc/$1/ns/user")" != "$(readlink /proc/self/ns/user)" ]; }

@test "04: by default root inside is the caller, and setgroups is denied" {
	local option
	for option in -- --map-root-user; do
		run "$USERNS" "$option" sh -c "$TELL"
		check 0
		same "$output" "0
0
uid_map 0 $(id -u) 1
gid_map 0 $(id -g) 1
setgroups deny"
	done
}

@test "04: to all outside the process is still the caller" {
	local pid before
	before=$(ids self)
	sleeper pid "$USERNS"
	same "$(ids "$pid")" "$before"
	[ "$(readlink "/proc/$pid/ns/user")" != "$(readlink /proc/self/ns/user)" ]
	"$USERNS" touch "$T/made"
	same "$(stat -c '%u %g' "$T/made")" "$(id -u) $(id -g)"
	same "$("$USERNS" stat -c '%u %g' "$T/made")" "0 0"
}

@test "04: an ordinary user is root inside, and nobody more outside" {
	cp "$USERNS" "$T/userns"
	mkdir "$T/closed"
	chmod 755 "$T/closed"
	run without_root "$T/userns" sh -c 'id -u; hostname x'
	[ "$status" -ne 0 ]
	same "${lines[0]}" 0
	run without_root "$T/userns" unshare -u sh -c 'hostname lab-name && hostname'
	check 0
	same "$output" lab-name
	[ "$(uname -n)" != lab-name ]
	need root
	run without_root "$T/userns" sh -c 'id -u; exec touch "$0/x"' "$T/closed"
	check 1 "Permission denied"
	run without_root "$T/userns" sh -c "$TELL"
	check 0 "uid_map 0 65534 1" "gid_map 0 65534 1"
}

@test "04: ranges stand in the maps, and root inside is another outside" {
	need root
	local pid
	run "$USERNS" --map-users 0:100000:1000 --map-users=2000:200000:5 \
		--map-groups 0:300000:10 --map-groups 10:400000:1 sh -c "$TELL"
	check 0
	same "$output" "0
0
uid_map 0 100000 1000
uid_map 2000 200000 5
gid_map 0 300000 10
gid_map 10 400000 1
setgroups allow"
	sleeper pid "$USERNS" --map-users 0:100000:10 --map-groups 0:300000:10
	same "$(ids "$pid")" "$(ids_of 100000 300000)"

	mkdir "$T/theirs"
	chown 100000:300000 "$T/theirs"
	"$USERNS" --map-users 0:100000:10 --map-groups 0:300000:10 sh -c \
		'cd "$0" && touch made && chown 3:4 made' "$T/theirs"
	same "$(stat -c '%u %g' "$T/theirs/made")" "100003 300004"
	refused_by_files
}

# The host's root owns $T: for root inside it is closed.
refused_by_files() {
	run "$USERNS" --map-users 0:100000:10 --map-groups 0:300000:10 touch "$T/mine"
	check 1 "Permission denied"
}

@test "04: other groups than the caller's leave setgroups allowed, and his behind" {
	need root
	local pid
	sleeper pid setpriv --groups 10,20 "$USERNS"
	same "$(ids "$pid")" $'Uid: 0 0 0 0\nGid: 0 0 0 0\nGroups: 10 20'
	same "$(cat "/proc/$pid/setgroups")" deny

	sleeper pid setpriv --groups 10,20 "$USERNS" --map-groups 0:100000:5
	same "$(ids "$pid")" "$(ids_of 0 100000)"
	same "$(cat "/proc/$pid/setgroups")" allow
	same "$("$USERNS" --map-groups 0:100000:5 setpriv --groups 1,4 id -G)" "0 1 4"
	if "$USERNS" setpriv --groups 0 id -G; then return 1; fi
}

@test "04: eight maps are taken, and ones that touch" {
	need root
	local i maps=()
	for i in 0 1 2 3 4 5 6 7; do
		maps+=(--map-users "$i:$((100007 - i)):1")
	done
	run "$USERNS" "${maps[@]}" sh -c 'id -u; wc -l </proc/self/uid_map'
	check 0
	same "$output" $'0\n8'
	run "$USERNS" --map-users 0:0:4294967295 cat /proc/self/uid_map
	check 0 "4294967295"
}

@test "04: a range without the rights is one line that says what is needed" {
	local map option
	cp "$USERNS" "$T/userns"
	for option in --map-users --map-groups; do
		for map in 0:100000:65536 0:0:1 0:65533:2; do
			run without_root "$T/userns" "$option" "$map" echo ran
			check 1 "userns: write '${map//:/ }' to /proc/" \
				"Operation not permitted" "without root" "newuidmap"
			one_line
		done
	done
}

@test "04: a map that is none is one clear line and exit status 2" {
	local option map
	for option in --map-users --map-groups; do
		for map in "" : :: 0 0:0 0:0: 0::1 :0:1 0:0:1:1 a:0:1 0:b:1 0:0:c \
			-1:0:1 0:-1:1 0:0:-1 +1:0:1 0:0:0 0x0:0:1 1.0:0:1 \
			" 0:0:1" "0: 0:1" "0:0:1 " 0,0,1 "0 0 1" \
			4294967295:0:1 0:4294967295:1 0:0:4294967296 \
			1:0:4294967295 0:1:4294967295 4294967294:0:2 \
			4294967296:0:1 0:4294967296:1 \
			18446744073709551616:0:1 0:0:99999999999999999999; do
			refused 2 "userns: $map: not INSIDE:OUTSIDE:COUNT" "$option" "$map"
		done
		refused 2 "5:200000:10: overlaps" "$option" 0:100000:10 "$option" 5:200000:10
		refused 2 "20:100009:1: overlaps" "$option" 0:100000:10 "$option" 20:100009:1
		refused 2 "0:0:4294967295: overlaps" "$option" 7:7:1 "$option" 0:0:4294967295
		refused 2 "8:8:1: more than 8" "$option" 0:0:1 "$option" 1:1:1 \
			"$option" 2:2:1 "$option" 3:3:1 "$option" 4:4:1 \
			"$option" 5:5:1 "$option" 6:6:1 "$option" 7:7:1 "$option" 8:8:1
	done
}

@test "04: an option that is none is one clear line and exit status 2" {
	refused 2 "bad" --bad
	refused 2 "option" -x
	[[ $output =~ [^a-z]x\'?$ ]] # names it: -- 'x', or with musl : x
	refused 2 "map-root-user" --map-root-user=1
	run "$USERNS" --map-users
	check 2 "map-users"
	one_line
	"$USERNS" --help >"$T/out" 2>"$T/err"
	grep -F -- "--map-root-user" "$T/out"
	[ ! -s "$T/err" ]
}

@test "04: the exit status is COMMAND's; 127 and 126 are a shell's" {
	run "$USERNS" true
	check 0
	run "$USERNS" sh -c 'exit 7'
	check 7
	run "$USERNS" sh -c 'kill -TERM $$'
	check 143
	refused 126 "$T: Permission denied" "$T"
	echo >"$T/file"
	refused 126 "$T/file: Permission denied" "$T/file"
	# Without "run", which warns of a 127.
	status=0
	output=$("$USERNS" "$T/nothing" 2>&1) || status=$?
	check 127 "userns: $T/nothing: No such file or directory"
}

@test "04: options end at -- or at COMMAND; without one it is the shell" {
	local input='echo "$0"; readlink /proc/$$/exe; id -u'
	same "$("$USERNS" printf '%s|' -v --help -- --bad)" "-v|--help|--|--bad|"
	same "$("$USERNS" -- printf '%s|' -- "" "a b")" "--||a b|"
	printf '#!/bin/sh\necho "my shell, $# words"\n' >"$T/shell"
	chmod 755 "$T/shell"
	same "$(SHELL=$T/shell "$USERNS")" "my shell, 0 words"
	same "$(SHELL=$T/shell "$USERNS" --)" "my shell, 0 words"
	input=$(env -u SHELL "$USERNS" <<<"$input")
	same "$input" "/bin/sh"$'\n'"$(readlink -f /bin/sh)"$'\n0'
	same "$(SHELL='' "$USERNS" <<<'echo "$0"')" /bin/sh
}

@test "04: who reaches the limit is told, with the file that sets it" {
	local limit=/proc/sys/user/max_user_namespaces before
	before=$(<"$limit")
	run "$USERNS" sh -c 'echo 0 >"$1" && exec "$0" echo ran' "$USERNS" "$limit"
	check 1 "userns: " "$limit"
	one_line
	same "$(<"$limit")" "$before"
}

@test "04: COMMAND gets no child, no open file and no signal of ours" {
	local pid
	sleeper pid "$USERNS"
	run grep -slx "PPid:.$pid" /proc/[0-9]*/status
	same "$output" ""
	same "$("$USERNS" sh -c 'cd /proc/self/fd && echo *')" \
		"$(sh -c 'cd /proc/self/fd && echo *')"
	same "$("$USERNS" grep -E '^Sig(Blk|Ign)' /proc/self/status)" \
		"$(grep -E '^Sig(Blk|Ign)' /proc/self/status)"
}

@test "04: the first four steps in a row are a container" {
	local name
	name=$(uname -n)
	lab_rootfs "$T/root"
	run "$USERNS" "$TOP/01-unshare/unshare" -f -p -m -n -i -u --mount-proc \
		"$TOP/03-mounts/mounts" "$T/root" -- /bin/sh -c \
		'echo $$; id -u; hostname in-the-lab; hostname; ls /; ip -o link
		ps -o comm; echo made >/root/file; exit 9'
	check 9 "1: lo: "
	same "$(printf '%s\n' "${lines[@]:0:3}")" $'1\n0\nin-the-lab'
	same "$(printf '%s\n' "${lines[@]:3:7}" | paste -s -d ' ')" \
		"bin dev etc proc root sys tmp"
	[[ $output != *"2: "* ]] || return 1
	same "$(sed -n '/^COMMAND/,$p' <<<"$output")" $'COMMAND\nsh\nps'
	same "$(uname -n)" "$name"
	same "$(stat -c %u "$T/root/root/file")" "$(id -u)"
	same "$(<"$T/root/root/file")" made
	[ -z "$(ls -A "$T/root/proc")" ]
}

@test "04: -v says the commands, on stderr" {
	run "$USERNS" -v true
	check 0
	same "$output" "+ unshare -U --keep-caps sh -e < FIFO & PID=\$!
+ echo '0 $(id -u) 1' > /proc/\$PID/uid_map
+ echo deny > /proc/\$PID/setgroups
+ echo '0 $(id -g) 1' > /proc/\$PID/gid_map
# exec true"
	same "$("$USERNS" --verbose echo said 2>/dev/null)" said
}

@test "04: -v says commands that do the same" {
	echo "$TELL; exit 7" >"$T/tell"
	"$USERNS" -v sh "$T/tell" >"$T/made" 2>"$T/said" || [ $? -eq 7 ]
	grep -x "setgroups deny" "$T/made"
	run run_script "$T/said"
	check 7
	same "$output" "$(<"$T/made")"
}

@test "04: -v says commands that do the same for ranges" {
	need root
	echo "$TELL; id -G" >"$T/tell"
	"$USERNS" -v --map-users 0:100000:5 --map-users 7:200000:1 --map-groups 0:300000:2 \
		sh "$T/tell" >"$T/made" 2>"$T/said"
	grep -x "uid_map 7 200000 1" "$T/made"
	grep -x "# exec setpriv .*" "$T/said"
	run run_script "$T/said"
	check 0
	same "$output" "$(<"$T/made")"
}
