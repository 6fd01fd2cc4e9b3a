#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2154 # output: what "run" has left
#
# The container of somebody who is not root. As root these tests become somebody else.
load lab

setup() {
	lab_setup
	NAME=r$BATS_TEST_NUMBER-$(($$ % 100000))
	PROGRAM=$T/container
	USER_ID=$EUID
	AS=() IN=()
	if is_root; then
		USER_ID=54321
		AS=(setpriv --reuid "$USER_ID" --regid "$USER_ID" --clear-groups)
		chown $USER_ID:$USER_ID "$HOME"
	fi
	cp "$TOP/full/container" "$PROGRAM"
	! is_root || chown $USER_ID "$PROGRAM"
	ROOT=$HOME/container
	unset SUDO_UID SUDO_GID
	# The notes on what is missing, which a test may wait for.
	ONE_ID='only root exists in there'
	NO_LIMITS='no limits; where systemd runs'
}

teardown() {
	local pid
	for pid in "${LAB_PIDS[@]}"; do
		kill -KILL "$pid" 2>/dev/null || :
	done
	lab_teardown
}

# rootless ARG...: run it as that user, without the notes.
rootless() {
	local status=0
	"${AS[@]}" "$PROGRAM" --rootless --name "$NAME" "$@" 2>"$T/err" || status=$?
	grep -v "$ONE_ID\|$NO_LIMITS" "$T/err" >&2 || :
	return $status
}

# noted TEXT: among what the last one said was a line with TEXT.
noted() { grep -F -- "$1" "$T/err"; }

# in_mounts SCRIPT COMMAND...: run COMMAND, a function of ours, where SCRIPT has changed
# the mounts.
in_mounts() {
	local script=$1
	shift
	export -f rootless
	export NAME PROGRAM T ONE_ID NO_LIMITS
	BECOME="${AS[*]}" unshare -m -C bash -c 'set -e; '"$script"'; AS=($BECOME); "$@"' - "$@"
}

@test "rootless: a container of one's own" {
	run rootless --hostname mine -- sh -c 'id -u; hostname; echo $$; head -n 1 /proc/self/uid_map
		ls /sys/class/net; grep -c . /proc/net/dev; wget -q -O - http://203.0.113.2 || echo alone'
	check 0
	same "$(tr -s ' ' ' ' <<<"$output" | grep -v wget)" "0
mine
1
 0 0 1
lo
3
alone"
}

# start: have a container run in the background; its launcher's pid goes to LAUNCHER.
start() {
	background LAUNCHER "${IN[@]}" "${AS[@]}" "$PROGRAM" --rootless --name "$NAME" \
		-- sh -c ': >/ready; exec sleep 600'
	wait_for [ -e "$ROOT/ready" ]
}
gone() { [ ! -e "/proc/$1" ]; }
# user_of PID: the user that it runs as.
user_of() { sed -n 's/^Uid:\t\([0-9]*\).*/\1/p' "/proc/$1/status"; }

@test "rootless: its root is the caller outside, and it ends with its launcher" {
	need pgrep
	run rootless -- sh -c 'echo hello >/root/file'
	check 0
	same "$(stat -c %u "$ROOT/root/file" "$ROOT/bin/busybox" "$ROOT" | sort -u)" "$USER_ID"
	start
	INSIDE=$(pgrep -x -P "$LAUNCHER" 'sh|sleep')
	same "$(user_of "$LAUNCHER") $(user_of "$INSIDE")" "$USER_ID $USER_ID"
	run rootless true
	check 1 "a container $NAME runs already"
	one_line
	kill -KILL "$LAUNCHER"
	wait_for gone "$INSIDE"
	rm "$ROOT/ready"
	start
	INSIDE=$(pgrep -x -P "$LAUNCHER" 'sh|sleep')
	kill -TERM "$LAUNCHER"
	wait "$LAUNCHER" || :
	wait_for gone "$INSIDE"
}

@test "rootless: the exit status is the command's, and nothing stays but the rootfs" {
	run rootless -- sh -c 'exit 7'
	check 7
	same "$output" ""
	run rootless -- no-such-command
	check 127
	same "$(ls -A "$HOME")" container
}

@test "rootless: it is confined as root's is" {
	run rootless -- sh -c 'grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status | tr -s "\t" " "
		mount -t tmpfs none /tmp || echo no mounts; [ -e /dev/kmsg ] || echo no log'
	check 0 "CapEff: 00000000000434fb" "CapBnd: 00000000000434fb" "NoNewPrivs: 1" "Seccomp: 2" \
		"no mounts" "no log"
}

@test "rootless: a file of the caller's that is stdin cannot be written to" {
	echo 'of the caller' >"$T/list"
	chown "$USER_ID" "$T/list"
	run rootless sh -c 'cat; echo changed >/proc/self/fd/0' <"$T/list"
	check 0 'of the caller'
	same "$(cat "$T/list")" 'of the caller'
}

@test "rootless: the launcher's file cannot be changed through what runs" {
	start
	run "${AS[@]}" chmod 700 "/proc/$LAUNCHER/exe"
	check 1 "Read-only file system"
}

@test "rootless: each user has names of his own" {
	need root
	start
	mkdir "$T/other"
	chown 54322 "$T/other"
	run setpriv --reuid 54322 --regid 54322 --clear-groups \
		"$PROGRAM" --rootless --name "$NAME" --rootfs "$T/other/container" id -u
	check 0
	same "${lines[-1]}" 0
}

@test "rootless: without root and without the flag it says what it cannot do, and names the flag" {
	run "${AS[@]}" "$PROGRAM" true
	check 1 "network" "limits" "need root" "sudo" "--rootless"
	one_line
	same "$(ls -A "$HOME")" ""
}

@test "rootless: what makes no sense with it is refused, and nothing made" {
	run "${AS[@]}" "$PROGRAM" --rootless --uplink lo true
	check 2 "--rootless: --uplink makes no sense without a network"
	one_line
	run "${AS[@]}" "$PROGRAM" --rootless --host-address 10.9.9.1/30 --address 10.9.9.2/30 true
	check 2 "--rootless: --address makes no sense without a network"
	one_line
	same "$(ls -A "$HOME")" ""
}

@test "rootless: root is told to leave it out" {
	need root
	run "$PROGRAM" --rootless --rootfs "$ROOT" true
	check 2 "--rootless is for ordinary users"
	one_line
	[ ! -e "$ROOT" ]
}

@test "rootless: root of a user namespace is good enough" {
	run "${AS[@]}" unshare -U --map-root-user "$PROGRAM" --rootless -- id -u
	check 0
	same "${lines[-1]}" 0
}

@test "rootless: a rootfs that is somebody else's is refused" {
	need root
	mkdir "$T/roots"
	run "${AS[@]}" "$PROGRAM" --rootless --rootfs "$T/roots" true
	check 1 "$T/roots is not yours; choose another --rootfs"
	same "$(ls -A "$T/roots")" ""
}

@test "rootless: what is missing is said in one line each, and the rest works" {
	need root
	need newuidmap
	run in_mounts 'mount --bind /dev/null /etc/subuid' rootless true
	check 0
	same "$output" ""
	noted "$ONE_ID: /etc/subuid"
	noted "$NO_LIMITS"
	same "$(wc -l <"$T/err")" 2
}

# With a user of a name, and ids lent to him.
LEND='cat /etc/passwd >$T/passwd; echo ann:x:54321:54321::/:/bin/sh >>$T/passwd
	echo ann:200000:1000 >$T/subid
	mount --bind $T/passwd /etc/passwd
	mount --bind $T/subid /etc/subuid
	mount --bind $T/subid /etc/subgid'

@test "rootless: ids that are lent to the caller are the others in there" {
	need root
	need newuidmap
	run in_mounts "$LEND" rootless -- sh -c 'cat /proc/self/uid_map /proc/self/gid_map; touch /file
		chown 7:8 /file; echo u:x:9:9::/:/bin/sh >>/etc/passwd; su u -c "id -u; touch /tmp/his"; ls -ln /tmp'
	check 0
	same "$(grep -v his <<<"$output" | tr -s ' ' ' ')" " 0 0 1
 1 1 1000
 0 0 1
 1 1 1000
9
total 0"
	[[ $output == *" 9 "*" 9 "*his* ]]
	same "$(stat -c '%u %g' "$ROOT/file")" "200006 200007"
	run noted "$ONE_ID"
	check 1
}

@test "rootless: a program that belongs to one of those ids cannot be changed, either" {
	need root
	need newuidmap
	chown 200004 "$PROGRAM"
	# And if it is on a mount that is gone when the launcher has its own mounts.
	mkdir "$T/mount"
	export T
	IN=(unshare -m bash -c "set -e; $LEND"'; mount -t tmpfs none $T/mount
		cp -p $T/container $T/mount; exec "$@"' -)
	PROGRAM=$T/mount/container
	start
	run chmod 777 "/proc/$LAUNCHER/exe"
	check 1 "Read-only file system"
}

@test "rootless: where newuidmap does not work only root exists in there" {
	need root
	need newuidmap
	AS+=(setpriv --no-new-privs)
	run in_mounts "$LEND" rootless cat /proc/self/uid_map
	check 0
	same "$(grep -v newuidmap <<<"$output" | tr -s ' ' ' ')" " 0 0 1"
	noted "$ONE_ID: newuidmap does not work here"
}

@test "rootless: a newgidmap that fails after newuidmap is one line" {
	need root
	need newuidmap
	printf '#!/bin/sh\nexit 1\n' >"$T/newgidmap"
	chmod 755 "$T/newgidmap"
	export T
	run in_mounts "$LEND"'; mount --bind "$T/newgidmap" /usr/bin/newgidmap' rootless true
	check 1 "container: newuidmap works here, but newgidmap does not"
	one_line
}

@test "rootless: -v says commands that its user may type" {
	run rootless -v true
	check 0 "+ setpriv --reuid 0 --regid 0 --keep-groups sh" "+ unshare -m -u"
	lacks clear-groups "mkdir /sys/fs/cgroup"
}

@test "rootless: the first command that -v says makes that user namespace" {
	need root
	need newuidmap
	unshare --help | grep -q map-users || skip "this unshare has no --map-users"
	run in_mounts "$LEND"'; rootless() { eval "$("${AS[@]}" "$PROGRAM" --rootless -v true 2>&1 |
		sed -n "s/^+ exec \(unshare .*\) sh -e/\"\${AS[@]}\" \1 cat \/proc\/self\/uid_map \/proc\/self\/gid_map/p")"; }' rootless
	check 0
	same "$(tr -s ' ' ' ' <<<"$output")" " 0 54321 1
 1 200000 1000
 0 54321 1
 1 200000 1000"
}

@test "rootless: without newuidmap only root exists in there" {
	need root
	run in_mounts "$LEND"'; [ ! -e /usr/bin/newuidmap ] || mount --bind /dev/null /usr/bin/newuidmap' \
		rootless cat /proc/self/uid_map
	check 0
	same "$(tr -s ' ' ' ' <<<"$output")" " 0 0 1"
	noted "$ONE_ID: newuidmap is not installed (Debian: apt install uidmap; "
}

@test "rootless: it has a terminal of its own" {
	need script
	run "${AS[@]}" script -qec "$PROGRAM --rootless -- tty" /dev/null
	check 0 /dev/pts/0
	# Also on one that belongs to somebody else, as after su(1).
	run script -qec "${AS[*]} $PROGRAM --rootless -- tty" /dev/null
	check 0 /dev/pts/0
}

# scope_line ARG...: the command that "container --rootless ARG..." says for its limits.
scope_line() {
	"${AS[@]}" "$PROGRAM" --rootless "$@" true 2>&1 | sed -n "s/^container: $NO_LIMITS.*: //p"
}

@test "rootless: it says how systemd sets the limits that root would set" {
	same "$(scope_line)" \
		"systemd-run --user --scope -p MemoryMax=536870912 -p MemorySwapMax=0 -p CPUQuota=200% -p TasksMax=1024"
	same "$(scope_line --cpus 0.015 --memory 64M --pids 9)" \
		"systemd-run --user --scope -p MemoryMax=67108864 -p MemorySwapMax=0 -p CPUQuota=1.5% -p TasksMax=9"
	same "$(scope_line --no-net --cpus 8192)" \
		"systemd-run --user --scope -p MemoryMax=536870912 -p MemorySwapMax=0 -p CPUQuota=819200% -p TasksMax=1024"
}

@test "rootless: it makes no cgroup, and has those of the caller" {
	run rootless -- sh -c 'grep -v ":/$" /proc/self/cgroup'
	check 1
	same "$(find /sys/fs/cgroup -name "$NAME" -type d)" ""
}

# forbidden WORD COMMAND...: run by COMMAND it says in one line, with WORD in it, why it
# may have no user namespace; and nothing was made.
forbidden() {
	local word=$1
	shift
	run "$@" "$PROGRAM" --rootless true
	check 1 "--rootless wants a user namespace: " "$word" && one_line &&
		same "$(ls -A "$HOME")" ""
}

# with_all_ids COMMAND...: in a user namespace in which each id stands for itself.
with_all_ids() {
	mkfifo "$T/pid" "$T/mapped"
	unshare -U --keep-caps bash -c 'echo $$ >"$0/pid" && read -r _ <"$0/mapped" &&
		exec "$@"' "$T" "$@" &
	read -r pid <"$T/pid"
	echo 0 0 65536 >"/proc/$pid/uid_map"
	echo 0 0 65536 >"/proc/$pid/gid_map"
	echo >"$T/mapped"
	wait "$pid"
}

@test "rootless: no user namespace allowed: max_user_namespaces is 0" {
	need root
	forbidden "sysctl user.max_user_namespaces=" with_all_ids \
		sh -c 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"' - "${AS[@]}"
}

@test "rootless: no user namespace in a kernel without them" {
	need root
	need strace
	forbidden "Invalid argument: this kernel has none" "${AS[@]}" \
		strace -f -o /dev/null -e trace=unshare -e inject=unshare:error=EINVAL
}

@test "rootless: no user namespace for who is in a chroot" {
	need root
	mkdir -p "$T/root"/{proc,tmp}
	cp "$PROGRAM" "$T/root"
	for file in $(ldd "$PROGRAM" | grep -o '/[^ ]*'); do
		mkdir -p "$T/root/${file%/*}"
		cp -L "$file" "$T/root$file"
	done
	PROGRAM=/container forbidden "a process in a chroot may make no user namespace" \
		unshare -m sh -c 'mount --bind /proc "$0/proc"; exec chroot --userspec 54321:54321 "$0" "$@"' \
		"$T/root"
}

# AppArmor lets one make a user namespace, and then denies all that one would do there;
# so does the kernel to a process whose program its user may not read.
@test "rootless: no user namespace for a program without a profile of AppArmor's" {
	need root
	chown root "$PROGRAM"
	chmod 711 "$PROGRAM"
	forbidden AppArmor unshare -m sh -c 'mount -t tmpfs none /proc/sys/kernel
		echo 1 >/proc/sys/kernel/apparmor_restrict_unprivileged_userns; exec "$@"' - \
		"${AS[@]}" sh -c 'exec "$0" "$@"' # setpriv could still read it
}

# enter_it ARG...: the same user enters that container.
enter_it() { "${AS[@]}" "$PROGRAM" --rootless --enter "$NAME" "$@"; }

@test "rootless: its owner enters it, confined as it is" {
	need pgrep
	local kind
	start
	INSIDE=$(pgrep -x -P "$LAUNCHER" 'sh|sleep')
	run enter_it -- sh -c 'id -u; pwd; hostname; cat /proc/self/uid_map; ls /proc/$$/fd; env | sort
		ps; exit 7'
	check 7 "sleep 600"
	# Lent ids, if there are any, are the second line of the map.
	same "$(grep -v ' root \|USER\|^ *1  *1 ' <<<"$output" | tr -s ' ' ' ')" "0
/
$NAME
 0 0 1
0
1
2
HOME=/root
PATH=/bin:/sbin:/usr/bin:/usr/sbin
PWD=/
SHLVL=1
TERM=${TERM:-dumb}"
	run enter_it -- ls -l /proc/self/ns
	for kind in cgroup ipc mnt net pid time user uts; do
		[[ $output == *"$(readlink "/proc/$INSIDE/ns/$kind")"* ]]
	done
	run enter_it -- grep -E "^(CapInh|CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status /proc/1/status
	check 0
	same "$(sed -n 's,/proc/self/status:,,p' <<<"$output")" "$(sed -n 's,/proc/1/status:,,p' <<<"$output")"
	[[ $output == *00000000000434fb* ]]
	kill -0 "$LAUNCHER"
}

@test "rootless: nobody else enters it, and whoever enters ends with it" {
	need root
	need pgrep
	local entered
	start
	run setpriv --reuid 54322 --regid 54322 --clear-groups "$PROGRAM" --rootless --enter "$NAME" true
	check 1 "you run no container $NAME"
	one_line
	run "$TOP/full/container" --enter "$NAME" true
	check 1 "root runs no container $NAME"
	one_line
	run "${AS[@]}" "$PROGRAM" --enter "$NAME" true
	check 1 "--rootless"
	one_line
	background entered "${AS[@]}" "$PROGRAM" --rootless --enter "$NAME" -- \
		sh -c 'touch /in; exec sleep 600'
	wait_for [ -e "$ROOT/in" ]
	# Its program's file cannot be changed, either.
	run "${AS[@]}" chmod 700 "/proc/$entered/exe"
	check 1 "Read-only file system"
	kill -TERM "$LAUNCHER"
	wait "$LAUNCHER" || :
	wait_for gone "$entered"
	run enter_it true
	check 1 "you run no container $NAME"
}

# in_groups COMMAND...: run COMMAND where a cgroup that the user owns, $GROUPS_DIR, has two in
# it, one and other. Of version 2, as systemd gives it to a user. (In a cgroup namespace, or
# the mount would set the options of the machine's own, such as nsdelegate.)
in_groups() {
	export T USER_ID PROGRAM NAME HOME
	GROUPS_DIR=/sys/fs/cgroup/unified/$NAME BECOME="${AS[*]}" unshare -m -C bash -c '
		mount -t tmpfs none /sys/fs/cgroup
		mkdir /sys/fs/cgroup/unified
		mount -t cgroup2 none /sys/fs/cgroup/unified || exit 77
		mkdir -p $GROUPS_DIR/one $GROUPS_DIR/other
		chown -R $USER_ID $GROUPS_DIR
		(echo 0 >$GROUPS_DIR/one/cgroup.procs
			exec $BECOME $PROGRAM --rootless --name $NAME sh -c ": >/ready; exec sleep 600" \
				</dev/null >/dev/null 2>&1) &
		until [ -e $HOME/container/ready ]; do sleep 0.05; done
		"$@"
		kill -KILL $!
		wait
		for dir in $GROUPS_DIR/one $GROUPS_DIR/other $GROUPS_DIR; do
			timeout 10 sh -c "until rmdir $dir; do sleep 0.05; done 2>/dev/null"
		done' bash "$@"
}

@test "rootless: who enters joins the cgroup of the container, if it may; if not that is said" {
	need root
	run in_groups bash -c 'echo 0 >$GROUPS_DIR/other/cgroup.procs
		$BECOME $PROGRAM --rootless --enter $NAME cat /proc/self/cgroup
		$BECOME $PROGRAM --rootless -v --enter $NAME true
		echo 0 >/sys/fs/cgroup/unified/cgroup.procs
		$BECOME $PROGRAM --rootless --enter $NAME cat /proc/self/cgroup
		mount -t tmpfs none $GROUPS_DIR/one; echo 16777216 >$GROUPS_DIR/one/memory.max
		$BECOME $PROGRAM --rootless --enter $NAME true; umount $GROUPS_DIR/one'
	[ "$status" != 77 ] || skip "no cgroup v2 to be had here"
	check 0 "# echo \$\$ > /sys/fs/cgroup/unified/$NAME/one/cgroup.procs" \
		"it may not join $NAME/one; where systemd runs, systemd-run --user --scope"
	same "$(grep -F 0:: <<<"$output")" "0::/
0::/../.."
}
