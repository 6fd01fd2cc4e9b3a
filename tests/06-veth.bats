#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
load lab

setup() {
	lab_setup
	lab_host
	lab_container
}
teardown() { lab_teardown; }

veth() { on_host "$TOP/06-veth/veth" "$@"; }

# sees PID ADDRESS: a packet from where PID is gets to ADDRESS and back.
sees() { on "$1" "$BUSYBOX" ping -c 1 -W 2 "$2"; }

# What there is of networks on the host and in the container.
world() {
	network "$HOST_PID"
	network "$CONTAINER_PID"
}

# refused STATUS WORD ARG...: "veth ARG..." ends with STATUS and one line that has
# WORD in it, and has changed nothing.
refused() {
	local wanted=$1 word=$2 before
	shift 2
	before=$(world)
	run veth "$@"
	check "$wanted" "$word" && one_line && same "$(world)" "$before"
}

# is_up PID NAME: NAME is an interface there, and up.
is_up() { [ -n "$(on "$1" ip -o link show dev "$2" up)" ]; }

# other_interface PID NAME "ADDRESS [peer ADDRESS]": one that is not ours.
other_interface() {
	on "$1" ip link add "$2" type veth
	# shellcheck disable=SC2086 # several words
	on "$1" ip addr add $3 dev "$2"
	on "$1" ip link set "$2" up
}

# addresses PID: "NAME ADDRESS" of each interface there but lo.
addresses() {
	on "$1" ip -o -4 addr |
		sed -n '/ lo /d; s/^[0-9]*: \([^ ]*\) *inet \([^ ]*\) .*/\1 \2/p'
}

@test "06: joins the two namespaces by a pair that carries packets" {
	run veth "$CONTAINER_PID"
	check 0
	same "$output" ""
	sees "$CONTAINER_PID" 192.168.1.123
	sees "$HOST_PID" 192.168.1.124
}

@test "06: each end has its name and address and is up, in its namespace only" {
	veth "$CONTAINER_PID"
	same "$(addresses "$HOST_PID")" "veth-host 192.168.1.123/24"
	same "$(addresses "$CONTAINER_PID")" "veth-container 192.168.1.124/24"
	is_up "$HOST_PID" veth-host
	is_up "$CONTAINER_PID" veth-container
	same "$(on_host ip -o link | cut -d ' ' -f 2 | cut -d @ -f 1)" \
		$'lo:\nveth-host'
	same "$(on_container ip -o link | cut -d ' ' -f 2 | cut -d @ -f 1)" \
		$'lo:\nveth-container'
}

# has_flags PID INTERFACE: it is up, plugged in, and all else a veth is from birth.
has_flags() { on "$1" ip link show "$2" | grep -F '<BROADCAST,MULTICAST,UP,LOWER_UP>'; }

@test "06: an interface that is set up keeps its other flags" {
	veth "$CONTAINER_PID"
	# That the cable is plugged in at both ends gets about a little later.
	wait_for has_flags "$HOST_PID" veth-host
	wait_for has_flags "$CONTAINER_PID" veth-container
}

@test "06: lo is up in the container" {
	run sees "$CONTAINER_PID" 127.0.0.1
	[ "$status" -ne 0 ]
	veth "$CONTAINER_PID"
	is_up "$CONTAINER_PID" lo
	sees "$CONTAINER_PID" 127.0.0.1
}

@test "06: the container's default route goes by way of the host" {
	veth "$CONTAINER_PID"
	run on_container ip route show default
	check 0 "default via 192.168.1.123 dev veth-container"
	one_line
	on_host ip addr add 10.99.0.1/32 dev lo
	sees "$CONTAINER_PID" 10.99.0.1
	same "$(on_host ip route show default)" ""
}

@test "06: names and addresses can be chosen" {
	veth --host-name fifteen-letters --host-address 10.1.2.1/30 \
		--name eth0 --address=10.1.2.2/30 "$CONTAINER_PID"
	same "$(addresses "$HOST_PID")" "fifteen-letters 10.1.2.1/30"
	same "$(addresses "$CONTAINER_PID")" "eth0 10.1.2.2/30"
	sees "$CONTAINER_PID" 10.1.2.1
}

@test "06: a network of 31 bits has room for the two, and one of 1 bit" {
	veth --host-address 10.0.0.0/31 --address 10.0.0.1/31 "$CONTAINER_PID"
	sees "$CONTAINER_PID" 10.0.0.0
	sees "$HOST_PID" 10.0.0.1
	veth --remove
	veth --host-address 128.0.0.1/1 --address 128.0.0.2/1 "$CONTAINER_PID"
	sees "$CONTAINER_PID" 128.0.0.1
}

@test "06: two pairs stand side by side, and go one by one" {
	local SECOND_PID
	lab_neighbour SECOND_PID
	veth "$CONTAINER_PID"
	veth --host-name veth-2 --host-address 192.168.2.1/24 \
		--address 192.168.2.2/24 "$SECOND_PID"
	sees "$CONTAINER_PID" 192.168.1.123
	sees "$SECOND_PID" 192.168.2.1
	same "$(addresses "$HOST_PID")" \
		$'veth-host 192.168.1.123/24\nveth-2 192.168.2.1/24'

	veth --remove
	same "$(addresses "$HOST_PID")" "veth-2 192.168.2.1/24"
	sees "$SECOND_PID" 192.168.2.1
}

@test "06: --remove takes both ends away, and then says there is nothing" {
	local pid
	refused 1 "there is no interface veth-host" --remove
	veth "$CONTAINER_PID"
	run veth --remove
	check 0
	same "$output" ""
	for pid in "$HOST_PID" "$CONTAINER_PID"; do
		same "$(on "$pid" ip -o link | cut -d ' ' -f 2)" lo:
		same "$(on "$pid" ip route)" ""
	done
	refused 1 "there is no interface veth-host" --remove
	veth "$CONTAINER_PID"
	sees "$CONTAINER_PID" 192.168.1.123
}

@test "06: --remove leaves an interface alone that is no veth" {
	on_host ip link add br0 type bridge
	refused 1 "br0 is not an end of a veth pair" --host-name br0 --remove
	refused 1 "lo is not an end of a veth pair" --host-name lo --remove
	# One that has a master is a veth all the same.
	veth "$CONTAINER_PID"
	on_host ip link set veth-host master br0
	veth --remove
	refused 1 "there is no interface veth-host" --remove
}

@test "06: the kernel's sentence is found at the end of a list, too" {
	need compiler
	cat >"$T/done.c" <<-'END'
		#include "netlink.h"

		int main(void)
		{
			static struct netlink nl;
			int error = -EINVAL;

			nl_begin(&nl, NLMSG_DONE, 0, &error, sizeof error);
			nl.message->nlmsg_flags = NLM_F_MULTI | NLM_F_ACK_TLVS;
			nl_put_string(&nl, NLMSGERR_ATTR_MSG, "why");
			return nl_result(&nl, nl.message) != error || puts(nl.error) < 0;
		}
	END
	cc -D_GNU_SOURCE -I "$TOP/06-veth" -o "$T/done" "$T/done.c"
	same "$("$T/done")" "Invalid argument: why"
}

# unnumbered: the same, whichever end was made first and has the lower number.
unnumbered() { world | sed 's/^[0-9]*: //; s/@if[0-9]*$//'; }

@test "06: -v says commands that do the same" {
	local said made removed
	run veth -v "$CONTAINER_PID"
	check 0 "+ PID=$CONTAINER_PID" "+ ip link add veth-host type veth"
	said=$output
	made=$(unnumbered)
	run veth --remove --verbose
	check 0
	same "$output" "+ ip link del veth-host"
	removed=$(unnumbered)

	lab_host
	lab_container
	sed -e "s/^+ PID=.*/PID=$CONTAINER_PID/" -e 's/^+ //' <<<"$said" |
		on_host sh -e
	same "$(unnumbered)" "$made"
	is_up "$HOST_PID" veth-host
	is_up "$CONTAINER_PID" veth-container
	on_host sh -ec "${output#+ }"
	same "$(unnumbered)" "$removed"
}

@test "06: -v quotes a name that a shell would not take for one word" {
	local said made
	run veth -v --host-name "near;'x" --name "\$far&" "$CONTAINER_PID"
	check 0
	said=$output
	made=$(unnumbered)
	lab_host
	lab_container
	sed -e "s/^+ PID=.*/PID=$CONTAINER_PID/" -e 's/^+ //' <<<"$said" |
		on_host sh -e
	same "$(unnumbered)" "$made"
}

@test "06: --help goes to stdout" {
	"$TOP/06-veth/veth" --help >"$T/out" 2>"$T/err"
	grep -F -- "--host-address" "$T/out"
	[ ! -s "$T/err" ]
}

@test "06: a name that no interface can have is refused" {
	local option name
	for option in --host-name --name; do
		for name in "" sixteen-letters- a/b "a b" $'a\tb' a:b veth%d . ..; do
			run veth "$option" "$name" "$CONTAINER_PID"
			check 2 "veth: $name: not an interface name"
			one_line
		done
		refused 2 "a/b: not an interface name" "$option" a/b "$CONTAINER_PID"
	done
	refused 2 "a/b: not an interface name" --host-name a/b --remove
}

@test "06: an address that is none, or without its network's length, is refused" {
	local option address
	for option in --host-address --address; do
		for address in "" / 192.168.1.9 192.168.1.9/ /24 192.168.1.9/33 \
			192.168.1.9/-1 192.168.1.9/24x 192.168.1.9/24/24 \
			192.168.1.9/x " 192.168.1.9/24" 192.168.1.256/24 \
			192.168.1/24 192.168.1.9.9/24 1x2.168.1.9/24 \
			0300.168.1.9/24 192.168.100.1000/24 192.168.1.9/4294967320 ::1/64; do
			run veth "$option" "$address" "$CONTAINER_PID"
			check 2 "$address: not an address"
			one_line
		done
		for address in 192.168.1.9/0 192.168.1.9/32; do
			run veth "$option" "$address" "$CONTAINER_PID"
			check 2 "$address: no room for two"
		done
		refused 2 "x/24: not an address" "$option" x/24 "$CONTAINER_PID"
	done
}

@test "06: two addresses that cannot meet are refused" {
	local address
	for address in 192.168.2.124/24 192.168.1.124/25 192.168.1.124/23 10.0.0.1/24; do
		refused 2 "$address are not in one network" \
			--address "$address" "$CONTAINER_PID"
	done
	refused 2 "192.168.1.123/24: both ends have this address" \
		--address 192.168.1.123/24 "$CONTAINER_PID"
}

@test "06: a PID that is no number, or none, or two, is refused" {
	local pid
	for pid in 0 x 12x "" " 1" +1 1.5 4194305 99999999999999999999; do
		refused 2 "$pid: not a process id" "$pid"
	done
	refused 2 "5" "-5"
	refused 2 "exactly one PID is needed"
	refused 2 "exactly one PID is needed" "$CONTAINER_PID" "$CONTAINER_PID"
	refused 2 "no PID" --remove "$CONTAINER_PID"
	refused 2 "bad" --bad "$CONTAINER_PID"
	refused 2 "name" "$CONTAINER_PID" --name
}

@test "06: a PID that is gone is one clear line" {
	sleep 0 &
	wait $!
	refused 1 "$!: no such process" "$!"
	refused 1 "4194303: no such process" 4194303
}

@test "06: a PID in our own network namespace is refused" {
	refused 1 "process $HOST_PID is in our own network namespace" "$HOST_PID"
}

@test "06: a second run is refused, and the first one's pair still works" {
	veth "$CONTAINER_PID"
	refused 1 "veth-host exists already" "$CONTAINER_PID"
	refused 1 "veth-host exists already" --host-address 10.0.0.1/24 \
		--address 10.0.0.2/24 --name other "$CONTAINER_PID"
	sees "$CONTAINER_PID" 192.168.1.123
}

@test "06: an interface that has the host's name already is left as it is" {
	other_interface "$HOST_PID" veth-host 10.0.0.1/24
	refused 1 "veth-host exists already" "$CONTAINER_PID"
	refused 1 "lo exists already" --host-name lo "$CONTAINER_PID"
}

@test "06: a name that the container has already leaves no pair behind" {
	other_interface "$CONTAINER_PID" veth-container 10.0.0.1/24
	refused 1 "veth-container: File exists" "$CONTAINER_PID"
	refused 1 "lo: File exists" --name lo "$CONTAINER_PID"
	veth --name eth0 "$CONTAINER_PID"
	sees "$CONTAINER_PID" 192.168.1.123
}

@test "06: a failure after the pair was made takes it away again" {
	on_container ip link set lo up
	on_container ip route add default dev lo
	refused 1 "ip route add default via 192.168.1.123: File exists" "$CONTAINER_PID"
	on_container ip route del default
	veth "$CONTAINER_PID"
}

@test "06: what the kernel refuses is told, for each message" {
	need compiler
	cat >"$T/twice.c" <<-'END'
		#include "veth.c"

		char verbose;

		/* Each of them fails, the second time at the latest. */
		int main(int argc, char *argv[])
		{
			static struct netlink nl;
			struct end end = { "lo", "10.0.0.1/8", { htonl(0x0A000001) }, 8 };

			socket_here(&nl);
			for (int i = 0; argc > 1 && i < 2; i++)
				switch (*argv[1]) {
				case 'l': link_up(&nl, "none"); break;
				case 'a': address_add(&nl, &end); break;
				case 'r': default_route_add(&nl, end.address); break;
				case 'p': veth_create(&nl, "one", "two", nl.fd); break;
				}
		}
	END
	cc -I "$TOP/06-veth" -o "$T/twice" "$T/twice.c"
	run on_host "$T/twice" link
	check 1 "ip link set none up: No such device"
	run on_host "$T/twice" address
	check 1 "ip addr add 10.0.0.1/8: File exists"
	run on_host "$T/twice" route
	check 1 "ip route add default via 10.0.0.1: "
	run on_host "$T/twice" pair
	check 1
	same "$output" "twice: ip link add one type veth peer name two: Invalid argument"
	# A kernel that lacks the module: there is no such kind.
	sed 's/"veth"/"none"/' "$TOP/06-veth/veth.c" >"$T/veth.c"
	cc -I "$TOP/06-veth" -o "$T/twice" "$T/twice.c"
	run on_host "$T/twice" pair
	check 1 ": Operation not supported: Unknown device type: modprobe veth, or restart"
	one_line
}

@test "06: an error has the kernel's own sentence in it, and leaves no pair" {
	on_container ip link set lo up
	refused 1 "default via 192.168.1.255: Invalid argument: Nexthop has invalid gateway" \
		--host-address 192.168.1.255/24 "$CONTAINER_PID"
}

@test "06: a network that the host has elsewhere is refused, naming where" {
	other_interface "$HOST_PID" wide 10.0.0.1/8
	other_interface "$HOST_PID" narrow 172.16.5.6/30
	other_interface "$HOST_PID" line "198.18.0.1 peer 172.20.0.1"
	refused 1 "10.1.2.3/24: wide is in that network" "$CONTAINER_PID" \
		--host-address 10.1.2.3/24 --address 10.1.2.4/24
	refused 1 "172.16.0.1/16: narrow is in that network" "$CONTAINER_PID" \
		--host-address 172.16.0.1/16 --address 172.16.0.2/16
	refused 1 "198.18.0.2/30: line is in that network" "$CONTAINER_PID" \
		--host-address 198.18.0.2/30 --address 198.18.0.3/30
	refused 1 "127.0.1.1/24: lo is in that network" "$CONTAINER_PID" \
		--host-address 127.0.1.1/24 --address 127.0.1.2/24
	# The one next to it is free.
	veth --host-address 172.16.5.1/30 --address 172.16.5.2/30 "$CONTAINER_PID"
	sees "$CONTAINER_PID" 172.16.5.1
}

@test "06: a name that does not exist yet does not make the kernel look for a module" {
	# An ioctl for a name would: it starts modprobe.
	need strace
	run on_host strace -qq -e trace=ioctl "$TOP/06-veth/veth" "$CONTAINER_PID"
	check 0
	lacks SIOCGIFINDEX
	sees "$CONTAINER_PID" 192.168.1.123
}

@test "06: who may not do it is told so" {
	local before powerless=(setpriv --bounding-set=-all --inh-caps=-all)
	before=$(world)
	run on_host "${powerless[@]}" "$TOP/06-veth/veth" "$CONTAINER_PID"
	check 1 "veth: "
	[[ $output == *"Permission denied"* || $output == *"not permitted"* ]] || return 1
	one_line
	same "$(world)" "$before"
	veth "$CONTAINER_PID"
	before=$(world)
	run on_host "${powerless[@]}" "$TOP/06-veth/veth" --remove
	check 1 "veth: ip link del veth-host: Operation not permitted"
	one_line
	same "$(world)" "$before"
}
