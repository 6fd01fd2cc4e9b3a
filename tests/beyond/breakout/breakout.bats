#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
#
# Each known way out of a container is tried in four places:
#
#   bare  on the lab's host, in no container: there it must work, or it is no attack
#   root  in the article's container, which the host's root has started
#   user  in the article's container, which an ordinary user has started
#   full  in full/container
#
# The file "table" says what it comes to in each. The last test makes the table in
# README.md out of what was seen.
load ../../lab

ATTACKS=$TOP/tests/beyond/breakout
PLACES=(bare root user full)
USER_ID=1234
declare -gA GOT # PLACE: what was seen there

setup_file() {
	is_root || return 0
	[ -x "$ATTACKS/double-chroot" ] || {
		echo "the attacks are not built: make test-breakout" >&2
		return 1
	}
	"$TOP/02-rootfs/rootfs" "$BATS_FILE_TMPDIR/rootfs"
	mkdir "$BATS_FILE_TMPDIR/seen"
}

setup() {
	need root
	lab_setup
	NAME=x$BATS_TEST_NUMBER-$(($$ % 10000))
	GROUP=${NAME}g  # the cgroup of what is not full
	WRAP=()         # what a command is started through, on the host
	FULL_OPTIONS=() # of full/container
	JUDGE=by_status # whether it succeeded
	FULL=$TOP/full/container
	unset SUDO_UID SUDO_GID
	lab_host
	# What is to be out of reach.
	mkdir "$T/host"
	echo 'of the host' >"$T/host/secret"
}

teardown() {
	local dir
	is_root || return 0
	for dir in /sys/fs/cgroup/{,*/}{"$NAME","$GROUP"}; do
		[ ! -d "$dir" ] || wait_for rmdir "$dir"
	done
	lab_teardown
}

# rootfs_for PLACE: make $T/PLACE, the rootfs for it, with the attacks in its /root.
rootfs_for() {
	local owner=$USER_ID
	[ "$1" != root ] || owner=0
	cp -a "$BATS_FILE_TMPDIR/rootfs" "$T/$1"
	cp "$ATTACKS"/*.sh "$T/$1/root"
	find "$ATTACKS" -type f -perm -1 ! -name '*.*' -exec cp -t "$T/$1/root" {} +
	chown -hR "$owner:$owner" "$T/$1"
}

# command PLACE ATTACK ARG...: put into COMMAND what runs ATTACK there. Each says
# "started" first: an attack that could not start is not blocked.
command() {
	local place=$1 attack=$2
	shift 2
	case $place in
	bare) COMMAND=(sh -c 'echo started; exec "$@"' sh "$ATTACKS/$attack" "$@") ;;
	root) COMMAND=("$ATTACKS/article" 0 "$T/root" "echo started; exec /root/$attack $*") ;;
	user) COMMAND=("$ATTACKS/article" "$USER_ID" "$T/user" "echo started; exec /root/$attack $*") ;;
	full) COMMAND=(env SUDO_UID="$USER_ID" SUDO_GID="$USER_ID" "$FULL" --name "$NAME"
		--rootfs "$T/full" "${FULL_OPTIONS[@]}" --
		/bin/sh -c "echo started; exec /root/$attack $*") ;;
	esac
}

# by_status PLACE: what the last "run" came to. 137 is the end of who took too much.
by_status() {
	case $status in
	0) echo succeeds ;;
	1 | 137) echo blocked ;;
	*) echo "status $status: $output" ;;
	esac
}

# attack NAME FILE ARG...: try it everywhere; it comes to what the table says of NAME.
attack() {
	local name=$1 place
	shift
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || [ -e "$T/$place" ] || rootfs_for "$place"
		command "$place" "$@"
		run on_host "${WRAP[@]}" "${COMMAND[@]}"
		GOT[$place]="not started: $output"
		[[ $output != *started* ]] || GOT[$place]=$("$JUDGE" "$place")
	done
	expect "$name"
}

# row NAME: the line of the table, as the array ROW.
row() {
	IFS=$'\t' read -r -a ROW < <(sed 's/\t\t/\t \t/g' "$ATTACKS/table" | grep "^$1	")
	[ "${#ROW[@]}" -eq 8 ]
}

# expect NAME: GOT is what the table has.
expect() {
	row "$1"
	same "bare ${GOT[bare]}, root ${GOT[root]}, user ${GOT[user]}, full ${GOT[full]}" \
		"bare ${ROW[1]}, root ${ROW[2]/open/succeeds}, user ${ROW[3]/open/succeeds}, full ${ROW[4]/open/succeeds}"
	echo "${ROW[*]:2:3}" >"$BATS_FILE_TMPDIR/seen/$1"
}

# group: have what is started be in a cgroup with a limit of the article's kind.
group() {
	local dir
	# As version 2 wants it, for what is below the root.
	[ ! -e /sys/fs/cgroup/cgroup.subtree_control ] ||
		echo '+memory +pids' >/sys/fs/cgroup/cgroup.subtree_control
	for dir in /sys/fs/cgroup /sys/fs/cgroup/memory /sys/fs/cgroup/pids; do
		[ -e "$dir/cgroup.procs" ] || continue
		mkdir -p "$dir/$GROUP"
		[ ! -e "$dir/$GROUP/memory.max" ] || echo 64M >"$dir/$GROUP/memory.max"
		[ ! -e "$dir/$GROUP/memory.limit_in_bytes" ] ||
			echo 64M >"$dir/$GROUP/memory.limit_in_bytes"
	done
	WRAP=(bash -c 'for dir in /sys/fs/cgroup{,/memory,/pids}/$0; do
		[ ! -d $dir ] || echo $$ >$dir/cgroup.procs; done; exec "$@"' "$GROUP")
}

is_mounted() { on_host grep -q " $1 " /proc/self/mountinfo; }

# --- files ------------------------------------------------------------------------

@test "breakout: double chroot" { attack double-chroot double-chroot "$T/host/secret"; }

@test "breakout: an inherited descriptor" {
	WRAP=(bash -c 'exec 7<"$0"; exec "$@"' "$T/host")
	attack descriptor descriptor.sh secret
}

@test "breakout: a working directory outside" {
	WRAP=(bash -c 'cd "$0"; exec "$@"' "$T/host")
	attack directory directory.sh "$T/host/secret"
}

# --- a program of the host's, started inside ---------------------------------------

# libraries PLACE PROGRAM...: put into that rootfs the loader and libraries that these
# programs of the host's want, and one to load before them: it changes the program's own
# file, /proc/self/exe.
libraries() {
	local place=$1 file
	shift
	for file in $(ldd "$@" | grep -o '/[^ ]*[^ :]'); do
		[[ " $* " != *" $file "* && $file != /proc/* ]] || continue
		mkdir -p "$T/$place/${file%/*}"
		cp -L "$file" "$T/$place$file"
	done
	cp "$ATTACKS/proc-exe.so" "$T/$place"
	echo /proc-exe.so >"$T/$place/etc/ld.so.preload"
	rm "$T/$place/bin/sh"
}

# What the launchers are, as the host sees it.
launchers() {
	local file=$T/chroot
	[ "$1" != full ] || file=$T/launcher
	stat -c '%a %s' "$file"
}
is_changed() {
	if [ "$(launchers "$1")" = "$UNCHANGED" ]; then
		echo blocked
	else
		echo succeeds
		chmod 755 "$T/chroot"
		cp "$ATTACKS/launcher" "$T/launcher"
	fi
}

@test "breakout: /proc/self/exe of the launcher" {
	local chroot place
	chroot=$(type -P chroot)
	ldd "$ATTACKS/launcher" | grep -q libc || skip "it is static"
	! ldd "$ATTACKS/launcher" | grep -q asan || skip "it is built to be checked"
	cp "$chroot" "$T/chroot"
	cp "$ATTACKS/launcher" "$T/launcher"
	chown "$USER_ID" "$T/launcher"
	on_host mount --bind "$T/chroot" "$chroot"
	FULL=$T/launcher
	for place in root user full; do
		rootfs_for "$place"
		libraries "$place" "$chroot" "$T/launcher"
		ln -sf busybox "$T/$place/bin/sleep"
		echo '#!/proc/self/exe' >"$T/$place/bin/sh"
		chmod 755 "$T/$place/bin/sh"
	done
	JUDGE=is_changed
	for place in "${PLACES[@]}"; do
		UNCHANGED=$(launchers "$place")
		command "$place" -
		[ "$place" != bare ] ||
			COMMAND=(env LD_PRELOAD="$ATTACKS/proc-exe.so" "$T/chroot" / true)
		run on_host "${COMMAND[@]}"
		GOT[$place]="not started: $output"
		[[ $output != *started* ]] || GOT[$place]=$(is_changed "$place")
	done
	expect proc-exe
}

# tool PLACE: a program on the host that belongs to the user who root is, outside.
tool() {
	local owner=$USER_ID
	[ "$1" != root ] || owner=0
	install -m 755 -o "$owner" "$(type -P true)" "$T/host/tool"
}

# sh_in PLACE TARGET: /bin/sh there is a link to TARGET; or a script, which begins with it.
sh_in() {
	rm -f "$T/$1/bin/sh"
	case $2 in
	'#!'*) echo "$2" >"$T/$1/bin/sh" && chmod 755 "$T/$1/bin/sh" ;;
	*) ln -s "$2" "$T/$1/bin/sh" ;;
	esac
	chown -h "$USER_ID" "$T/$1/bin/sh"
}

# by_tool: has the last "run" changed the host's tool? If not, there was no such
# program to it.
by_tool() {
	if [ "$(stat -c '%a %s' "$T/host/tool")" != "$UNCHANGED" ]; then
		echo succeeds
	elif [[ $status == 12[67] ]]; then
		echo blocked
	else
		echo "status $status: $output"
	fi
}

# exec_attack NAME TARGET...: with each TARGET in the place of /bin/sh the container is
# started, to have its launcher start the host's tool. "rootless" is full without root.
exec_attack() {
	local name=$1 place target result
	shift
	for place in root user full; do
		rootfs_for "$place"
		libraries "$place" "$(type -P true)"
	done
	for place in bare root user full rootless; do
		GOT[$place]=blocked
		for target in "$@"; do
			tool "$place"
			UNCHANGED=$(stat -c '%a %s' "$T/host/tool")
			case $place in
			bare) COMMAND=(env LD_PRELOAD="$ATTACKS/proc-exe.so" "$T/host/tool") ;;
			rootless)
				sh_in full "$target"
				COMMAND=(setpriv --reuid "$USER_ID" --regid "$USER_ID" --clear-groups
					env HOME="$T" "$FULL" --rootless --name "$NAME" --rootfs "$T/full") ;;
			*)
				sh_in "$place" "$target"
				command "$place" - ;;
			esac
			run on_host "${WRAP[@]}" "${COMMAND[@]}"
			result=$(by_tool)
			[ "$result" = blocked ] || GOT[$place]=$result
		done
	done
	same "${GOT[rootless]}" "${GOT[full]}"
	expect "$name"
}

@test "breakout: a program of the host's, by a descriptor of the caller's" {
	WRAP=(bash -c 'exec 9<"$0"; exec "$@"' "$T/host")
	exec_attack exec-descriptor /proc/self/fd/9/tool '#!/proc/self/fd/9/tool' \
		/proc/1/fd/9/tool /proc/thread-self/fd/9/tool
}

@test "breakout: a program of the host's, by a descriptor of the launcher's" {
	local target targets=()
	for target in {3..15}; do
		targets+=("/proc/self/fd/$target/../../../../../../../..$T/host/tool")
	done
	exec_attack exec-launcher "${targets[@]}"
}

@test "breakout: a program of the host's, by a working directory" {
	WRAP=(bash -c 'cd "$0"; exec "$@"' "$T/host")
	exec_attack exec-directory "/proc/self/cwd/../../../../../../../..$T/host/tool" \
		'#!/proc/self/cwd/tool' "/proc/1/cwd/tool" "/proc/1/root$T/host/tool"
}

@test "breakout: a loader of the host's, by a descriptor of the caller's" {
	local place
	cp "$(ldd "$ATTACKS/loader" | grep -o '/[^ ]*/ld-[^ ]*' | tail -n 1)" "$T/host/ld.so"
	WRAP=(bash -c 'exec 9<"$0"; exec "$@"' "$T/host")
	for place in "${PLACES[@]}"; do
		COMMAND=("$ATTACKS/loader")
		if [ "$place" != bare ]; then
			rootfs_for "$place"
			libraries "$place" "$ATTACKS/loader"
			cp "$ATTACKS/loader" "$T/$place/bin/sh"
			command "$place" -
		fi
		run on_host "${WRAP[@]}" "${COMMAND[@]}"
		case "$status $output" in
		*started*) GOT[$place]=succeeds ;;
		12[67]\ *) GOT[$place]=blocked ;;
		*) GOT[$place]="status $status: $output" ;;
		esac
	done
	expect exec-loader
}

# by_file PLACE: is the file that was lent, $T/lent, another one than before?
by_file() {
	if [ "$(stat -c %a "$T/lent") $(cat "$T/lent")" = '644 of the host' ]; then
		echo blocked
	else
		echo succeeds
	fi
}

# lend PLACE: make that file, of the user whom root is there, outside.
lend() {
	echo 'of the host' >"$T/lent"
	chmod 644 "$T/lent"
	chown "$USER_ID" "$T/lent"
	[ "$1" != root ] || chown 0 "$T/lent"
}

@test "breakout: a file that was given to be read, as stdin" {
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		lend "$place"
		command "$place" input.sh
		run on_host "${COMMAND[@]}" <"$T/lent"
		GOT[$place]="not started: $output"
		[[ $output != *started* ]] || GOT[$place]=$(by_file)
	done
	expect input
}

@test "breakout: a file that is stdout, made setuid" {
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		lend "$place"
		command "$place" output.sh
		on_host "${COMMAND[@]}" >"$T/lent" || true
		GOT[$place]="not started: $(cat "$T/lent")"
		! grep -q started "$T/lent" || {
			echo 'of the host' >"$T/lent"
			GOT[$place]=$(by_file)
		}
	done
	expect output
}

# read_on COMMAND...: run it with a pipe as stdin, of the user who is root there. What the next
# program reads from the pipe goes to $T/next.
read_on() {
	local owner=$USER_ID
	[ "$place" != root ] || owner=0
	echo 'of the host' | {
		chown "$owner" /proc/self/fd/0
		run "$@"
		cat >"$T/next"
		[[ $output == *started* ]]
	}
}

@test "breakout: a pipe that was given as stdin, open by design" {
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" pipe.sh
		[ "$place" != bare ] || COMMAND=(sh -c "echo started; sh $ATTACKS/pipe.sh")
		read_on on_host "${COMMAND[@]}"
		GOT[$place]=blocked
		! grep -q 'of the container' "$T/next" || GOT[$place]=succeeds
	done
	expect pipe

	# And what the table gives closes it.
	read_on on_host bash -c '"$@" < <(cat)' bash "${COMMAND[@]}"
	same "$(cat "$T/next")" ''
}

@test "breakout: pipes that were given as stdin, stdout and stderr" {
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" flags set
		run on_host bash -c ': | { "${@:2}"; "$1" left; echo "left $?"; } 2>&1 | cat' \
			bash "$ATTACKS/flags" "${COMMAND[@]}"
		case "$output" in
		*started*left\ 0) GOT[$place]=succeeds ;;
		*started*left\ 1) GOT[$place]=blocked ;;
		*) GOT[$place]="not started: $output" ;;
		esac
	done
	expect flags
}

@test "breakout: the host's disk" {
	attack disk disk.sh
}

@test "breakout: core_pattern" {
	attack core-pattern append.sh /proc/sys/kernel/core_pattern
}

@test "breakout: sysrq-trigger" {
	[ -e /proc/sysrq-trigger ] || skip "this kernel has no sysrq"
	attack sysrq append.sh /proc/sysrq-trigger
}

@test "breakout: sysfs" {
	attack sysfs append.sh /sys/kernel/rcu_expedited /sys/kernel/profiling \
		/sys/kernel/mm/transparent_hugepage/enabled
}

@test "breakout: devices in /dev" { attack devices append.sh /dev/kmsg /dev/mem; }

@test "breakout: mknod" {
	# /tmp is a place where each of them may make files.
	attack mknod mknod.sh /tmp
}

is_setuid_root() {
	local file=$T/$1/root/suid
	[ "$1" != bare ] || file=$T/suid
	if [ "$(stat -c '%u %a' "$file")" = '0 4755' ]; then echo succeeds; else echo blocked; fi
}

@test "breakout: a setuid program in the rootfs" {
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" setuid.sh /root/suid
		[ "$place" != bare ] || command bare setuid.sh "$T/suid"
		run on_host "${COMMAND[@]}"
		check 0 started
		GOT[$place]=$(is_setuid_root "$place")
	done
	expect setuid
}

# Other users may run this program of the user's.
for_others() { setpriv --reuid 4321 --regid 4321 --clear-groups test -u "$1" -a -x "$1"; }

@test "breakout: a setuid program in the rootfs for other users, open by design" {
	local place file
	for place in "${PLACES[@]}"; do
		file=$T/$place/root/suid
		[ "$place" != bare ] || file=$T/suid
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" setuid.sh "${file#"$T/$place"}"
		run on_host "${COMMAND[@]}"
		check 0 started
		GOT[$place]=blocked
		! for_others "$file" || GOT[$place]=succeeds
	done
	expect own-setuid

	# And what the table gives closes it.
	chmod 700 "$T"
	run for_others "$file"
	check 1
	run on_host "${COMMAND[@]}"
	check 0 started
}

# --- cgroups ----------------------------------------------------------------------

@test "breakout: release_agent" {
	need cgroup1
	group
	attack release-agent cgroup release_agent
}

@test "breakout: the parent cgroup" {
	group
	attack cgroup cgroup procs
}

@test "breakout: a fork bomb" {
	group
	FULL_OPTIONS=(--pids 64)
	attack forks forks 200
}

@test "breakout: a memory eater" {
	group
	FULL_OPTIONS=(--memory 64M)
	run on_host "$ATTACKS/memory" 96
	GOT[bare]=$(by_status)
	PLACES=(root user full)
	attack memory memory 96
}

@test "breakout: a memory eater that makes files" {
	group
	FULL_OPTIONS=(--memory 64M)
	mkdir "$T/tmpfs"
	on_host mount -t tmpfs none "$T/tmpfs"
	run on_host sh "$ATTACKS/tmpfs.sh" "$T/tmpfs" 96
	GOT[bare]=$(by_status)
	PLACES=(root user full)
	attack tmpfs tmpfs.sh /tmp 96
}

@test "breakout: a memory eater that makes a ring of packets, open by design" {
	group
	FULL_OPTIONS=(--memory 64M)
	attack ring ring 96
}

# Its parent is init now, which may take its time to note that it has ended.
has_ended() { ! grep -q '^State:[[:space:]]*[^Z[:space:]]' "/proc/$1/status"; }

is_taken() { grep -q '^taken$' "$T/taken"; }

# hold PLACE COMMAND...: start that command of the place, wait until it has taken what it
# can, and do COMMAND on the host meanwhile. Whether something is left, it says.
hold() {
	local place=$1 pid
	shift
	on_host "${COMMAND[@]}" >"$T/taken" 2>&1 3>&- &
	LAB_PIDS+=($!)
	wait_for is_taken
	run on_host "$@"
	GOT[$place]=$(by_status)
	while read -r pid; do
		kill -KILL "$pid" || true
		wait_for has_ended "$pid"
	done < <(pgrep -f "^(/root|$ATTACKS)/(counted|flight|aio) take")
}

@test "breakout: what is counted to the host's root" {
	need pgrep
	local place
	ulimit -i 10000
	ulimit -q 400000
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" counted take 10000 400000
		hold "$place" "$ATTACKS/counted" left 10000 400000
	done
	expect counted
}

@test "breakout: what is counted to one user" {
	need pgrep
	local place as_user=(setpriv --reuid "$USER_ID" --regid "$USER_ID" --clear-groups)
	ulimit -n 1024
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" flight take
		[ "$place" != bare ] || COMMAND=("${as_user[@]}" "${COMMAND[@]}")
		hold "$place" "${as_user[@]}" "$ATTACKS/flight" left
	done
	expect flight
}

@test "breakout: what is counted to all users together" {
	need pgrep
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" aio take
		hold "$place" "$ATTACKS/aio" left
	done
	expect aio
}

# --- processes, terminals, mounts -------------------------------------------------

# What a terminal on the host had typed into it, after the attack.
@test "breakout: TIOCSTI" {
	local place keys
	mkfifo "$T/keys"
	exec {keys}<>"$T/keys"
	[ -z "${LAB_VM-}" ] || sysctl -q dev.tty.legacy_tiocsti=1 2>/dev/null || true
	[ "$(cat /proc/sys/dev/tty/legacy_tiocsti 2>/dev/null || echo 1)" = 1 ] ||
		skip "this kernel has TIOCSTI turned off (dev.tty.legacy_tiocsti)"
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" tiocsti
		# Nobody types but the attack; what it has typed is there by then.
		cat >"$T/session" <<-END
			$(printf '%q ' "${COMMAND[@]}") >'$T/out.$place' 2>&1 </dev/tty
			! read -r -t 0 || read -r line
			echo "\$line" >'$T/typed.$place'
		END
		run on_host script -qefc "bash '$T/session'" /dev/null <"$T/keys"
		grep started "$T/out.$place"
		GOT[$place]=blocked
		[ "$(cat "$T/typed.$place")" != 'typed inside' ] || GOT[$place]=succeeds
	done
	exec {keys}>&-
	expect tiocsti
}

@test "breakout: a signal to a process of the host" {
	sleeper VICTIM
	attack kill kill.sh "$VICTIM"
}

@test "breakout: ptrace of a process of the host" {
	sleeper VICTIM setpriv --reuid "$USER_ID" --regid "$USER_ID" --clear-groups
	attack ptrace ptrace "$VICTIM"
}

# outlives PLACE HOW: does the program go on after its launcher, its parent, was killed?
outlives() {
	local place=$1 how=$2 pid parent
	command "$place" outlive "$how" "$NAME-$place-$how"
	# On the host too it has a parent.
	[ "$place" != bare ] || COMMAND=(sh -c '"$@"; true' sh "${COMMAND[@]}")
	background_on "$HOST_PID" LAUNCHER "${COMMAND[@]}"
	wait_for pgrep -f "^outlive stay $NAME-$place-$how"
	pid=$(pgrep -f "^outlive stay $NAME-$place-$how")
	parent=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$pid/status")
	kill -KILL "$parent"
	TRIES=50 wait_for has_ended "$pid" && return 1
	kill -KILL "$pid"
}

@test "breakout: a container that outlives its launcher" {
	need pgrep
	local place
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		GOT[$place]=blocked
		! outlives "$place" prctl || GOT[$place]=succeeds
		! outlives "$place" thread || GOT[$place]=succeeds
	done
	expect outlive
}

@test "breakout: what is below /proc" {
	sleeper VICTIM
	attack processes processes.sh "$VICTIM"
}

@test "breakout: a mount that turns up on the host" {
	local place dir
	on_host mount --bind "$T" "$T"
	on_host mount --make-rshared "$T"
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		mkdir -p "$T/bare/root/mnt" "$T/$place/root/mnt"
		chown "$USER_ID" "$T/$place/root/mnt"
		dir=/root/mnt
		[ "$place" != bare ] || dir=$T/bare/root/mnt
		command "$place" mount.sh "$dir"
		run on_host "${COMMAND[@]}"
		[[ $output == *started* ]]
		GOT[$place]=blocked
		! is_mounted "$T/$place/root/mnt" || GOT[$place]=succeeds
	done
	expect propagation
}

@test "breakout: mounting" { attack mounts mounts; }

@test "breakout: remounting" {
	local place
	mkdir "$T/ro"
	for place in root user full; do
		rootfs_for "$place"
		mkdir -p "$T/$place$T/ro"
	done
	for place in '' /root /user; do
		on_host mount --bind "$T/ro" "$T$place${place:+$T}/ro"
		on_host mount -o remount,bind,ro "$T$place${place:+$T}/ro"
	done
	attack remount remount.sh "$T/ro"
}

# --- the caller's -----------------------------------------------------------------

@test "breakout: the caller's environment" {
	export A_SECRET=of-the-host
	attack environment environment.sh
}

@test "breakout: the host's interfaces in /sys" {
	on_host ip link add breakout0 type veth peer name breakout1
	# A /sys shows the network namespace that it was mounted in: one of the lab's.
	on_host sh -ec 'mkdir "$1/cgroup"; mount --rbind /sys/fs/cgroup "$1/cgroup"
		mount -t sysfs none /sys; mount --rbind "$1/cgroup" /sys/fs/cgroup' sh "$T"
	attack interface interface.sh breakout0
}

@test "breakout: the caller's keys" {
	"$ATTACKS/keyring" plant true || skip "this kernel, or what we run in, has no keys"
	WRAP=("$ATTACKS/keyring" plant)
	attack keyring keyring
}

# --- the kernel -------------------------------------------------------------------

@test "breakout: seldom used calls" { attack calls calls; }

@test "breakout: sockets that are in no namespace" { attack sockets sockets; }

@test "breakout: a user namespace within" { attack userns userns; }

@test "breakout: setgroups" { attack setgroups setgroups; }

# --- the network ------------------------------------------------------------------

@test "breakout: an abstract socket" {
	background_on "$HOST_PID" SERVER "$ATTACKS/abstract" listen breakout
	wait_for on_host "$ATTACKS/abstract" breakout
	attack abstract abstract breakout
}

# This is no way out, but a way to keep a container from starting; it is not in the table.
@test "breakout: who holds a container's name can be found" {
	local SQUATTER
	background_on "$HOST_PID" SQUATTER setpriv --reuid 1234 --regid 1234 --clear-groups \
		"$ATTACKS/abstract" listen "container-$NAME-0"
	wait_for on_host "$ATTACKS/abstract" "container-$NAME-0"
	run on_host "$FULL" --name "$NAME" --rootfs "$T/full" true
	check 1 "another process holds its name: ss -xap | grep @container-$NAME-"
	one_line
	[ ! -e "$T/full" ]
	on_host ss -xap | grep "@container-$NAME-.*pid=$SQUATTER,"
}

# A service on all of the host's addresses.
serve() {
	background_on "$HOST_PID" SERVER "$BUSYBOX" httpd -f -p 8000 -h "$T/host"
	wait_for on_host "$ATTACKS/connect" 127.0.0.1 8000
}

@test "breakout: a service on the host's loopback" {
	serve
	attack loopback connect 127.0.0.1 8000
}

@test "breakout: a socket of the host's network, as stdin" {
	local place
	serve
	for place in "${PLACES[@]}"; do
		[ "$place" = bare ] || rootfs_for "$place"
		command "$place" reconnect 8000
		run on_host bash -c 'exec "$@" </dev/tcp/127.0.0.1/8000' bash "${COMMAND[@]}"
		case "$status $output" in
		*started*) GOT[$place]=$(by_status) ;;
		"1 container: descriptor 0 is a socket of the host's network") GOT[$place]=blocked ;;
		*) GOT[$place]="not started: $output" ;;
		esac
	done
	expect socket
}

# inside LAUNCHER: the pid of the article's shell: the child of the unshare which that
# script runs.
inside() {
	local pid=$1
	for _ in 1 2; do
		read -r pid _ < <(cat "/proc/$pid/task/$pid/children" && echo)
		[ -n "$pid" ] || return 1
	done
	[ "$(cat "/proc/$pid/comm")" = sh ] && SHELL_PID=$pid
}

# The article's network, as the article makes it.
wire() {
	on_host sh -ec 'ip link add veth-host type veth peer name veth-container
		ip link set veth-host up
		ip addr add 192.168.1.123/24 dev veth-host
		ip link set veth-container netns "$1"
		nsenter --net="/proc/$1/ns/net" ip link set veth-container up
		nsenter --net="/proc/$1/ns/net" ip addr add 192.168.1.124/24 dev veth-container
		nsenter --net="/proc/$1/ns/net" ip route add default via 192.168.1.123' sh "$1"
}

# connect_from PLACE ADDRESS PORT: from the article's container, with its network.
connect_from() {
	local place=$1 result=0
	[ -e "$T/$place" ] || rootfs_for "$place"
	mkfifo "$T/$place/go"
	chmod 666 "$T/$place/go"
	command "$place" "connect $2 $3"
	COMMAND[3]="read x <go; ${COMMAND[3]}"
	background_on "$HOST_PID" LAUNCHER "${COMMAND[@]}"
	wait_for inside "$LAUNCHER"
	wire "$SHELL_PID"
	echo >"$T/$place/go"
	wait "$LAUNCHER" || result=$?
	echo "started, ended $result"
	wait_for is_no_interface veth-host
	rm "$T/$place/go"
	return "$result"
}
is_no_interface() { ! on_host ip link show "$1"; }

@test "breakout: a service on the host's own address, open by design" {
	local place rule
	serve
	GOT[bare]=succeeds
	for place in root user; do
		run connect_from "$place" 192.168.1.123 8000
		echo "$output"
		GOT[$place]=$(by_status)
	done
	rootfs_for full
	command full connect 192.168.1.123 8000
	run on_host "${COMMAND[@]}"
	GOT[full]=$(by_status)
	expect host-address

	# And the rule that the table gives closes it.
	need nft
	rule=$(grep -o '`nft add .*`' <<<"${ROW[7]}")
	on_host bash -c "${rule//\`/}"
	run on_host "${COMMAND[@]}"
	check 1 started
	for place in root user; do
		run connect_from "$place" 192.168.1.123 8000
		check 1
	done
}

# --- a rootfs that is not what it was ---------------------------------------------

# The article's commands that make the tree, by the user UID in ROOTFS.
make_tree() {
	on_host setpriv --reuid "$1" --regid "$1" --clear-groups sh -c 'cd "$1"
		mkdir -p ./proc ./sys ./dev ./tmp ./bin ./root ./etc && cd bin
		./busybox --list | xargs -I {} ln -s busybox {}
		echo "export PATH=/bin" >"$1/etc/profile"' sh "$2" 2>/dev/null || true
}

# container: full/container, of the user, does nothing with the rootfs $T/full.
container() {
	on_host env SUDO_UID="$USER_ID" SUDO_GID="$USER_ID" "$FULL" --name "$NAME" \
		--rootfs "$T/full" true
}

files_now() { find "$T/host" -printf '%p %y %U %m %s %T@\n'; }

@test "breakout: a link in the rootfs to the host" {
	local place name before
	GOT=([bare]=succeeds [root]=blocked [user]=blocked [full]=blocked)
	for place in root user full; do
		rootfs_for "$place"
		for name in proc dev; do
			rm -r "${T:?}/$place/$name"
			ln -s "$T/host" "$T/$place/$name"
			[ "$place" != full ] || break
			# With the article's sudo.
			on_host mount -t tmpfs none "$T/$place/$name"
			! is_mounted "$T/host" || GOT[$place]=succeeds
			on_host umount "$T/$place/$name"
		done
	done
	before=$(files_now)
	for name in proc dev sys tmp bin etc; do
		rm -rf "${T:?}/full/$name"
		ln -s "$T/host" "$T/full/$name"
		run container
		[ "$status" -ne 0 ]
		! is_mounted "$T/host" && [ "$(files_now)" = "$before" ] || GOT[full]=succeeds
		rm "$T/full/$name"
		cp -a "$BATS_FILE_TMPDIR/rootfs/$name" "$T/full/$name"
		chown -hR "$USER_ID" "$T/full/$name"
	done
	run container
	check 0
	expect link
}

@test "breakout: a busybox that was replaced" {
	local place
	GOT=([bare]=succeeds [root]=blocked [user]=blocked [full]=blocked)
	chmod 777 "$T/host"
	for place in root user full; do
		rootfs_for "$place"
		rm "$T/$place/bin/busybox"
		printf '#!%s sh\ntouch %s\n' "$BUSYBOX" "$T/host/ran" >"$T/$place/bin/busybox"
		chmod 755 "$T/$place/bin/busybox"
	done
	make_tree 0 "$T/root"
	[ ! -e "$T/host/ran" ] || GOT[root]=succeeds
	rm -f "$T/host/ran"
	make_tree "$USER_ID" "$T/user"
	[ ! -e "$T/host/ran" ] || GOT[user]=succeeds
	rm -f "$T/host/ran"
	run container
	# A rootfs that is not whole is made whole: also then.
	rm "$T/full/etc/group"
	run container
	[ ! -e "$T/host/ran" ] || GOT[full]=succeeds
	expect turned-busybox
}

@test "breakout: a file in etc that was replaced by a link" {
	local place name before
	GOT=([bare]=succeeds [root]=blocked [user]=blocked [full]=blocked)
	for place in root user full; do
		rootfs_for "$place"
		echo 'of the user' >"$T/host/file"
		chown "$USER_ID" "$T/host/file"
		for name in profile resolv.conf group passwd .new; do
			ln -sf "$T/host/file" "$T/$place/etc/$name"
		done
		rm -r "$T/$place/root"
		ln -s "$T/host" "$T/$place/root"
		before=$(files_now)
		case $place in
		root) make_tree 0 "$T/root" ;;
		user) make_tree "$USER_ID" "$T/user" ;;
		full) run container
			check 0
			rm "$T/full/etc/group" # to be made whole
			run container ;;
		esac
		[ "$(files_now)" = "$before" ] || GOT[$place]=succeeds
	done
	expect turned-etc
}

# --- the table --------------------------------------------------------------------

@test "breakout: the table in README.md is what was seen" {
	"$ATTACKS/make-table" "$BATS_FILE_TMPDIR/seen" >"$T/table"
	# For "make table-breakout", which puts it there.
	[ -z "$BREAKOUT_TABLE" ] || cp "$T/table" "$BREAKOUT_TABLE"
	sed -n '/^<!-- breakout/,/^<!-- end of breakout/p' "$ATTACKS/README.md" >"$T/there"
	[ -n "$BREAKOUT_TABLE" ] || diff "$T/there" "$T/table"
}
