#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153 # NAME and others: container.bash has them
#
# The whole container: its network, and its names of servers.
load lab
load container

# --- names of servers ---------------------------------------------------------

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

	# As NetworkManager has it if it starts a dnsmasq.
	on_host rm /run/systemd/resolve/resolv.conf
	on_host mkdir /run/NetworkManager
	on_host sh -c 'echo nameserver 198.51.100.4 >/run/NetworkManager/no-stub-resolv.conf'
	run container cat /etc/resolv.conf
	check 0
	same "$output" "nameserver 198.51.100.4"

	on_host rm /run/NetworkManager/no-stub-resolv.conf
	# None at all: one line says so, where there is a network at all.
	run container grep -c nameserver /etc/resolv.conf
	check 1 "names will not work"
	same "${lines[*]:1}" 0
	rm "$T/etc/resolv.conf"
	run container grep -c nameserver /etc/resolv.conf
	check 1 "names will not work"
	run container --no-net grep -c nameserver /etc/resolv.conf
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

@test "full: /etc/resolv.conf says how the host looks for names, too" {
	host_etc
	printf '%s\n' '# ours' 'search corp.example example.com' "options ndots:2 it's" \
		$'nameserver\t198.51.100.1 # mine' 'sortlist 10.0.0.0' >"$T/etc/resolv.conf"
	run container cat /etc/resolv.conf
	check 0
	same "$output" "search corp.example example.com
options ndots:2 it's
nameserver	198.51.100.1 # mine"
	printf '%s\n' $'search\tcorp.example' $'options\tndots:2' 'domain example.com' 'domains none' \
		'nameserver 198.51.100.1' >"$T/etc/resolv.conf"
	run container cat /etc/resolv.conf
	check 0
	same "$output" $'search\tcorp.example\noptions\tndots:2\ndomain example.com\nnameserver 198.51.100.1'
	# However long a line is.
	printf '%s\n' "search $(printf 'department-%d.corp.example ' {1..99})" 'nameserver 198.51.100.1' \
		>"$T/etc/resolv.conf"
	run container cat /etc/resolv.conf
	check 0
	same "$output" "$(cat "$T/etc/resolv.conf")"
	# The file with the servers behind systemd-resolved has that as well.
	printf '%s\n' 'nameserver 127.0.0.53' 'search stub' >"$T/etc/resolv.conf"
	on_host mkdir -p /run/systemd/resolve
	on_host sh -c 'printf "%s\n" "nameserver 198.51.100.3" "search real" >/run/systemd/resolve/resolv.conf'
	run container cat /etc/resolv.conf
	check 0
	same "$output" $'nameserver 198.51.100.3\nsearch real'
}

@test "full: it knows localhost and its own name" {
	run container --hostname a.b sh -c 'cat /etc/hosts; for name in localhost "$(hostname)"; do
		ping -c 1 -W 2 "$name" | grep -o "from 127[0-9.]*"; done'
	check 0
	same "$output" $'127.0.0.1 localhost\n127.0.1.1 a.b\nfrom 127.0.0.1\nfrom 127.0.1.1'
	# The name is another one now, and the file was a link.
	host_dir
	ln -sf "$T/host/group" "$ROOT/etc/hosts"
	run container --no-net cat /etc/hosts
	check 0
	same "$output" $'127.0.0.1 localhost\n127.0.1.1 '"$NAME"
	same "$(host_dir_now)" "$THEIR_DIR"
}

# --- network ------------------------------------------------------------------

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

@test "full: a home network that is 192.168.1.0/24 is left alone" {
	on_host ip addr flush dev uplink
	on_host ip addr add 192.168.1.7/24 dev uplink
	on_host ip addr add 203.0.113.1/24 dev uplink
	on_host ip route add default via 203.0.113.2
	lab_web_server
	BEFORE=$(world)
	run container timeout 10 wget -q -O - "$WHO"
	check 0 "192.168.1.0/24 is in use on uplink: taking 192.168.2.0/24"
	same "$(tail -n 1 <<<"$output" | tr -dc 0-9.)" 203.0.113.1
	as_before
}

@test "full: a network where the host has a name server, or a connection, is not taken" {
	lab_web_server
	on_internet ip addr add 192.168.1.1/32 dev lo
	on_internet ip addr add 192.168.2.50/32 dev lo
	echo 'nameserver 192.168.1.1' >"$T/resolv.conf"
	run container true
	check 0
	same "$output" \
		"container: 192.168.1.0/24 is in use by 192.168.1.1, to which this host talks: taking 192.168.2.0/24"
	background_on "$HOST_PID" CLIENT bash -c 'exec 5<>/dev/tcp/192.168.2.50/80; exec sleep 600'
	wait_for is_named "$CLIENT" sleep
	run container sh -c "ip -o -4 addr; timeout 10 wget -q -O - $WHO"
	check 0 "taking 192.168.3.0/24" 192.168.3.124/24 203.0.113.1
	# The host still reaches both.
	on_host "$BUSYBOX" ping -c 1 -W 2 192.168.1.1
	refused 1 "--host-address 192.168.2.1/25: that network is in use by 192.168.2.50" \
		--host-address 192.168.2.1/25 --address 192.168.2.2/25 true
}

@test "full: a neighbour that begins connections under false addresses cannot keep networks from it" {
	need nft
	background_on "$HOST_PID" SERVER "$BUSYBOX" httpd -f -p 0.0.0.0:8000 -h "$T"
	on_internet ip addr add 192.168.1.9/32 dev lo
	on_internet ip route add 203.0.113.1/32 dev eth0 src 192.168.1.9
	# As if it were not that host: the answer is lost.
	on_internet nft 'add table ip lose; add chain ip lose in { type filter hook input priority 0; }
		add rule ip lose in ip daddr 192.168.1.9 drop'
	background_on "$INTERNET_PID" CLIENT bash -c 'exec 5<>/dev/tcp/203.0.113.1/8000'
	wait_for on_host grep -q ':1F40 [0-9A-F:]* 03 ' /proc/net/tcp
	run container true
	check 0
	same "$output" ""
}

# Any user can have connections in every network, and the kernel takes its time for each reading.
@test "full: however many networks are in use, it reads once what the host talks to" {
	need strace
	background_on "$HOST_PID" CLIENT bash -c 'exec 5<>/dev/udp/192.168.1.9/9 6<>/dev/udp/192.168.2.9/9
		exec sleep 600'
	wait_for is_named "$CLIENT" sleep
	run on_host strace -f -o "$T/calls" -e trace=?open,openat "$PROGRAM" --name "$NAME" \
		--rootfs "$ROOT" true
	check 0 "taking 192.168.3.0/24"
	same "$(grep -o '/proc/net/[tu][cd]p6*' "$T/calls" | sort)" \
		$'/proc/net/tcp\n/proc/net/tcp6\n/proc/net/udp'
}

@test "full: where every 192.168.N.0/24 is in use it takes one of 172.16.0.0/12" {
	lab_web_server
	on_host ip route add 192.168.0.0/16 via 203.0.113.2
	BEFORE=$(world)
	run container sh -c "ip -o -4 addr; timeout 10 wget -q -O - $WHO"
	check 0 "192.168.1.0/24 is in use on uplink: taking 172.16.0.0/24" 172.16.0.124/24 203.0.113.1
	as_before
	# A route that refuses is there on purpose. So is none that is left.
	on_host ip route add unreachable 172.16.0.0/12
	BEFORE=$(world)
	refused 1 "every 192.168.N.0/24 is in use, and 172.16.0.0/12" true
	# shellcheck disable=SC2046 # the options, as they are printed
	run container $(grep -o -- '--host.*' <<<"$output") timeout 10 wget -q -O - "$WHO"
	check 0
	same "${output//[^0-9.]/}" 203.0.113.1
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
	refused 1 "--host-address 10.1.2.1/24: that network is in use on wide" \
		--host-address 10.1.2.1/24 --address 10.1.2.2/24 true
	refused 1 "--host-address 203.0.113.5/28: that network is in use on uplink" \
		--host-address 203.0.113.5/28 --address 203.0.113.6/28 true
	# Half of all addresses: the host could reach none of them any more.
	refused 2 "--host-address 128.0.0.1/1: a network shorter than /8 is too large" \
		--host-address 128.0.0.1/1 --address 128.0.0.2/1 true
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
	same "$(forwarding uplink)" 2
	arrives_as 203.0.113.1 "$second"
	start FIRST "$NAME"
	end_of "$SECOND" 15
	same "$(forwarding uplink)" 2
	arrives_as 203.0.113.1 "$(pid_of "$NAME")"
	end_of "$FIRST" 15
	same "$(forwarding uplink)" 0
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

@test "full: a name that does not exist does not make the kernel look for a module" {
	# An ioctl for a name would: it starts modprobe.
	need strace
	run on_host strace -f -qq -e trace=ioctl "$TOP/full/container" --name "$NAME" \
		--rootfs "$ROOT" --uplink nothing true
	check 1 "--uplink nothing: No such device"
	lacks SIOCGIFINDEX
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

# --- forwarding -----------------------------------------------------------------

@test "full: packets are passed on as long as it runs, and ip_forward stays as it was" {
	local LAUNCHER
	other_interface other 10.9.9.1/24
	BEFORE=$(world)
	start LAUNCHER "$NAME"
	same "$(forwarding uplink) $(forwarding other) $(forwarding default) $(forwarding "veth-$NAME")" \
		"2 2 2 2"
	same "$(forward)" 0
	end_of "$LAUNCHER" 15
	as_before
	# Where it is on, nothing is changed.
	set_forward 1
	BEFORE=$(world)
	start LAUNCHER "$NAME"
	same "$(forwarding uplink) $(forwarding "veth-$NAME")" "1 1"
	end_of "$LAUNCHER" 15
	as_before
}

# What is set for the network, less what is new each time.
settings() {
	on_host sh -c 'cd /proc/sys/net && find ipv4 ipv6 -type f ! -name tcp_fastopen_key \
		! -name stable_secret -exec grep -H . {} + 2>/dev/null' | sort
}

@test "full: every setting of the network is as it was at its end" {
	local LAUNCHER before
	# Some that writing ip_forward would change.
	on_host sh -c 'cd /proc/sys/net/ipv4/conf; echo 0 >all/accept_redirects; echo 1 >uplink/forwarding'
	BEFORE=$(world)
	before=$(settings)
	[ "$(wc -l <<<"$before")" -gt 100 ]
	start LAUNCHER "$NAME"
	end_of "$LAUNCHER" 15
	as_before
	same "$(settings)" "$before"
}

@test "full: an ip_forward that is turned on while it runs stays on" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	set_forward 1
	end_of "$LAUNCHER" 15
	same "$(forward) $(forwarding uplink)" "1 1"
	set_forward 0
	as_before
}

@test "full: what a killed launcher left on, the next run with a network turns off" {
	local LAUNCHER pid
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	same "$(forwarding uplink)" 2
	# Whatever its name; and it has to have one.
	on_host "$TOP/full/container" --name "$OTHER" --rootfs "$T/$OTHER" --no-net true
	same "$(forwarding uplink)" 2
	on_host "$TOP/full/container" --name "$OTHER" --rootfs "$T/$OTHER" true
	same "$(forwarding uplink)" 0
	run container --no-net true
	check 0
	wait_for as_before
}

@test "full: a table of step 7 is not taken for a container that runs" {
	need nft
	on_host nft add table ip container-nat
	BEFORE=$(world)
	container true
	same "$(forwarding uplink)" 0
	as_before
}

@test "full: what a killed launcher left on stays on while another needs it" {
	local LAUNCHER SECOND pid
	start LAUNCHER "$NAME"
	start SECOND "$OTHER"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	run container true
	check 0
	same "$(forwarding uplink)" 2
	end_of "$SECOND" 15
	same "$(forwarding uplink)" 0
	wait_for as_before
}

@test "full: one that waits for the lock on the network ends when it is told to" {
	need pgrep
	local LOCKER LAUNCHER number
	container true # the rootfs stands
	BEFORE=$(world)
	background_on "$HOST_PID" LOCKER flock /proc/sys/net/ipv4/tcp_fastopen_key sleep 600
	wait_for pgrep -P "$LOCKER" sleep
	LAB_PIDS+=("$(pgrep -P "$LOCKER" sleep)")
	for number in 10 15; do
		background_on "$HOST_PID" LAUNCHER "$PROGRAM" --name "$NAME" --rootfs "$ROOT" true
		wait_for pid_of "$NAME"
		sleep 0.2
		[ -e "/proc/$LAUNCHER" ]
		end_of "$LAUNCHER" "$number"
		as_before
	done
}

@test "full: without the lock it does not go on" {
	need strace
	run on_host strace -f -qq -e trace=flock -e inject=flock:error=ENOLCK "$PROGRAM" \
		--name "$NAME" --rootfs "$ROOT" true
	check 1 "container: lock /proc/sys/net/ipv4/tcp_fastopen_key: No locks available"
	as_before
}
