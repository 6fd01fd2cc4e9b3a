#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what is in single quotes is for a shell further in
load lab

setup() {
	lab_setup
	lab_host
	UNSHARE=$TOP/01-unshare/unshare
	KINDS=(/proc/self/ns/{cgroup,ipc,mnt,net,pid,time,user,uts})
	has_time || KINDS=(/proc/self/ns/{cgroup,ipc,mnt,net,pid,user,uts})
}
teardown() { lab_teardown; }

# On 32-bit ARM the kernel has no time namespaces.
has_time() { [ -e /proc/self/ns/time ]; }

# ours OPTION...: unshare, on the lab's host: should it mount where it must not, it is
# there. An ordinary user is root there, and may make each kind.
ours() { on_host "$UNSHARE" "$@"; }

# without_rights COMMAND...: as a root who may do nothing.
without_rights() {
	on_host setpriv --bounding-set=-all --inh-caps=-all "$@"
}

# moved OPTION...: the kinds of which "unshare OPTION... COMMAND" has a namespace
# that is not ours, in the order of the alphabet.
moved() {
	local here there
	here=$(on_host readlink "${KINDS[@]}")
	there=$(ours "$@" readlink "${KINDS[@]}") || return 1
	[ "$(wc -l <<<"$there")" -eq "${#KINDS[@]}" ] || return 1
	grep -vxF "$here" <<<"$there" | cut -d : -f 1 | paste -s -d ' '
}

# refused STATUS WORD ARG...: "unshare ARG... touch FILE" ends with STATUS, one line
# on stderr that has WORD in it, nothing on stdout, and FILE was not made.
refused() {
	local wanted=$1 word=$2
	shift 2
	run without_stdout "$@" touch "$T/ran"
	check "$wanted" "$word" && one_line && [ ! -s "$T/out" ] && [ ! -e "$T/ran" ]
}
without_stdout() { ours "$@" >"$T/out"; }

# gone PID: that process has ended, though perhaps nobody has asked for its status.
gone() { ! grep -q '^State:.[^ZX]' "/proc/$1/status"; }

# ended PID: put into "status" what the background process PID ended with.
ended() {
	status=0
	wait "$1" || status=$?
}

# script: what -v said, on standard input, as a script. The lines with # are the
# input of the shell that the line before them began.
script() {
	sed -e 's/^+ //' -e "/^unshare /s/\$/ <<'INSIDE'/" -e 's/^# //'
	echo INSIDE
}

@test "01: each letter and long name is a new namespace of that kind, and no other" {
	local rows row letter name kind
	rows=("m mount mnt" "u uts uts" "i ipc ipc" "n net net" "p pid pid" "C cgroup cgroup")
	! has_time || rows+=("T time time")
	for row in "${rows[@]}"; do
		read -r letter name kind <<<"$row"
		same "$(moved -f "-$letter")" "$kind"
		same "$(moved -f "--$name")" "$kind"
		# "user" and then "uts" is the order of the alphabet.
		row=$(printf '%s\n' "$kind" user | sort | paste -s -d ' ')
		same "$(moved -f -U "-$letter")" "$row"
		same "$(moved --fork --user "--$name")" "$row"
	done
	same "$(moved -U)" user
	same "$(moved --user)" user
}

@test "01: no option is no new namespace, all letters at once are all eight" {
	same "$(moved)" ""
	same "$(moved -f)" ""
	same "$(moved -fmuinpUC)" "cgroup ipc mnt net pid user uts"
	! has_time || same "$(moved -fmuinpUCT)" "cgroup ipc mnt net pid time user uts"
}

@test "01: -p without -f does not put COMMAND there, but its first child" {
	local said
	same "$(moved -p)" ""
	said=$(ours -p sh -c 'echo $$; sh -c "echo \$\$"; :')
	same "${said#*$'\n'}" 1
	[ "${said%%$'\n'*}" -ne 1 ]
}

@test "01: with -f and -p COMMAND is PID 1, in a child of ours" {
	local unshare child
	run ours -f -p sh -c 'echo $$'
	check 0
	same "$output" 1
	background_on "$HOST_PID" unshare "$UNSHARE" -f -p sh -c \
		'read -r pid _ </proc/self/stat; echo "$pid" >"$0"; sleep 60' "$T/pid"
	wait_for grep -q . "$T/pid"
	read -r child <"$T/pid"
	grep -x "PPid:.$unshare" "/proc/$child/status"
	grep -x "NSpid:.$child.1" "/proc/$child/status"
}

@test "01: --mount-proc shows COMMAND its own processes and no others" {
	run ours -f -p --mount-proc sh -c 'echo /proc/[0-9]*; readlink /proc/self'
	check 0
	same "$output" $'/proc/1\n2'
	run ours -f -p --mount-proc sh -c 'tail -n 1 /proc/self/mountinfo'
	check 0 " / /proc rw,nosuid,nodev,noexec" " - proc proc "
}

@test "01: --mount-proc=DIR mounts there, by any path, and implies -m" {
	local dir
	mkdir "$T/proc" "$T/with blank"
	for dir in "$T/proc" proc "with blank" ./proc/../proc; do
		run on_host sh -c 'cd "$0" && exec "$@"' "$T" "$UNSHARE" -f -p \
			"--mount-proc=$dir" sh -c 'echo "$0"/[0-9]*; ls -d "/proc/$1"' "$dir" $$
		check 0
		same "$output" "$dir/1"$'\n'"/proc/$$"
	done
	same "$(moved -f -p "--mount-proc=$T/proc")" "mnt pid"
	[ -z "$(ls -A "$T/proc")" ]
}

@test "01: nothing is mounted outside, also where the outside's / is shared" {
	local how before seen beside
	mkdir "$T/proc" "$T/other"
	for how in private shared; do
		on_host mount "--make-r$how" /
		before=$(on_host cat /proc/self/mountinfo)
		coproc ours -f -p "--mount-proc=$T/proc" sh -c \
			'mount -t tmpfs none "$0/other" && cd "$0" && echo proc/[0-9]* && read -r _' "$T"
		beside=$COPROC_PID # bash forgets it when the process ends
		read -r seen <&"${COPROC[0]}"
		same "$seen" proc/1
		same "$(on_host cat /proc/self/mountinfo)" "$before"
		echo >&"${COPROC[1]}"
		wait "$beside"
		same "$(on_host cat /proc/self/mountinfo)" "$before"

		# -m alone is as private.
		ours -m mount -t tmpfs none "$T/proc"
		same "$(on_host cat /proc/self/mountinfo)" "$before"
	done
}

@test "01: the exit status is COMMAND's, or 128 and the number of its signal" {
	local fork
	for fork in "" -f; do
		run "$UNSHARE" $fork true
		check 0
		run "$UNSHARE" $fork sh -c 'exit 7'
		check 7
		run "$UNSHARE" $fork sh -c 'exit 255'
		check 255
		run "$UNSHARE" $fork sh -c 'kill -TERM $$'
		check 143
		run "$UNSHARE" $fork sh -c 'kill -KILL $$'
		check 137
	done
	run ours -f -p sh -c 'exit 7'
	check 7
	# Also for a caller who does not want to know of his children.
	run env --ignore-signal=CHLD "$UNSHARE" -f sh -c 'exit 7'
	check 7
}

@test "01: a PID 1 that was killed from outside is told as 137" {
	local unshare child
	background_on "$HOST_PID" unshare "$UNSHARE" -f -p sh -c \
		'read -r pid _ </proc/self/stat; echo "$pid" >"$0"; sleep 60' "$T/pid"
	wait_for grep -q . "$T/pid"
	read -r child <"$T/pid"
	kill -KILL "$child"
	ended "$unshare"
	same "$status" 137
}

@test "01: a COMMAND that is not there is 127, one that is no program is 126" {
	local fork name
	echo >"$T/file"
	for fork in "" -f; do
		refused 126 "unshare: $T/file: Permission denied" $fork "$T/file"
		refused 126 "unshare: $T: Permission denied" $fork "$T"
		# Without "run", which warns of a 127.
		for name in "$T/nothing" no-such-command ""; do
			status=0
			output=$(PATH=/usr/bin:/bin "$UNSHARE" $fork "$name" 2>&1) || status=$?
			check 127 "unshare: $name: No such file or directory"
		done
	done
}

@test "01: without COMMAND it is the shell: \$SHELL, else /bin/sh" {
	local input='echo "$0"; readlink /proc/$$/exe'
	printf '#!/bin/sh\necho "my shell, $# words"\n' >"$T/my shell"
	chmod 755 "$T/my shell"
	same "$(SHELL=$T/my\ shell "$UNSHARE")" "my shell, 0 words"
	same "$(SHELL=$T/my\ shell "$UNSHARE" -f --)" "my shell, 0 words"
	same "$(env -u SHELL "$UNSHARE" <<<"$input")" "/bin/sh"$'\n'"$(readlink -f /bin/sh)"
	same "$(SHELL='' "$UNSHARE" -U <<<"$input")" "/bin/sh"$'\n'"$(readlink -f /bin/sh)"
}

@test "01: options end at -- or at COMMAND; what follows is COMMAND's" {
	same "$("$UNSHARE" printf '%s|' -f --help -- --bad)" "-f|--help|--|--bad|"
	same "$("$UNSHARE" -f -- printf '%s|' -- -v "" "a b")" "--|-v||a b|"
	printf '#!/bin/sh\necho dashes\n' >"$T/--help"
	chmod 755 "$T/--help"
	same "$(PATH=$T:$PATH "$UNSHARE" -- --help)" dashes
}

# interrupts NUMBER: so many have reached COMMAND.
interrupts() { [ "$(wc -l <"$T/got")" -eq "$1" ]; }

@test "01: a Ctrl-C or Ctrl-\\ reaches COMMAND once, and we stay to tell how it ended" {
	local pid
	ulimit -c 0
	background pid env --default-signal=INT,QUIT setsid "$UNSHARE" -f sh -c \
		'trap "echo >>$0/got" INT QUIT; echo >$0/ready
		while [ ! -e "$0/end" ]; do sleep 0.02; done; exit 5' "$T"
	wait_for [ -e "$T/ready" ]
	kill -INT -- "-$pid"
	sleep 0.2
	is_named "$pid" unshare
	wait_for interrupts 1
	kill -QUIT -- "-$pid"
	sleep 0.2
	is_named "$pid" unshare
	wait_for interrupts 2
	touch "$T/end"
	ended "$pid"
	same "$status" 5
}

@test "01: Ctrl-C and Ctrl-\\ end a COMMAND that does not catch them" {
	local pid signal
	ulimit -c 0
	for signal in 2 3; do
		rm -f "$T/ready"
		background pid env --default-signal=INT,QUIT setsid "$UNSHARE" -f sh -c \
			'echo >"$0"; exec sleep 60' "$T/ready"
		wait_for [ -e "$T/ready" ]
		kill "-$signal" -- "-$pid"
		ended "$pid"
		same "$status" $((128 + signal))
	done
	# COMMAND ignores what the caller does, no more and no less.
	same "$("$UNSHARE" -f grep SigIgn /proc/self/status)" \
		"$(grep SigIgn /proc/self/status)"
	same "$(env --ignore-signal=INT "$UNSHARE" -f grep SigIgn /proc/self/status)" \
		"$(env --ignore-signal=INT grep SigIgn /proc/self/status)"
}

@test "01: with -f COMMAND ends when we are killed" {
	local kinds unshare child
	for kinds in -f -fp -fr -fpr; do
		rm -f "$T/pid"
		background_on "$HOST_PID" unshare "$UNSHARE" $kinds sh -c \
			'read -r pid _ </proc/self/stat; echo "$pid" >"$0"; exec sleep 60' "$T/pid"
		wait_for grep -q . "$T/pid"
		read -r child <"$T/pid"
		is_named "$unshare" unshare
		run gone "$child"
		[ "$status" -ne 0 ]
		kill -KILL "$unshare"
		wait_for gone "$child"
	done
}

@test "01: -U alone is nobody: no id stands for anything" {
	run "$UNSHARE" -U sh -c 'id -u; id -g; cat /proc/self/uid_map /proc/self/gid_map'
	check 0
	same "$output" "$(cat /proc/sys/kernel/overflowuid /proc/sys/kernel/overflowgid)"
}

@test "01: --map-root-user is root in a new user namespace, also as -r" {
	local option maps
	maps="$(on_host sh -c 'echo 0 $(id -u) 1; echo 0 $(id -g) 1')"
	for option in --map-root-user -r "-U -r" "-f -p -r" "-f -p -U --map-root-user"; do
		# shellcheck disable=SC2086 # several options
		run ours $option sh -c 'id -u; id -g; echo $(cat /proc/self/uid_map)
			echo $(cat /proc/self/gid_map); cat /proc/self/setgroups'
		check 0
		same "$output" $'0\n0\n'"$maps"$'\ndeny'
	done
	same "$(moved --map-root-user)" user
	same "$(moved -f -r -n)" "net user"
	# Root in there may do what belongs to the namespace.
	same "$(ours -r -u sh -c 'hostname inside && hostname')" inside
	refused 2 "map-root-user" --map-root-user=1
}

@test "01: in a chroot, whose / is no mount point, it says so" {
	need root
	mkdir -p "$T/root/sub"
	ln -s sub/{bin,lib,lib64,usr,proc} "$T/root"
	run on_host unshare -m sh -ec 'mount --rbind / "$1/sub" && exec chroot "$1" "/sub$2" -m true' \
		- "$T/root" "$UNSHARE"
	check 1 "mount --make-rprivate / (impossible in a chroot): Invalid argument"
	one_line
}

# The article's line, with PROGRAM in the place of unshare, and what is typed into its shell.
article() {
	local PROGRAM=$1
	cd ~/container || return 1
	"$PROGRAM" -f -p -m -n -i -u -U --map-root-user --mount-proc=./proc \
		chroot ~/container /bin/sh -c "source /etc/profile && exec /bin/sh" <<-'END'
			echo $$ $PATH; id -u; ip -o link; cat /proc/self/uid_map; ls /; ls -d /proc/[0-9]*
			hostname in-the-lab; hostname; mount; cat /proc/self/setgroups; exit 9
		END
}

@test "01: the article's line runs, for an ordinary user in a home of his own" {
	local as=() name ours
	name=$(uname -n)
	cp "$UNSHARE" "$T/unshare"
	lab_rootfs ~/container
	echo 'export PATH=/bin' >~/container/etc/profile
	chmod 700 ~
	if is_root; then
		chown -R 1234:1235 ~
		as=(setpriv --reuid 1234 --regid 1235 --clear-groups)
	fi
	export -f article
	run on_host "${as[@]}" bash -c 'article "$0"' "$T/unshare"
	check 9 $'\nin-the-lab\n' $'\nproc on /proc type proc '
	same "$(printf '%s\n' "${lines[@]:0:2}")" $'1 /bin\n0'
	[[ ${lines[2]} == "1: lo: "* ]] || return 1
	lacks "2: "
	same "$(uname -n)" "$name"
	[ -z "$(ls -A ~/container/proc)" ]
	ours=$output
	run on_host "${as[@]}" bash -c 'article "$0"' unshare
	check 9
	same "$ours" "$output"
}

@test "01: who is not root is told so, and what helps" {
	local letter
	for letter in m u i n p C T; do
		run without_rights "$UNSHARE" "-$letter" echo ran
		check 1 "unshare: unshare -$letter: Operation not permitted" "root" "-U"
		one_line
	done
	run without_rights "$UNSHARE" --mount-proc echo ran
	check 1 "unshare: unshare -m: Operation not permitted"
	one_line
	run without_rights "$UNSHARE" -U -n -f echo ran
	check 0
	same "$output" ran
}

@test "01: a limit that is reached is told, with the file that sets it" {
	run unshare -r sh -c 'echo 0 >/proc/sys/user/max_net_namespaces
		exec "$0" -n echo ran' "$UNSHARE"
	check 1 "unshare -n: No space left on device" /proc/sys/user/
	one_line
}

@test "01: a kind of namespace that the kernel lacks, as 32-bit ARM has no time" {
	need strace
	run strace -qq -o "$T/trace" -e trace=unshare -e inject=unshare:error=EINVAL "$UNSHARE" -T echo ran
	check 1 "unshare: unshare -T: Invalid argument: this kernel lacks a kind of namespace"
	one_line
}

@test "01: a proc that cannot be mounted is one clear line and exit status 1" {
	refused 1 "$T/none: No such file or directory" -U -f -p "--mount-proc=$T/none"
	echo >"$T/file"
	refused 1 "$T/file: Not a directory" -U -f -p "--mount-proc=$T/file"
	# It would show the pid namespace of another user namespace.
	refused 1 "/proc: Operation not permitted" -U --mount-proc
	check 1 ": with -U " "-f -p"
	refused 1 "/proc: Operation not permitted" -U -p --mount-proc
	check 1 ": with -U " "-f -p"
}

@test "01: where a part of /proc is covered, as in Docker, that is the cause that is told" {
	run ours -m -p -f --mount-proc sh -c 'mount --bind /dev/null /proc/timer_list &&
		exec "$0" -U -f -p --mount-proc echo ran' "$UNSHARE"
	check 1 "mount proc on /proc: Operation not permitted: " cover
	lacks "-f -p"
	one_line
}

@test "01: an option that is none is one clear line and exit status 2" {
	refused 2 "bad" --bad
	refused 2 "x" -x
	refused 2 "x" -U -f -x
	refused 2 "fork" --fork=1
	refused 2 "P" -P
	refused 2 "h" -h
	refused 2 "ambiguous" --m
	[[ $output == *"'--m'"* || $output == *": m" ]] # musl says it without dashes
}

@test "01: --help goes to stdout" {
	"$UNSHARE" --help >"$T/out" 2>"$T/err"
	grep -F -- "--mount-proc[=DIR]" "$T/out"
	[ ! -s "$T/err" ]
}

@test "01: -v says the command, on stderr and before its act" {
	run "$UNSHARE" -v -U true
	check 0
	same "$output" $'+ unshare -U sh\n# exec true'
	run "$UNSHARE" --verbose echo "a b" "it's"
	check 0
	same "${lines[1]}" "# exec echo 'a b' 'it'\\''s'"
	same "$("$UNSHARE" -v -f echo said 2>/dev/null)" said
	run ours -v -m true
	same "${lines[0]}" "+ unshare -m --propagation unchanged sh"
	run ours -v -U -f -p "--mount-proc=$T/none" true
	check 1 "none: No such file"
	same "${lines[2]}" "# mount -t proc -o nosuid,nodev,noexec proc $T/none"
	same "${#lines[@]}" 4
}

@test "01: -v says commands that do the same" {
	local inside time=''
	mkdir "$T/my proc"
	inside='echo $$; hostname; ip -o link; echo "$1"/[0-9]*
		sed "s/^[^ ]* [^ ]* [^ ]* //" "$1/self/mountinfo"; exit 7'
	status=0
	! has_time || time=-T
	ours -v -f -p -n -u -i -C $time "--mount-proc=$T/my proc" \
		sh -c "$inside" - "$T/my proc" >"$T/made" 2>"$T/said" || status=$?
	same "$status" 7
	grep -qx "+ unshare -m .* sh" "$T/said"
	script <"$T/said" >"$T/script"
	run on_host sh -e "$T/script"
	check 7
	same "$output" "$(<"$T/made")"
}

@test "01: -v says commands that do the same in a user namespace" {
	local option inside='echo $$; id -u; echo /proc/[0-9]*; cat /proc/self/uid_map
		cat /proc/self/gid_map /proc/self/setgroups'
	for option in -U -r; do
		ours -v "$option" -f -p --mount-proc sh -c "$inside" >"$T/made" 2>"$T/said"
		same "$(head -n 1 "$T/made")" 1
		script <"$T/said" >"$T/script"
		run on_host sh -e "$T/script"
		check 0
		same "$output" "$(<"$T/made")"
	done
	grep -x "# echo '0 .* 1' > /proc/self/uid_map" "$T/said"
}

@test "01: -v says commands that leave COMMAND what it may do, without a root too" {
	ours -v -U grep ^Cap /proc/self/status >"$T/made" 2>"$T/said"
	grep -x "CapEff:.0*" "$T/made"
	script <"$T/said" >"$T/script"
	run on_host sh -e "$T/script"
	check 0
	same "$output" "$(<"$T/made")"
}
