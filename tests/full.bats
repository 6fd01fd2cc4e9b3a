#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153 # NAME and others: container.bash has them
load lab
load container

# A directory of the host in which everybody may do everything, and what is in it.
host_dir() {
	mkdir "$T/host"
	echo 'of the host' >"$T/host/group"
	chmod 777 "$T/host"
	chmod 666 "$T/host/group"
	THEIR_DIR=$(host_dir_now)
}
host_dir_now() {
	ls -lAnR --time-style=full-iso "$T/host"
	cat "$T/host/group"
}

# line ARG...: the command line of "container ARG..." as text for a shell.
line() { printf '%q ' "$TOP/full/container" --name "$NAME" --rootfs "$ROOT" "$@"; }

# terminal LINE: on the host, on a terminal with 33 rows and 77 columns, have bash do
# LINE. What is on the screen goes to $T/screen; the settings of the terminal before
# and after LINE to $T/before and $T/after; the exit status to $T/status.
terminal() {
	mkfifo "$T/keys"
	cat >"$T/session" <<-END
		stty rows 33 cols 77
		tty >tty
		stty -g >before
		$1
		echo \$? >status
		stty -g >after
	END
	# Without job control bash would have what is in the background ignore Ctrl-C.
	set -m
	# And what nohup or a shell has had us ignore is not for those in there.
	background_on "$HOST_PID" TERMINAL sh -c 'cd "$1"
		env=
		! env --default-signal true 2>/dev/null || env="env --default-signal"
		exec $env script -qefc "bash session" /dev/null <keys >screen 2>&1' sh "$T"
	set +m
	exec {KEYS}>"$T/keys"
}

# types TEXT: on the keyboard of that terminal; \n is Enter, \003 is Ctrl-C.
types() { printf %b "$1" >&"$KEYS"; }

# shows TEXT: it comes to be on the screen.
shows() {
	wait_for grep -aF -- "$1" "$T/screen" || {
		cat -v "$T/screen" >&2
		return 1
	}
}

# finished STATUS: LINE ends with STATUS, and leaves the terminal as it was.
finished() {
	wait_for [ -s "$T/after" ] || {
		cat -v "$T/screen" >&2
		return 1
	}
	wait_for is_gone "$TERMINAL"
	same "$(cat "$T/status")" "$1" && same "$(cat "$T/after")" "$(cat "$T/before")"
}

# settings: those of the terminal now.
settings() { on_host stty -F "$(cat "$T/tty")" "$@"; }

# --- what is seen inside --------------------------------------------------------

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
	uid=$(first_id /etc/subuid)
	gid=$(first_id /etc/subgid)
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
		run container --check
		check 0 && lacks problem
		rm -r "$ROOT"
		run container --no-net true
		check 0 && same "$output" ""
		run container --no-net sh -c 'pwd; echo written >/file'
		check 0 && same "$output" /
		same "$(find "$ROOT" ! -uid 1234 -o ! -gid 1234)" ""
		same "$(stat -c '%a %u' "$T/home$mode")" "$mode 1234"
	done
	# And if the rootfs is closed as well.
	chmod 700 "$ROOT"
	run container --no-net cat file
	check 0 && same "$output" written
	as_before
}

@test "full: a home that is closed to root itself, as on FUSE or NFS, is said to be" {
	local option
	export SUDO_UID=1234 SUDO_GID=1234
	mkdir -m 700 "$T/closed" "$T/closed/made"
	chown -R 1234:1234 "$T/closed"
	for ROOT in "$T/closed/container" "$T/closed/made"; do
		for option in --no-net --check; do
			run on_host setpriv --bounding-set=-dac_override,-dac_read_search \
				"$PROGRAM" --name "$NAME" --rootfs "$ROOT" "$option"
			check 1 "$ROOT: denied even to root" "choose a --rootfs DIR on a local disk"
			[ "$option" = --check ] || one_line
			as_before
		done
	done
	same "$(find "$T/closed")" "$T/closed"$'\n'"$T/closed/made"
}

@test "full: without sudo it is the owner of the rootfs, else what subuid lends to root" {
	mkdir "$ROOT"
	chown 4321:4322 "$ROOT"
	run container cat /proc/self/uid_map /proc/self/gid_map
	same "$(tr -s ' ' <<<"$output")" $' 0 4321 1\n 0 4322 1'
	same "$(find "$ROOT" ! -uid 4321 -o ! -gid 4322)" ""

	host_etc
	printf 'me:7000:9\nroot:8000:5\nroot:9000:5\n' >"$T/etc/subuid"
	ROOT=$T/fresh
	run container cat /proc/self/uid_map /proc/self/gid_map
	same "$(tr -s ' ' <<<"$output")" $' 0 8000 1\n 0 100000 1'
	same "$(find "$ROOT" ! -uid 8000 -o ! -gid 100000)" ""
}

@test "full: all eight namespaces are its own" {
	local LAUNCHER pid kind
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	for kind in cgroup ipc mnt net pid time user uts; do
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
	run container sh -ec 'ls /dev; ls /dev/pts'
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
	check 0 && same "$output" ""
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

# --- names of servers -----------------------------------------------------------

@test "full: /etc/resolv.conf has the servers of the host, but none on a loopback" {
	host_etc
	printf 'nameserver %s\n' 198.51.100.1 127.0.0.53 198.51.100.2 >"$T/etc/resolv.conf"
	run container cat /etc/resolv.conf
	check 0
	same "$output" $'nameserver 198.51.100.1\nnameserver 198.51.100.2'

	# As systemd-resolved has it.
	echo 'nameserver 127.0.0.53' >"$T/etc/resolv.conf"
	on_host mkdir -p /run/systemd/resolve
	on_host sh -c 'echo nameserver 198.51.100.3 >/run/systemd/resolve/resolv.conf'
	run container cat /etc/resolv.conf
	check 0
	same "$output" "nameserver 198.51.100.3"

	on_host rm /run/systemd/resolve/resolv.conf
	run container grep -c nameserver /etc/resolv.conf
	check 1
	same "$output" 0
	rm "$T/etc/resolv.conf"
	run container grep -c nameserver /etc/resolv.conf
	check 1
	same "$output" 0
}

@test "full: an /etc/resolv.conf in the rootfs that is a link to a host's file is replaced" {
	host_etc
	host_dir
	echo 'nameserver 198.51.100.1' >"$T/etc/resolv.conf"
	container true
	ln -sf "$T/host/group" "$ROOT/etc/resolv.conf"
	run container cat /etc/resolv.conf
	check 0
	same "$output" "nameserver 198.51.100.1"
	[ ! -L "$ROOT/etc/resolv.conf" ]
	same "$(host_dir_now)" "$THEIR_DIR"
}

# --- network --------------------------------------------------------------------

@test "full: it reaches the internet, which sees the host's address" {
	lab_web_server
	run container timeout 10 wget -q -O - "$WHO"
	check 0
	same "${output//[^0-9.]/}" 203.0.113.1
	set_forward 1
	run container timeout 10 wget -q -O - "$WHO"
	check 0
	# It was on before: it stays on.
	same "$(forward)" 1
	set_forward 0
	as_before
}

@test "full: a network that the host uses is not taken, but the next one, and that is said" {
	lab_web_server
	other_interface other 192.168.1.7/24
	BEFORE=$(world)
	container sh -c "ip -o -4 addr; timeout 10 wget -q -O - $WHO" >"$T/out" 2>"$T/err"
	grep -F 192.168.2.124/24 "$T/out"
	grep 203.0.113.1 "$T/out"
	same "$(cat "$T/err")" \
		"container: 192.168.1.0/24 is in use on other: taking 192.168.2.0/24"
	# A route is a use too.
	on_host ip route add 192.168.2.0/25 via 203.0.113.2
	BEFORE=$(world)
	run container ip -o -4 addr
	check 0 192.168.3.124/24
	as_before
}

@test "full: addresses can be chosen; those that collide are refused, naming with what" {
	lab_web_server
	run container --host-address 10.1.2.1/30 --address 10.1.2.2/30 \
		sh -c "ip -o -4 addr; ip route; timeout 10 wget -q -O - $WHO"
	check 0 "10.1.2.2/30" "default via 10.1.2.1" 203.0.113.1
	as_before

	other_interface wide 10.0.0.1/8
	BEFORE=$(world)
	rm -rf "$ROOT"
	refused 1 "--host-address 10.1.2.1/24: wide has that network" \
		--host-address 10.1.2.1/24 --address 10.1.2.2/24 true
	refused 1 "--host-address 203.0.113.5/28: uplink has that network" \
		--host-address 203.0.113.5/28 --address 203.0.113.6/28 true
	[ ! -e "$ROOT" ]
}

@test "full: two containers run side by side, and each ends for itself" {
	local FIRST SECOND first second
	lab_web_server
	start FIRST "$NAME"
	start SECOND "$OTHER"
	first=$(pid_of "$NAME")
	second=$(pid_of "$OTHER")
	same "$(cat "$(dir memory "$NAME")/cgroup.procs")" "$first"
	same "$(cat "$(dir memory "$OTHER")/cgroup.procs")" "$second"
	arrives_as 203.0.113.1 "$first"
	arrives_as 203.0.113.1 "$second"
	same "$(nsenter -t "$second" -n ip -o -4 addr show veth-container |
		grep -o 'inet [^ ]*')" "inet 192.168.2.124/24"

	end_of "$FIRST" 15
	same "$(forward)" 1
	arrives_as 203.0.113.1 "$second"
	start FIRST "$NAME"
	end_of "$SECOND" 15
	same "$(forward)" 1
	arrives_as 203.0.113.1 "$(pid_of "$NAME")"
	end_of "$FIRST" 15
	same "$(forward)" 0
	as_before
}

@test "full: --no-net leaves it nothing but its lo, and the host as it is" {
	local LAUNCHER
	start LAUNCHER "$NAME" --no-net
	# The cgroup is all that is new.
	same "$(world | grep -v ^/sys/fs/cgroup)" "$(grep -v ^/sys/fs/cgroup <<<"$BEFORE")"
	end_of "$LAUNCHER" 15
	run container --no-net sh -c 'ls /sys/class/net; ip route
		ping -c 1 -W 2 127.0.0.1 | grep -o " 0% packet loss"'
	check 0
	same "$output" $'lo\n 0% packet loss'
	as_before
}

@test "full: without a default route there is a cable, and a line that says why no NAT" {
	lab_web_server
	on_host ip route del default
	BEFORE=$(world)
	container sh -c "ip -o -4 addr; ping -c 1 -W 2 192.168.1.123 && cat $FORWARD" \
		>"$T/out" 2>"$T/err"
	grep -F 192.168.1.124/24 "$T/out"
	grep "no default route" "$T/err"
	same "$(wc -l <"$T/err")" 1
	as_before
	# It was no more than a default: --uplink says the way as well.
	run container --uplink uplink timeout 10 wget -q -O - "$WHO"
	check 0
	same "${output//[^0-9.]/}" 203.0.113.1
	as_before
}

@test "full: an uplink that is not there is one line, and nothing is made" {
	refused 1 "--uplink nothing: No such device" --uplink nothing true
	[ ! -e "$ROOT" ]
}

@test "full: an interface that has its name already is left alone" {
	other_interface "veth-$NAME" 10.0.0.1/24
	BEFORE=$(world)
	refused 1 "veth-$NAME exists already" true
	[ ! -e "$ROOT" ]
	run container --no-net true
	check 0
	as_before
}

# --- limits ---------------------------------------------------------------------

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

# --- the end --------------------------------------------------------------------

@test "full: the exit status is COMMAND's; 127 not found; 126 not executable" {
	run container true
	check 0
	same "$output" ""
	run container sh -c 'exit 7'
	check 7
	same "$output" ""
	refused 127 "/none: No such file or directory" /none
	refused 126 "/etc/passwd: Permission denied" /etc/passwd
	# Also for a caller who does not want to know of his children.
	run on_host env --ignore-signal=CHLD "$TOP/full/container" --name "$NAME" \
		--rootfs "$ROOT" sh -c 'exit 7'
	check 7
	# Who is left behind ends with process 1.
	run container sh -c '/bin/sleep 600 >/dev/null 2>&1 & exit 3'
	check 3
	as_before
}

@test "full: when COMMAND is killed from outside the status is 137" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	kill -KILL "$(pid_of "$NAME")"
	ended_by 137 "$LAUNCHER"
	as_before
}

@test "full: SIGHUP, SIGINT and SIGTERM to the launcher end it, and all is undone" {
	local LAUNCHER number
	# Process 1 has no handler: of SIGTERM the kernel does not even tell it.
	for number in 1 2 15; do
		start LAUNCHER "$NAME"
		end_of "$LAUNCHER" "$number"
		as_before
	done
}

@test "full: when nobody reads any more what it says all is undone" {
	local lines
	container true # the rootfs stands
	BEFORE=$(world)
	for lines in 1 15 30 45 60; do
		# shellcheck disable=SC2016 # for the shell on the host
		on_host sh -c '"$@" 2>&1 | head -n '"$lines" sh \
			"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" -v true
		wait_for as_before
	done
}

@test "full: a COMMAND that handles SIGTERM has its chance to" {
	local LAUNCHER
	start LAUNCHER "$NAME" -- sh -c 'trap "echo bye >/said; exit 3" TERM
		touch /ready; while :; do /bin/sleep 0.05; done'
	end_of "$LAUNCHER" 15
	same "$(cat "$ROOT/said")" bye
	as_before
}

@test "full: when the launcher is killed all but an empty cgroup goes by itself" {
	local LAUNCHER pid
	set_forward 1
	BEFORE=$(world)
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	without_groups() { same "$(world | grep -v ^/sys/fs/cgroup/)" "$BEFORE"; }
	wait_for without_groups
	[ -d "$(dir memory "$NAME")" ]

	run container hostname
	check 0
	same "$output" "$NAME"
	as_before
}

@test "full: ip_forward that a killed launcher left on is named, and the next run turns it off" {
	local LAUNCHER pid
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	same "$(forward)" 1
	run container --check
	check 0 "leftovers: an empty cgroup $NAME" "ip_forward"
	same "$(forward)" 1

	# Whatever its name, and although it has no network.
	on_host "$TOP/full/container" --name "$OTHER" --rootfs "$T/$OTHER" --no-net true
	same "$(forward)" 0
	# What somebody else turns on after that stays on.
	set_forward 1
	run container --no-net true
	check 0
	same "$output" ""
	same "$(forward)" 1
	set_forward 0
	wait_for as_before
}

@test "full: ip_forward that a killed launcher left on stays on while another needs it" {
	local LAUNCHER SECOND pid
	start LAUNCHER "$NAME"
	start SECOND "$OTHER"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	run container --no-net true
	check 0
	same "$(forward)" 1
	end_of "$SECOND" 15
	same "$(forward)" 0
	wait_for as_before
}

# --- names ----------------------------------------------------------------------

@test "full: a name that runs is refused, with its pid, and the first one goes on" {
	local LAUNCHER pid before
	lab_web_server
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	before=$(world)
	run container true
	check 1 "$NAME runs already, as process $pid"
	one_line
	run container --no-net true
	check 1 "$NAME runs already, as process $pid"
	one_line
	same "$(world)" "$before"
	same "$(cat "$(dir memory "$NAME")/cgroup.procs")" "$pid"
	has_limits "200000 100000 536870912 1024"
	arrives_as 203.0.113.1 "$pid"
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: a cgroup of that name is cleared if it is empty, else refused" {
	local PID
	mkdir "$(dir pids "$NAME")"
	run container true
	check 0
	same "$output" ""
	as_before

	sleeper PID
	mkdir "$(dir memory "$NAME")"
	echo "$PID" >"$(dir memory "$NAME")/cgroup.procs"
	BEFORE=$(world)
	refused 1 "$NAME runs already, as process $PID" true
	same "$(cat "$(dir memory "$NAME")/cgroup.procs")" "$PID"
}

# gone N PID...: N of these children of this shell have ended.
gone() {
	local count=0 pid
	for pid in "${@:2}"; do
		kill -0 "$pid" 2>/dev/null || count=$((count + 1))
	done
	[ "$count" -eq "$1" ]
}

@test "full: of five that start at once by one name, one runs" {
	local number pid pids ran
	container true
	for _ in 1 2 3; do
		pids=()
		for number in 1 2 3 4 5; do
			container sh -c 'echo I run; until [ -e /go ]; do sleep 0.1; done' \
				>"$T/out.$number" 2>&1 3>&- &
			pids+=($!)
		done
		# The one that runs stays until it is told to end.
		wait_for gone 4 "${pids[@]}"
		touch "$ROOT/go"
		ran=0
		for pid in "${pids[@]}"; do
			! wait "$pid" || ran=$((ran + 1))
		done
		rm "$ROOT/go"
		# Each says one line, the one that runs too.
		tail -n +1 "$T"/out.*
		same "$ran" 1
		same "$(cat "$T"/out.* | grep -c 'I run')" 1
		same "$(cat "$T"/out.* | wc -l)" 5
		as_before
	done
}

@test "full: five of different names can start at once" {
	local number pid pids=()
	for number in 1 2 3 4 5; do
		NAMES+=("$NAME$number")
		on_host "$TOP/full/container" --name "$NAME$number" --rootfs "$T/$number" \
			sh -c 'ip -o -4 addr | grep veth; until [ -e /go ]; do sleep 0.1; done' \
			>"$T/out.$number" 2>"$T/err.$number" 3>&- &
		pids+=($!)
	done
	for number in 1 2 3 4 5; do
		wait_for [ -s "$T/out.$number" ]
	done
	touch "$T"/{1,2,3,4,5}/go
	for pid in "${pids[@]}"; do
		wait "$pid"
	done
	same "$(cat "$T"/out.* | grep -o 'inet [^ ]*' | sort)" \
		"$(printf 'inet 192.168.%s.124/24\n' 1 2 3 4 5)"
	as_before
}

@test "full: by default it is the article's my_container, in ~/container" {
	local LAUNCHER
	run ls -d /sys/fs/cgroup/my_container /sys/fs/cgroup/*/my_container
	[[ $output != */my_container$'\n'* && $output != *"/my_container" ]] ||
		[ "$(grep -vc 'cannot access' <<<"$output")" -eq 0 ] ||
		skip "a container of that name is there"
	NAMES+=(my_container)
	background_on "$HOST_PID" LAUNCHER "$TOP/full/container" -- \
		sh -c 'hostname >/ready; exec sleep 600'
	wait_for [ -s "$HOME/container/ready" ]
	same "$(cat "$HOME/container/ready")" my_container
	same "$(cat "$(dir memory my_container)/cgroup.procs")" "$(pid_of my_container)"
	run on_host ip -o -4 addr show veth-host
	check 0 192.168.1.123/24
	if command -v nft >/dev/null; then
		run on_host nft list table ip container-my_container
		check 0 masquerade
	fi
	end_of "$LAUNCHER" 15
	as_before
}

# --- the rootfs -----------------------------------------------------------------

@test "full: the rootfs is made whole, and what stands is used as it is" {
	local made
	made_now() {
		find "$ROOT" ! -path "$ROOT/etc" ! -path "$ROOT/etc/resolv.conf" \
			-printf '%p %l %i %T@ %C@ %U %G %m\n' | sort
	}
	container true
	same "$(find "$ROOT" -mindepth 1 -maxdepth 1 | sed 's|.*/||' | sort | paste -s -d ' ')" \
		"bin dev etc proc root sys tmp"
	same "$(find "$ROOT/bin" -type l -printf '%f %l\n' | sort)" \
		"$("$BUSYBOX" --list | grep -vx busybox | sed 's/$/ busybox/' | sort)"
	cmp "$BUSYBOX" "$ROOT/bin/busybox"
	same "$(cat "$ROOT/etc/profile")" "export PATH=/bin"
	same "$(cat "$ROOT/etc/passwd")" "root:x:0:0:root:/root:/bin/sh"
	same "$(cat "$ROOT/etc/group")" "root:x:0:"

	container sh -c 'echo mine >/root/file; rm /bin/wget; echo x >>/etc/group'
	made=$(made_now)
	run container cat /root/file
	check 0
	same "$output" mine
	same "$(made_now)" "$made"
	as_before
}

@test "full: a rootfs of somebody else is refused, with the command that mends it" {
	mkdir "$ROOT"
	refused 1 "sudo chown -R $(first_id /etc/subuid):$(first_id /etc/subgid) $ROOT" true
	same "$(stat -c %u:%g "$ROOT")" 0:0
	chown 4321:4321 "$ROOT"
	export SUDO_UID=1234 SUDO_GID=1235
	refused 1 "$ROOT belongs to user 4321, not 1234" true
	same "$(stat -c %u:%g "$ROOT")" 4321:4321
	same "$(ls -A "$ROOT")" ""
	sh -ec "${output##*: sudo }"
	run container cat /proc/self/uid_map
	check 0 1234
	as_before
}

@test "full: a rootfs with the article's mounts left over is refused, with the command" {
	container true
	on_host "$TOP/03-mounts/mounts" "$ROOT"
	BEFORE=$(world)
	refused 1 "03-mounts/mounts --umount $ROOT" true
	on_host sh -ec "cd '$TOP'; ${output##*: }"
	run container cat /proc/mounts
	check 0 "none /proc proc"
	lacks "/dev/shm devtmpfs" /dev/kmsg
	run on_host grep -c "$ROOT" /proc/self/mountinfo
	same "$output" 0
}

@test "full: a link in the rootfs to a folder of the host is not followed" {
	local name
	host_dir
	for name in bin etc; do
		rm -rf "$ROOT"
		mkdir "$ROOT"
		ln -s "$T/host" "$ROOT/$name"
		chown -hR 4321:4321 "$ROOT"
		run container true
		check 1 "$name"
		one_line
		same "$(host_dir_now)" "$THEIR_DIR"
		as_before
	done
	rm -rf "$ROOT"
	container true
	for name in dev proc sys tmp; do
		rmdir "$ROOT/$name"
		ln -s "$T/host" "$ROOT/$name"
		refused 1 "$name is a link or a file" true
		ln -sfn ../host "$ROOT/$name"
		refused 1 "$name is a link or a file" true
		rm "$ROOT/$name"
		mkdir "$ROOT/$name"
		same "$(host_dir_now)" "$THEIR_DIR"
	done
	run container true
	check 0
}

@test "full: without a busybox no rootfs is begun" {
	refused 1 "/nonexistent: " --busybox /nonexistent true
	[ ! -e "$ROOT" ]
	echo text >"$T/text"
	chmod 755 "$T/text"
	refused 1 "$T/text: " --busybox "$T/text" true
	[ ! -e "$ROOT" ]
	# Who has a rootfs needs none.
	container true
	run container --busybox /nonexistent true
	check 0
}

@test "full: a rootfs that could not be made whole stays, and the next run makes the rest" {
	run on_host sh -c 'trap "" XFSZ; ulimit -f 100; exec "$@"' sh "$TOP/full/container" \
		--name "$NAME" --rootfs "$ROOT" --no-net true
	check 1 "container: write busybox: File too large"
	one_line
	same "$(ls -A "$ROOT/bin")" ""
	run container --no-net true
	check 0
	same "$output" ""
	as_before
}

@test "full: a relative --busybox is the caller's" {
	cp "$BUSYBOX" "$T/mine"
	run on_host sh -c 'cd "$0" && exec "$@"' "$T" "$TOP/full/container" -v --name "$NAME" \
		--rootfs "$ROOT" --no-net --busybox ./mine true
	check 0 "# cp $T/mine busybox"
	as_before
}

# --- the command line -----------------------------------------------------------

@test "full: bad input is one line, and nothing is made" {
	local value
	for value in '' a/b elevenchars 'a b' . .. a.b %s --; do
		run container --name "$value" true
		check 2 "container: --name $value: not 1 to 10"
		one_line
	done
	for value in '' 'a b' a/b "$(printf '%065d' 0)"; do
		run container --hostname "$value" true
		check 2 "container: --hostname $value: not 1 to 64"
		one_line
	done
	for value in 0 -1 x 1e3 nan 9999 ''; do
		run container --cpus "$value" true
		check 2 "container: --cpus $value: not a number"
		one_line
	done
	for value in 1 0 12X -5 1.5G ''; do
		run container --memory "$value" true
		check 2 "container: --memory $value: not a size"
		one_line
	done
	for value in 0 x -1 4194305 ''; do
		run container --pids "$value" true
		check 2 "container: --pids $value: not a number"
		one_line
	done
	for value in '' a/b sixteen-letters-; do
		run container --uplink "$value" true
		check 2 "container: --uplink $value: not an interface name"
		one_line
	done
	for value in '' 10.0.0.5 10.0.0.5/ 10.0.0.5/33 10.0.0.5/32 10.0.0.5/0 x/24 10.0.0.256/24 ::1/64; do
		run container --host-address "$value" --address 10.0.0.2/24 true
		check 2 "container: --host-address $value: "
		one_line
		run container --host-address 10.0.0.1/24 --address "$value" true
		check 2 "container: --address $value: "
		one_line
	done
	refused 2 "not in one network" --host-address 10.0.0.1/24 --address 10.0.1.2/24 true
	refused 2 "both ends" --host-address 10.0.0.1/24 --address 10.0.0.1/24 true
	refused 2 "go together" --host-address 10.0.0.1/24 true
	refused 2 "go together" --address 10.0.0.1/24 true
	refused 2 "bad" --bad
	refused 2 "pids" --pids
	[ ! -e "$ROOT" ]
}

@test "full: bad input is seen with the default name, too" {
	NAMES+=(my_container)
	BEFORE=$(world)
	run on_host "$TOP/full/container" --rootfs "$ROOT" --no-net --hostname 'a b' true
	check 2 "container: --hostname a b: not 1 to 64"
	one_line
	run on_host "$TOP/full/container" --rootfs "$ROOT" --uplink a/b true
	check 2 "container: --uplink a/b: not an interface name"
	one_line
	run on_host env -u HOME "$TOP/full/container" true
	check 2 "HOME"
	one_line
	[ ! -e "$ROOT" ]
	as_before
}

@test "full: --help goes to stdout" {
	"$TOP/full/container" --help >"$T/out" 2>"$T/err"
	grep -F -- "--rootfs DIR" "$T/out"
	[ ! -s "$T/err" ]
}

@test "full: who is not root is told to use sudo" {
	run on_host setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" true
	check 1 sudo
	one_line
	[ ! -e "$ROOT" ]
	as_before
}

@test "full: -v says the article's commands, without it there is no word" {
	local id quota
	id=$(first_id /etc/subuid)
	quota="/cpu.cfs_quota_us"
	! is_v2 || quota="echo '200000 100000' > /sys/fs/cgroup/$NAME/cpu.max"
	run container -v true
	check 0 "+ mkdir -m 755 $ROOT" "# mkdir -p proc sys" "# cp $BUSYBOX" "ln -s busybox" \
		"+ mkdir /sys/fs/cgroup/" "$quota" 536870912 "unshare -m" \
		"+ echo '0 $id 1' > /proc/\$PID/uid_map" "/gid_map" \
		"+ ip link add veth-$NAME type veth" "+ ip link set veth-$NAME up" \
		"+ ip addr add 192.168.1.123/24 dev veth-$NAME" \
		"ip link set lo up" "ip addr add 192.168.1.124/24 dev veth-container" \
		"ip route add default via 192.168.1.123" \
		'oifname "uplink" masquerade' "+ echo 1 > $FORWARD" "# hostname $NAME" \
		"# mount -t proc" "# mount -t sysfs" "# mount -t tmpfs" "# pivot_root" \
		"# exec true" "+ echo 0 > $FORWARD" "+ ip link del veth-$NAME" \
		"+ rmdir /sys/fs/cgroup/"
	same "$(grep -v '^[+#] ' <<<"$output")" ""
	rm -rf "$ROOT"
	run container true
	check 0
	same "$output" ""
	as_before
}

# line_of WORDS: the number of the line of the last "run" that begins with them.
line_of() { awk -v words="$1" 'index($0, words) == 1 { print NR; exit }' <<<"$output"; }

@test "full: -v says an order in which the real tools can do it" {
	run container -v true
	check 0 "# exec env -i PATH=/bin:/sbin:/usr/bin:/usr/sbin HOME=/root TERM=dumb sh -e"
	# A shell in there could not walk a path through a closed home.
	[ "$(line_of "+ cd $ROOT")" -lt "$(line_of "+ setpriv --clear-groups unshare")" ]
	# mount(8) refuses to work for a user who is not root.
	[ "$(line_of "# exec setpriv --reuid 0")" -gt "$(line_of "+ echo '0 ")" ]
	[ "$(line_of "# mount --bind . /tmp")" -gt "$(line_of "# exec setpriv --reuid 0")" ]
	# Debian's hostname(1) takes no "_"; busybox's, behind pivot_root, does.
	[ "$(line_of "# hostname $NAME")" -gt "$(line_of "# pivot_root . .")" ]
}

# --- the terminal ---------------------------------------------------------------

@test "full: with no COMMAND it is a shell, on a terminal of the container's own" {
	terminal "$(line)"
	shows '/ # '
	types 'ps\n'
	shows '1 root     /bin/sh'
	types 'tty; stty size\n'
	shows /dev/pts/0
	shows '33 77'
	types 'echo x-$((40+2)) > /dev/stdout\n'
	shows x-42
	types 'echo y-$((40+2)) > /dev/tty; exit 5\n'
	shows y-42
	finished 5
	as_before
}

@test "full: Ctrl-C, Ctrl-Z and Ctrl-D belong to what runs inside" {
	terminal "$(line)"
	shows '/ # '
	types '/bin/sleep 100\n'
	wait_for runs sleep
	types '\003'
	wait_for runs_no sleep
	types 'echo status-$?\n'
	shows status-130
	types '/bin/sleep 101\n'
	wait_for runs sleep
	types '\032'
	shows Stopped
	types 'echo still-$((1+1))\n'
	shows still-2
	runs sleep
	types 'fg\n'
	# Before, Ctrl-C would be meant for the shell, which forgets what was typed.
	wait_for goes_on sleep
	types '\003'
	wait_for runs_no sleep
	types 'echo again-$((1+1))\n'
	shows again-2
	types '\004'
	finished 0
	as_before
}

@test "full: the terminal inside has the size of the host's, also when that changes" {
	terminal "$(line)"
	shows '/ # '
	settings rows 40 cols 100
	types 'while [ "$(stty size)" != "40 100" ]; do sleep 0.1; done; echo is-$((1+1))\n'
	shows is-2
	types 'exit\n'
	wait_for [ -s "$T/after" ]
	same "$(cat "$T/status")" 0
	same "$(cat "$T/after")" "$(cat "$T/before")"
}

@test "full: the host's terminal is as before when the launcher is told to end" {
	local pid
	terminal "$(line)"
	shows '/ # '
	# Meanwhile it is not.
	[ "$(settings -g)" != "$(cat "$T/before")" ]
	pid=$(pid_of "$NAME")
	kill -TERM "$(field PPid "$pid")"
	finished 143
	as_before
}

@test "full: when the host's terminal goes the container ends" {
	local pid
	terminal "$(line "${STAY[@]}")"
	wait_for [ -e "$ROOT/ready" ]
	pid=$(pid_of "$NAME")
	kill -KILL "$TERMINAL"
	wait_for is_gone "$pid"
	wait_for as_before
}

@test "full: all that is printed arrives, however much" {
	terminal "$(line seq 20000)"
	finished 0
	same "$(tr -d '\r' <"$T/screen" | grep -a '^[0-9]')" "$(seq 20000)"
}

@test "full: when only stdin or only stdout is a terminal the other is left as it is" {
	echo 'tty; echo a-$((40+2)); [ -t 1 ] && echo out-$((40+2))' >"$T/in"
	terminal "$(line sh) <in; $(line tty) | cat >out"
	finished 0
	shows "not a tty"
	shows a-42
	shows out-42
	same "$(cat "$T/out")" /dev/pts/0
	as_before
}
