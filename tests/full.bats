#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2034 # BEFORE: for container.bash to read
#
# The whole container: what is seen inside, and its limits.
load lab
load container

# --- what is seen inside ------------------------------------------------------

@test "full: COMMAND is process 1, and ps shows no process but the container's" {
	run container ps
	check 0
	same "$(tr -s ' ' <<<"$output")" $'PID USER COMMAND\n 1 root ps'
	run container sh -c 'echo "I am $$ in $PWD"; ls -d /proc/[0-9]*'
	check 0 "I am 1 in /"
	same "${lines[1]}" /proc/1
	[ "${#lines[@]}" -le 3 ] # and that of ls
	as_before
}

@test "full: it is root inside, and an unprivileged user on the host" {
	local LAUNCHER pid uid gid
	uid=$SPARE
	gid=$SPARE
	run container id
	check 0 "uid=0(root) gid=0(root)"
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	[ "$pid" -ne 1 ]
	same "$(field NSpid "$pid")" "$pid 1"
	same "$(field Uid "$pid")" "$uid $uid $uid $uid"
	same "$(field Gid "$pid")" "$gid $gid $gid $gid"
	same "$(tr -s ' ' <"/proc/$pid/uid_map")" " 0 $uid 1"
	same "$(tr -s ' ' <"/proc/$pid/gid_map")" " 0 $gid 1"
	same "$(cat "/proc/$pid/setgroups")" deny
	same "$(find "$ROOT" ! -uid "$uid" -o ! -gid "$gid")" ""
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: under sudo it is the user who called it, also in a folder only root enters" {
	local LAUNCHER pid
	export SUDO_UID=1234 SUDO_GID=1234
	mkdir -m 700 "$T/for root"
	ROOT="$T/for root/a rootfs"
	on_host setpriv --groups 7,8 "$TOP/full/container" --name "$NAME" \
		--rootfs "$ROOT" sh -c 'grep Groups /proc/self/status >/groups'
	same "$(tr -d '[:space:]' <"$ROOT/groups")" Groups:
	same "$(find "$ROOT" ! -uid 1234 -o ! -gid 1234)" ""
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	same "$(field Uid "$pid")" "1234 1234 1234 1234"
	same "$(field Gid "$pid")" "1234 1234 1234 1234"
	same "$(field Groups "$pid")" ""
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: under sudo it starts in a home that is closed to others" {
	local mode
	export SUDO_UID=1234 SUDO_GID=1234
	lab_web_server
	for mode in 700 750 711; do
		mkdir -m "$mode" "$T/home$mode"
		chown 1234:1234 "$T/home$mode"
		ROOT=$T/home$mode/container
		cp "$BUSYBOX" "$T/home$mode/busybox"
		# A rootfs that is made, and one that stands.
		run container --busybox "$T/home$mode/busybox" timeout 10 wget -q -O - "$WHO"
		check 0 203.0.113.1
		run container timeout 10 wget -q -O - "$WHO"
		check 0 203.0.113.1
		rm -r "$ROOT"
		run container --no-net true
		check 0
		same "$output" ""
		run container --no-net sh -c 'pwd; echo written >/file'
		check 0
		same "$output" /
		same "$(find "$ROOT" ! -uid 1234 -o ! -gid 1234)" ""
		same "$(stat -c '%a %u' "$T/home$mode")" "$mode 1234"
	done
	# And if the rootfs is closed as well.
	chmod 700 "$ROOT"
	run container --no-net cat file
	check 0
	same "$output" written
	as_before
}

@test "full: a home that is closed to root itself, as on FUSE or NFS, is said to be" {
	# The number that the kernel gives to the pid namespace that it starts with.
	[ "$(stat -Lc %i /proc/self/ns/pid)" = 4026531836 ] ||
		skip "in a container, full says that instead"
	export SUDO_UID=1234 SUDO_GID=1234
	mkdir -m 700 "$T/closed" "$T/closed/made"
	chown -R 1234:1234 "$T/closed"
	for ROOT in "$T/closed/container" "$T/closed/made"; do
		run on_host setpriv --bounding-set=-dac_override,-dac_read_search \
			"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net
		check 1 "$ROOT: Permission denied: denied even to root" "choose a --rootfs DIR on a local disk"
		one_line
		as_before
	done
	same "$(find "$T/closed")" "$T/closed"$'\n'"$T/closed/made"
}

@test "full: a SUDO_UID that is root's, or not a user's, is ignored" {
	local id
	for id in x "" 0 4294967295; do
		export SUDO_UID=$id SUDO_GID=$id
		run container --no-net cat /proc/self/uid_map /proc/self/gid_map
		same "$(tr -s ' ' <<<"$output")" " 0 $SPARE 1"$'\n'" 0 $SPARE 1"
	done
}

@test "full: without sudo it is the owner of the rootfs, else a user to whom nothing is lent" {
	mkdir "$ROOT"
	chown 4321:4322 "$ROOT"
	run container cat /proc/self/uid_map /proc/self/gid_map
	same "$(tr -s ' ' <<<"$output")" $' 0 4321 1\n 0 4322 1'
	same "$(find "$ROOT" ! -uid 4321 -o ! -gid 4322)" ""

	host_etc
	printf 'me:%s:5\nyou:7000:9\nyou:%s:5\n' $((SPARE + 5)) "$SPARE" >"$T/etc/subuid"
	printf 'root:%s:5\n' "$SPARE" >"$T/etc/subgid"
	ROOT=$T/fresh
	run container --no-net cat /proc/self/uid_map /proc/self/gid_map
	same "$(tr -s ' ' <<<"$output")" " 0 $((SPARE + 10)) 1"$'\n'" 0 $SPARE 1"
	same "$(find "$ROOT" ! -uid $((SPARE + 10)) -o ! -gid "$SPARE")" ""
}

@test "full: a rootfs of a user who is lent to somebody is used, and that is said" {
	mkdir "$ROOT"
	chown 7008:7008 "$ROOT"
	host_etc
	echo 'you:7000:9' >"$T/etc/subuid"
	run container --no-net true
	check 0 "/etc/subuid lends 7008 to you, who can kill this container and change $ROOT"
	one_line
	echo 'you:7000:8' >"$T/etc/subuid"
	run container --no-net true
	check 0
	same "$output" ""
}

@test "full: where every id is lent to somebody it makes nothing" {
	host_etc
	echo 'you:1:4294967295' >"$T/etc/subuid"
	BEFORE=$(world)
	refused 1 "/etc/subuid lends every id" --no-net true
	[ ! -e "$ROOT" ]
}

@test "full: all eight namespaces are its own" {
	local LAUNCHER pid kind
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	for kind in "${KINDS[@]}"; do
		[ -n "$(readlink "/proc/$pid/ns/$kind")" ]
		[ "$(readlink "/proc/$pid/ns/$kind")" != \
			"$(readlink "/proc/$HOST_PID/ns/$kind")" ]
		[ "$(readlink "/proc/$pid/ns/$kind")" != \
			"$(readlink "/proc/$$/ns/$kind")" ]
	done
}

@test "full: the hostname is the container's name or one that is given" {
	run container hostname
	check 0
	same "$output" "$NAME"
	run container --hostname box-1.example hostname
	check 0
	same "$output" box-1.example
	as_before
}

@test "full: addresses, default route and lo inside are the article's" {
	local address='s/^[0-9]*: \([^ ]*\) *inet \([^ ]*\) .*/\1 \2/p'
	run container sh -ec "ip -o -4 addr | sed -n '$address'; ip route; ls /sys/class/net
		ping -c 1 -W 2 127.0.0.1; ping -c 1 -W 2 192.168.1.123"
	check 0 "default via 192.168.1.123 dev veth-container"
	same "${lines[0]}" "lo 127.0.0.1/8"
	same "${lines[1]}" "veth-container 192.168.1.124/24"
	same "${lines[4]} ${lines[5]}" "lo veth-container"
	same "$(grep -c ' 0% packet loss' <<<"$output")" 2
	as_before
}

@test "full: what is mounted on the host later, on a shared disk, is not seen inside" {
	local LAUNCHER
	mkdir "$ROOT"
	on_host mount -t tmpfs -o "mode=755,uid=$SPARE,gid=$SPARE" none "$ROOT"
	on_host mount --make-shared "$ROOT"
	background_on "$HOST_PID" LAUNCHER "$PROGRAM" --name "$NAME" --rootfs "$ROOT" -- "${STAY[@]}"
	wait_for on_host test -e "$ROOT/ready"
	on_host mount -t tmpfs later "$ROOT/root"
	on_host grep " $ROOT/root .* later " /proc/self/mountinfo
	same "$(grep later "/proc/$(pid_of "$NAME")/mountinfo")" ""
	end_of "$LAUNCHER" 15
}

@test "full: the mounts inside are the container's own, and the host's are not there" {
	run container sh -c 'cut -d " " -f 5 /proc/self/mountinfo; ls -a /..'
	check 0
	# A kernel may lack message queues.
	same "$(grep ^/ <<<"$output" | grep -v mqueue | sort | paste -s -d ' ')" \
		"/ /dev /dev/full /dev/null /dev/pts /dev/random /dev/shm /dev/tty /dev/urandom /dev/zero /proc /sys /tmp"
	same "$(grep -v ^/ <<<"$output" | sort)" "$(ls -a "$ROOT")"

	run container cat /proc/mounts
	check 0
	lacks "$T" "$TOP" /sys/fs/cgroup
	# Nor does one of ours turn up on the host.
	as_before
}

@test "full: /sys is read-only, and nothing of the machine's can be set in /proc" {
	local pattern
	pattern=$(cat /proc/sys/kernel/core_pattern)
	run container mkdir /sys/fs/cgroup/x
	check 1
	run container sh -c 'echo 0 >/sys/class/net/lo/mtu'
	check 1 "Read-only file system"
	run container sh -c 'cat /proc/sys/kernel/core_pattern >/proc/sys/kernel/core_pattern'
	check 1 "Permission denied"
	same "$(cat /proc/sys/kernel/core_pattern)" "$pattern"
	# What is the container's own can be: it is a network namespace's.
	run container sh -c "echo 1 >$FORWARD && cat $FORWARD"
	check 0
	same "$output" 1
	as_before
}

@test "full: /dev has the usual devices, which work, and no other of the host's" {
	run container sh -ec 'ls /dev; ls /dev/pts' </dev/null # no terminal
	check 0
	same "${lines[*]}" \
		"fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero ptmx"
	run container sh -ec 'echo lost >/dev/null
		[ -z "$(cat /dev/null)" ]
		head -c 5 /dev/zero | od -An -tx1
		head -c 5 /dev/urandom | wc -c
		echo kept >/dev/shm/file; cat /dev/shm/file
		echo shared | cat /dev/stdin >/dev/stdout
		echo a message >/dev/stderr
		echo 1 >/tmp/file
		echo x >/dev/full'
	check 1 "No space left on device" "a message"
	same "${lines[*]:0:4}" " 00 00 00 00 00 5 kept shared"
	[ ! -e "/dev/shm/file" ]
	[ ! -e "$ROOT/tmp/file" ]
	run container mknod /dev/kmsg c 1 11
	check 1 "Operation not permitted"
	as_before
}

@test "full: the environment says nothing of the host's" {
	export A_SECRET=of-the-host TERM=vt100
	run container env
	check 0 PATH=/bin HOME=/root TERM=vt100
	lacks of-the-host "$T"
	same "$(cut -d = -f 1 <<<"$output" | sort | paste -s -d ' ')" "HOME PATH TERM"
	TERM='' run container --no-net env
	check 0 TERM=dumb
}

@test "full: the umask is not the caller's, so that every user inside can read /etc" {
	umask 077
	run container sh -c 'umask; stat -c "%a %n" /etc /etc/passwd /etc/resolv.conf'
	check 0
	same "$output" "0022
755 /etc
644 /etc/passwd
644 /etc/resolv.conf"
}

@test "full: no descriptor that the caller had open gets inside" {
	run on_host bash -c 'exec 7</ 19<"$1"; shift; exec "$@"' bash "$T" \
		"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" -- \
		sh -c 'ls /proc/1/fd; true'
	check 0
	same "${lines[*]}" "0 1 2"
}

@test "full: nor is it held open outside" {
	local LAUNCHER pid
	exec 7<"$T"
	start LAUNCHER "$NAME"
	exec 7<&-
	pid=$(pid_of "$NAME")
	run find "/proc/$LAUNCHER/fd" "/proc/$pid/fd" -lname "$T"
	check 0
	same "$output" ""
	end_of "$LAUNCHER" 15
}

@test "full: COMMAND has a stdin, stdout and stderr, also if the caller has closed them" {
	local fd
	for fd in 0 1 2; do
		on_host sh -c "exec \"\$@\" $fd>&-" sh "$PROGRAM" --name "$NAME" --rootfs "$ROOT" \
			--no-net -- sh -c 'readlink /proc/1/fd/'$fd' | cat >/open'
		same "$(cat "$ROOT/open")" /dev/null
		as_before
	done
}

@test "full: a directory as stdin, stdout or stderr is refused" {
	local number
	for number in 0 1 2; do
		run on_host bash -c "exec $number</; exec \"\$@\"" bash \
			"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" true
		[ "$status" -eq 1 ]
		as_before
	done
	run container true </
	check 1 "descriptor 0 is a directory of the host"
	one_line
}

@test "full: so is a socket of the host's network, but not one end of a pair" {
	local number
	for number in 0 1 2; do
		run on_host bash -c "exec $number<>/dev/udp/127.0.0.1/9; exec \"\$@\"" bash \
			"$PROGRAM" --name "$NAME" --rootfs "$ROOT" true
		[ "$status" -eq 1 ]
		as_before
	done
	run on_host bash -c 'exec "$@" </dev/udp/127.0.0.1/9' bash "$PROGRAM" true
	check 1 "descriptor 0 is a socket of the host's network"
	one_line
	need compiler
	cc -x c -o "$T/pair" - <<-'END'
		#include <sys/socket.h>
		#include <unistd.h>
		int main(int argc, char *argv[])
		{
			int ends[2];
			socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
			write(ends[1], "hello", 5);
			shutdown(ends[1], SHUT_WR);
			dup2(ends[0], 0);
			execv(argv[1], argv + 1);
		}
	END
	run on_host "$T/pair" "$PROGRAM" --name "$NAME" --rootfs "$ROOT" cat
	check 0
	same "$output" hello
}

@test "full: COMMAND has few capabilities, no_new_privs and a filter" {
	run container cat /proc/self/status
	check 0 $'NoNewPrivs:\t1' $'Seccomp:\t2' $'CapInh:\t0000000000000000' \
		$'CapPrm:\t00000000000434fb' $'CapEff:\t00000000000434fb' \
		$'CapBnd:\t00000000000434fb' $'CapAmb:\t0000000000000000'
	# What a session in there wants goes on.
	run container sh -ec 'ip addr add 10.1.1.1/24 dev lo; ip link set lo mtu 1400
		ping -c 1 -W 2 10.1.1.1; chown 0:0 /root; mkdir -m 0 /root/no; ls /root/no
		rmdir /root/no; chroot / id'
	check 0 "uid=0(root)" " 0% packet loss"
	run container sh -c 'mount -t tmpfs none /root; unshare -n true; unshare -U true
		dmesg; nsenter -t 1 -u true; mknod /tmp/null c 1 3; date -s 12:00
		ls /root && exec false'
	check 1
	same "$(grep -c 'not permitted\|permission denied' <<<"$output")" 7
	as_before
}

@test "full: the launcher's file cannot be changed through what runs" {
	local LAUNCHER
	PROGRAM=$T/launcher
	cp "$TOP/full/container" "$PROGRAM"
	chown 54321 "$PROGRAM" # root of the container, who may do that to his files
	SUDO_UID=54321 start LAUNCHER "$NAME"
	is_named "$LAUNCHER" container
	run chmod 700 "/proc/$LAUNCHER/exe"
	check 1 "Read-only file system"
	run sh -c ": >>/proc/$LAUNCHER/exe"
	[ "$status" -ne 0 ]
	cmp "/proc/$LAUNCHER/exe" "$TOP/full/container"
	end_of "$LAUNCHER" 15
}

@test "full: stdin, stdout and stderr are passed on when they are no terminal" {
	container sh -c 'read -r word; echo "out $word"; echo "err $word" >&2' \
		<<<hello >"$T/out" 2>"$T/err"
	same "$(cat "$T/out")" "out hello"
	same "$(cat "$T/err")" "err hello"
	run container tty
	check 1 "not a tty"
	run container sh -c ': </dev/tty'
	check 1 "/dev/tty"
}

@test "full: a file as stdin is read in order, and what is not read is left for the next" {
	head -c 300000 /dev/urandom >"$T/list"
	run container md5sum <"$T/list"
	check 0 "$(md5sum <"$T/list" | cut -d ' ' -f 1)"
	{
		container dd bs=1000 count=3 of=/read
		cat >"$T/rest"
	} <"$T/list" 2>/dev/null
	cat "$ROOT/read" "$T/rest" | cmp - "$T/list"
	{
		container true
		cat >"$T/rest"
	} <"$T/list"
	cmp "$T/rest" "$T/list"
}

@test "full: a file as stdout and stderr has all that is printed, in its order" {
	echo before >"$T/out"
	container sh -c 'for i in 1 2 3; do echo "out $i"; echo "err $i" >&2; done; exit 7' \
		>>"$T/out" 2>&1 || echo "status $?" >>"$T/out"
	same "$(cat "$T/out")" "$(printf '%s\n' before 'out 1' 'err 1' 'out 2' 'err 2' 'out 3' \
		'err 3' 'status 7')"
	container sh -c 'head -c 300000 /dev/zero; echo end' >"$T/out" 2>"$T/err"
	same "$(stat -c %s "$T/out" "$T/err")" $'300004\n0'
	as_before
}

@test "full: with a file as stdin it ends, though its caller ignores SIGTERM and SIGUSR1" {
	head -c 300000 /dev/zero >"$T/in"
	run on_host timeout -s KILL 30 sh -c 'trap "" TERM USR1; exec <"$1"; shift; "$@"' sh "$T/in" \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
	check 0
	as_before
}

@test "full: whatever it does to the pipe from a file, it ends, and gives back no more than it got" {
	need strace # so that the pipe is filled each time between a look at it and the write
	head -c 300000 /dev/zero >"$T/in"
	run on_host timeout -s KILL 30 strace -f -o "$T/trace" -P "$T/in" -e trace=read \
		-e inject=read:delay_exit=20000 sh -c 'exec <"$1"; shift; "$@"' sh "$T/in" \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net -- \
		sh -c 'cat /dev/zero >/proc/1/fd/0 & head -c 200000 >/dev/null; sleep 0.1'
	check 0
	seq 1 100 >"$T/list"
	run sh -c 'head -n 50 >/dev/null; "$@"; head -n 1' sh nsenter -t "$HOST_PID" -n -m -- \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net -- \
		sh -c 'read -r x; head -c 60 /dev/zero >/proc/1/fd/0' <"$T/list"
	check 0
	same "$output" 51
	as_before
}

@test "full: what does not fit into a file is one line" {
	local NS
	mkdir "$T/small"
	on_host mount -t tmpfs -o size=64k none "$T/small"
	run on_host sh -c 'exec >"$1"; shift; "$@"' sh "$T/small/out" "$PROGRAM" --name "$NAME" --rootfs "$ROOT" \
		-- sh -c 'head -c 200000 /dev/zero 2>/dev/null'
	check 1 "container: write what is printed: "
	one_line
	# Also where it has all been printed when the disk turns out to be full.
	run on_host sh -c 'exec >>"$1"; shift; "$@"' sh "$T/small/out" "$PROGRAM" --name "$NAME" \
		--rootfs "$ROOT" echo
	check 1 "container: write what is printed: "
	one_line
	on_host umount "$T/small"
	as_before
}

# --- limits -------------------------------------------------------------------

@test "full: a FIFO that has a name stays its owner's" {
	mkfifo "$T/fifo"
	run container true <>"$T/fifo"
	check 0
	same "$(stat -c '%u' "$T/fifo")" 0
}

@test "full: of what is counted to the host's root it can have little" {
	local before core
	before=$(cat /proc/sys/user/max_inotify_instances)
	# Sudo makes the limit of core files 0, and it stays so.
	core=$(ulimit -H -c)
	[ "$core" = 0 ] || core=1
	run container sh -c 'cd /proc/sys/user; cat max_inotify_instances max_fanotify_groups
		grep -E "core|signals|msgqueue" /proc/self/limits | tr -s " "
		echo 99 >max_inotify_instances; ulimit -H -c 9 || exec false'
	check 1 $'16\n16\nMax core file size '"$core $core"$' bytes \nMax pending signals 1024 1024 signals' \
		"Max msgqueue size 131072 131072 bytes" "can't create max_inotify_instances"
	same "$(cat /proc/sys/user/max_inotify_instances)" "$before"
	# What the caller has less of stays so.
	run on_host sh -c 'ulimit -c 0; exec "$@"' sh "$PROGRAM" --name "$NAME" --rootfs "$ROOT" \
		-- grep core /proc/self/limits
	check 0
	same "$(tr -s ' ' <<<"$output")" "Max core file size 0 0 bytes "
}

@test "full: it has no real-time process, whatever its caller may have" {
	(ulimit -r 9) 2>/dev/null || skip "who runs this may not raise a limit of its own"
	run on_host sh -c 'ulimit -r 9; exec "$@"' sh "$PROGRAM" --name "$NAME" --rootfs "$ROOT" \
		-- sh -c 'ulimit -H -r'
	check 0
	same "$output" 0
}

@test "full: it can have 64 terminals" {
	run container sh -c 'for i in $(seq 70); do sleep 60 <>/dev/ptmx & done 2>/dev/null
		until [ $(ls /dev/pts | wc -l) -ge 65 ]; do sleep 0.1; done
		sleep 0.2; ls /dev/pts | grep -c "^[0-9]"'
	same "$output" 64
}

@test "full: its cgroup has the article's limits, or those that are given" {
	local LAUNCHER pid
	start LAUNCHER "$NAME"
	has_limits "200000 100000 536870912 1024"
	pid=$(pid_of "$NAME")
	same "$(cat "$(dir cpu "$NAME")/cgroup.procs")" "$pid"
	same "$(cat "$(dir memory "$NAME")/cgroup.procs")" "$pid"
	same "$(cat "$(dir pids "$NAME")/cgroup.procs")" "$pid"
	end_of "$LAUNCHER" 15
	start LAUNCHER "$NAME" --cpus 0.5 --memory 64M --pids 9
	has_limits "50000 100000 67108864 9"
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: to itself it is at the root of the cgroups" {
	run container cat /proc/self/cgroup
	check 0 :/
	same "$(grep -v ':/$' <<<"$output" | grep -E ':(cpu|memory|pids)?:')" ""
	lacks "$NAME"
}

@test "full: who takes more memory than the limit is killed, and the status is 137" {
	local eater=(dd if=/dev/zero of=/dev/null bs=64M count=1)
	run container --memory 256M "${eater[@]}"
	check 0 "1+0 records out"
	run container --memory 16M "${eater[@]}"
	check 137
	lacks "records out"
	as_before
}

@test "full: with --pids 5 there are no more than five processes" {
	run container --pids 5 sh -c 'for i in 1 2 3 4 5 6
		do /bin/sleep 600 >/dev/null 2>&1 & echo "$i"; done'
	[ "$status" -ne 0 ]
	check "$status" "can't fork"
	same "${lines[*]:0:4}" "1 2 3 4"
	[ "${#lines[@]}" -eq 5 ]
	as_before
}

@test "full: a limit that cannot be set is one line, and nothing is made" {
	on_host mount -t tmpfs -o ro none /sys/fs/cgroup
	BEFORE=$(world)
	refused 1 "controller" true
	on_host umount /sys/fs/cgroup
}
