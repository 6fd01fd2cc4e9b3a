#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153,SC2034 # NAME and others, BEFORE: container.bash has them
#
# The whole container: which packets pass between it and others, and by which way.
load lab
load container

# pings PID ADDRESS [OPTION...]: an answer comes from ADDRESS to where PID is.
pings() {
	local pid=$1 address=$2
	shift 2
	nsenter -t "$pid" -n "$BUSYBOX" ping -c 1 -W 1 "$@" "$address"
}
pings_not() { ! pings "$@"; }

# watch NAME MATCH: have the internet count the packets that MATCH; "counted NAME" is
# how many.
watch() {
	on_internet nft "add table ip watch
		add chain ip watch $1 { type filter hook prerouting priority -300; }
		add rule ip watch $1 $2 counter"
}
counted() { on_internet nft list chain ip watch "$1" | sed -n 's/.*packets \([0-9]*\).*/\1/p'; }

# A neighbour who knows the way to the containers: the internet's end of the uplink.
neighbour_knows() { on_internet ip route add 192.168.0.0/16 via 203.0.113.1; }

# lab_vpn: a second way to the internet: tun0, 10.8.0.2. Beyond it takes no other address.
lab_vpn() {
	on_host ip -batch - <<-END
		link add tun0 type veth peer name tun1 netns $INTERNET_PID
		addr add 10.8.0.2/24 dev tun0
		link set tun0 up
	END
	on_internet ip -batch - <<-END
		addr add 10.8.0.1/24 dev tun1
		addr add 198.51.100.7/32 dev lo
		link set tun1 up
	END
	FAR=http://198.51.100.7/cgi-bin/who
	BEFORE=$(world)
}

# seen_as ADDRESS [PID]: at $FAR a request from there is seen to come from ADDRESS.
seen_as() {
	WHO=$FAR arrives_as "$1" "${2:-$(pid_of "$NAME")}"
}

# --- who reaches whom -----------------------------------------------------------

@test "full: a container does not reach another one, but the host, which reaches both" {
	local FIRST SECOND first second
	start FIRST "$NAME"
	start SECOND "$OTHER"
	first=$(pid_of "$NAME")
	second=$(pid_of "$OTHER")
	pings "$first" 203.0.113.2
	pings "$second" 203.0.113.2
	pings_not "$first" 192.168.2.124
	pings_not "$second" 192.168.1.124
	pings "$first" 192.168.1.123
	pings "$HOST_PID" 192.168.1.124
	pings "$HOST_PID" 192.168.2.124
	end_of "$FIRST" 15
	end_of "$SECOND" 15
	as_before
}

@test "full: a neighbour of the host reaches no container, and answers it" {
	local LAUNCHER pid
	neighbour_knows
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	pings "$pid" 203.0.113.2
	pings_not "$INTERNET_PID" 192.168.1.124
	pings "$INTERNET_PID" 203.0.113.1
	end_of "$LAUNCHER" 15
}

@test "full: nothing leaves the container with an address that is not its own" {
	need nft
	local LAUNCHER pid
	neighbour_knows
	watch own 'ip saddr 203.0.113.1 icmp type echo-request'
	watch private 'ip saddr 192.168.0.0/16'
	watch forged 'ip saddr 203.0.113.99'
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	nsenter -t "$pid" -n ip addr add 203.0.113.99/32 dev lo
	pings "$pid" 203.0.113.2
	pings_not "$pid" 203.0.113.2 -I 203.0.113.99
	# Not even to the host.
	pings_not "$pid" 192.168.1.123 -I 203.0.113.99
	same "$(counted own) $(counted private) $(counted forged)" "1 0 0"
	end_of "$LAUNCHER" 15
}

@test "full: the host's 127.0.0.1 is out of reach, also where the host routes that address" {
	local WEB from_inside=(sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet
		ip addr del 127.0.0.1/8 dev lo; ip route add 127.0.0.0/8 via 192.168.1.123
		echo | nc -w 1 127.0.0.2 8000 && echo reached')
	on_host sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet'
	background_on "$HOST_PID" WEB "$BUSYBOX" httpd -f -p 127.0.0.2:8000 -h "$T"
	wait_for on_host sh -c 'echo | "$BUSYBOX" nc -w 1 127.0.0.2 8000'
	run container "${from_inside[@]}"
	[ "$status" -ne 0 ]
	lacks reached
}

@test "full: the cable has no IPv6, so that the container cannot become the host's router" {
	need compiler
	local LAUNCHER pid
	[ -d /proc/sys/net/ipv6 ] || skip "this kernel has no IPv6"
	cc -o "$T/advertise" "$BATS_TEST_DIRNAME/advertise.c"
	# A neighbour may do it, which shows that the packet is right.
	wait_for advertises "$INTERNET_PID" eth0
	on_host ip -6 route flush proto ra
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	sleep 2 # as long as IPv6 would take to have an address
	advertises_not "$pid" veth-container
	run on_host ip -6 addr show dev "veth-$NAME"
	check 0
	same "$output" ""
	run nsenter -t "$pid" -n ip -6 addr show dev veth-container
	check 0
	same "$output" ""
	end_of "$LAUNCHER" 15
}

# advertises PID INTERFACE: a router advertisement that is sent there makes the host take
# its sender as its router.
advertises() {
	nsenter -t "$1" -n "$T/advertise" "$2" || return 1
	for _ in 1 2 3 4 5; do
		! on_host ip -6 route show default | grep -q 'proto ra' || return 0
		sleep 0.1
	done
	return 1
}
advertises_not() { ! advertises "$@"; }

# --- any way out ----------------------------------------------------------------

@test "full: by the halves that a VPN puts over the default route" {
	local LAUNCHER
	lab_web_server
	lab_vpn
	on_host ip route add 0.0.0.0/1 via 10.8.0.1
	on_host ip route add 128.0.0.0/1 via 10.8.0.1
	BEFORE=$(world)
	start LAUNCHER "$NAME"
	seen_as 10.8.0.2
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: by a rule that has another table, as wg-quick makes it" {
	local LAUNCHER
	lab_web_server
	lab_vpn
	on_host ip route add default via 10.8.0.1 table 51820
	on_host ip rule add not fwmark 51820 table 51820
	on_host ip rule add table main suppress_prefixlength 0
	start LAUNCHER "$NAME"
	seen_as 10.8.0.2
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: answers that go into a VPN, as with an exit node of Tailscale, until a rule leads them back" {
	lab_web_server
	lab_vpn
	on_host ip route add default via 10.8.0.1 table 52
	on_host ip rule add priority 5270 lookup 52
	BEFORE=$(world)$(on_host ip rule)
	run container true
	check 0 "container: answers to the container go to tun0"
	sed -n '/To let them/,/take that back/s/^  //p' <<<"$output" >"$T/open"
	sed -n '/take that back/,$s/^  //p' <<<"$output" >"$T/close"
	on_host sh -e "$T/open"
	run container timeout 10 wget -q -O - "$FAR"
	check 0
	lacks "container:"
	same "${output//[^0-9.]/}" 10.8.0.2
	on_host sh -e "$T/close"
	same "$(world)$(on_host ip rule)" "$BEFORE"
	# A rule may refuse as well.
	on_host ip rule add priority 5 prohibit
	run container true
	check 0 "answers to the container go to nowhere"
}

@test "full: by two default routes, and by a network of its own beside them" {
	local LAUNCHER n
	lab_web_server
	lab_vpn
	on_host ip route replace default nexthop via 203.0.113.2 nexthop via 10.8.0.1
	on_internet ip addr add 10.50.0.53/32 dev lo
	on_host ip route add 10.50.0.0/16 via 10.8.0.1
	BEFORE=$(world)
	start LAUNCHER "$NAME"
	for n in 1 2 3 4 5 6 7 8; do
		on_internet ip addr add "198.51.100.1$n/32" dev lo
		pings "$(pid_of "$NAME")" "198.51.100.1$n"
	done
	FAR=http://10.50.0.53/cgi-bin/who
	seen_as 10.8.0.2
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: by one that comes while it runs, or that there was none at first" {
	local LAUNCHER
	lab_web_server
	lab_vpn
	start LAUNCHER "$NAME"
	seen_as 203.0.113.1
	on_host ip route replace default via 10.8.0.1
	seen_as 10.8.0.2
	end_of "$LAUNCHER" 15

	on_host ip route del default
	start LAUNCHER "$NAME"
	# It is an interface that was not there at its start.
	on_host ip -batch - <<-END
		link add wlan0 type veth peer name ap0 netns $INTERNET_PID
		addr add 172.20.0.2/24 dev wlan0
		link set wlan0 up
	END
	on_internet ip addr add 172.20.0.1/24 dev ap0
	on_internet ip link set ap0 up
	on_host ip route add default via 172.20.0.1
	seen_as 172.20.0.2
	end_of "$LAUNCHER" 15
}

@test "full: --uplink keeps it to one way out" {
	local LAUNCHER
	lab_web_server
	lab_vpn
	start LAUNCHER "$NAME" --uplink uplink
	seen_as 203.0.113.1
	on_host ip route replace default via 10.8.0.1
	run seen_as 10.8.0.2
	check 1
	run seen_as 203.0.113.1
	check 1
	on_host ip route replace default via 203.0.113.2
	seen_as 203.0.113.1
	end_of "$LAUNCHER" 15
	as_before
	# That is no firewall.
	on_host ip route replace default via 10.8.0.1
	run container --uplink uplink true
	check 0
	same "$output" ""
}
