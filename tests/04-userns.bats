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
		setpriv --reuid 65534 --regid 65533 --clear-groups "$@"
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

# script: what -v said, on standard input, as a script. The lines with # are the
# input of the shell that the line before them began.
script() {
	sed -e 's/^+ //' -e "/^unshare /s/\$/ <<'INSIDE'/" -e 's/^# //'
	echo INSIDE
}

@test "04: by default root inside is the caller, and setgroups is denied" {
	local option
	for option in -- -r --map-root-user; do
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
	check 0 "uid_map 0 65534 1" "gid_map 0 65533 1"
}

@test "04: the ids of another process are mapped as well, as full does" {
	need compiler
	local pid
	cat >"$T/map.c" <<-'END'
		#include "userns.h"

		#include <stdlib.h>

		char verbose;

		int main(int argc, char *argv[])
		{
			userns_map_root(atoi(argv[argc - 1]), 0, 0);
		}
	END
	cc -I "$TOP/04-userns" -o "$T/map" "$T/map.c" "$TOP/04-userns/userns.c"
	need root
	sleeper pid unshare -U --
	"$T/map" "$pid"
	same "$(cat "/proc/$pid"/{uid_map,setgroups,gid_map} | tr -s ' \n' ' ')" " 0 0 1 deny 0 0 1 "
}

@test "04: the groups that the caller has stay, and may not be left" {
	need root
	local pid
	sleeper pid setpriv --groups 10,20 "$USERNS"
	same "$(ids "$pid")" $'Uid: 0 0 0 0\nGid: 0 0 0 0\nGroups: 10 20'
	same "$(cat "/proc/$pid/setgroups")" deny
	if "$USERNS" setpriv --groups 0 id -G; then return 1; fi
	if "$USERNS" setpriv --clear-groups id -G; then return 1; fi
	# A file that is closed to one of them, and open to all others.
	cp "$USERNS" "$T/userns"
	echo secret >"$T/file"
	chgrp 20 "$T/file"
	chmod 604 "$T/file"
	run setpriv --reuid 65534 --regid 65534 --groups 20 "$T/userns" cat "$T/file"
	check 1 "Permission denied"
}

@test "04: in a user namespace that is made so another one can be made" {
	run "$USERNS" "$USERNS" sh -c "$TELL"
	check 0 "uid_map 0 0 1" "gid_map 0 0 1"
}

@test "04: an option that is none is one clear line and exit status 2" {
	refused 2 "bad" --bad
	refused 2 "option" -x
	[[ $output =~ [^a-z]x\'?$ ]] # names it: -- 'x', or with musl : x
	refused 2 "map-root-user" --map-root-user=1
	refused 2 "map-users" --map-users 0:100000:10
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

# with_setting NAME VALUE COMMAND...: where kernel.NAME is VALUE.
with_setting() {
	unshare -m sh -c 'mount -t tmpfs none /proc/sys/kernel && echo "$2" >"/proc/sys/kernel/$1" &&
		shift 2 && exec "$@"' sh "$@"
}

# The kernel denies a process in a chroot what it denies where Debian's setting is 0; and
# one whose program its user may not read what AppArmor would deny it.
in_chroot() {
	# shellcheck disable=SC2317 # called by "run"
	with_setting unprivileged_userns_clone "$1" sh -c 'mkdir -p "$0/root" &&
		mount --rbind / "$0/root" && exec chroot "$0/root" "$1" echo ran' "$T" "$USERNS"
}
unreadable() {
	# shellcheck disable=SC2317 # called by "run"
	with_setting apparmor_restrict_unprivileged_userns "$1" setpriv --reuid 65534 \
		--regid 65534 --clear-groups sh -c 'exec "$0" echo ran' "$T/userns"
}

@test "04: a setting of Debian or Ubuntu that denies it is told in one clause" {
	need root
	run in_chroot 0
	check 1
	same "$output" "userns: unshare -U: Operation not permitted: kernel.unprivileged_userns_clone is 0"
	run in_chroot 1
	check 1
	same "$output" "userns: unshare -U: Operation not permitted: a chroot or a container around us may deny it"

	cp "$USERNS" "$T/userns"
	chmod 711 "$T/userns"
	# Whichever of the three files is the first.
	run unreadable 1
	check 1 "userns: write '" "' to /proc/self/"
	same "${output#*/proc/self/*: }" "Permission denied: kernel.apparmor_restrict_unprivileged_userns is 1"
	run unreadable 0
	check 1 "userns: write '" "' to /proc/self/"
	same "${output#*/proc/self/*: }" "Permission denied"
}

@test "04: a setting is not told where the kernel gives another reason" {
	need root
	need strace
	run with_setting apparmor_restrict_unprivileged_userns 1 strace -qq -o "$T/trace" \
		-e trace=write -e inject=write:error=EFAULT:when=1 "$USERNS" echo ran
	check 1 "userns: write '" "' to /proc/self/"
	same "${output#*/proc/self/*: }" "Bad address"
	run with_setting unprivileged_userns_clone 0 strace -qq -o "$T/trace" \
		-e trace=unshare -e inject=unshare:error=EFAULT "$USERNS" echo ran
	check 1
	same "$output" "userns: unshare -U: Bad address"
}

@test "04: a kernel without user namespaces is told as one" {
	need strace
	run strace -qq -o "$T/trace" -e trace=unshare -e inject=unshare:error=EINVAL "$USERNS" echo ran
	check 1
	same "$output" "userns: unshare -U: Invalid argument: this kernel has no user namespaces"
}

@test "04: also a caller that ignores SIGCHLD gets its COMMAND" {
	run env --ignore-signal=CHLD "$USERNS" sh -c 'echo ran; exit 7'
	check 7
	same "$output" ran
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
	# In which order the three files are written is not told apart here.
	same "$(sort <<<"$output")" "$(sort <<-END
		+ unshare -U --keep-caps sh
		# echo '0 $(id -u) 1' > /proc/self/uid_map
		# echo deny > /proc/self/setgroups
		# echo '0 $(id -g) 1' > /proc/self/gid_map
		# exec true
	END
	)"
	same "$("$USERNS" --verbose echo said 2>/dev/null)" said
}

@test "04: -v says commands that do the same, typed as they are" {
	local shell
	echo "$TELL; exit 7" >"$T/tell"
	"$USERNS" -v sh "$T/tell" >"$T/made" 2>"$T/said" || [ $? -eq 7 ]
	grep -x "setgroups deny" "$T/made"
	script <"$T/said" >"$T/script"
	for shell in sh bash; do
		run "$shell" -e "$T/script"
		check 7
		same "$output" "$(<"$T/made")"
	done
}
