#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
load lab

# The container is joined to the host, and the host to the internet: what is missing
# is the way from the one to the other.
setup() {
	lab_setup
	lab_internet
	lab_container
	set_forward 0
	on_host "$TOP/06-veth/veth" "$CONTAINER_PID"
}
teardown() { lab_teardown; }

FORWARD=/proc/sys/net/ipv4/ip_forward
WHO=http://203.0.113.2/cgi-bin/who

nat() { on_host "$TOP/07-nat/nat" "$@"; }
set_forward() { on_host sh -c "echo $1 >$FORWARD"; }
forward() { on_host cat "$FORWARD"; }
ruleset() { on_host nft -y list ruleset | any_order; }

# any_order: of a ruleset, the chain before each line, and in one order what may stand in
# any: the rules of a chain (each accepts other packets), and the matches of a rule.
any_order() {
	sed -E 's/(oifname "[^"]*"|ct state [^ ]*) (ip [sd]addr [^ ]*)/\2 \1/' |
		awk '$1 == "chain" { chain = $2 } { print chain $0 }' | sort
}

# arrives_as ADDRESS [URL]: the container gets an answer from the web server, which
# saw the request come from ADDRESS. (It may say that as ::ffff:ADDRESS.)
arrives_as() {
	local who
	who=$(on_container timeout 10 "$BUSYBOX" wget -q -O - "${2-$WHO}") || return 1
	same "${who//[^0-9.]/}" "$1"
}

# no_answer: the container asks the internet, and waits in vain.
no_answer() {
	run on_container timeout 2 "$BUSYBOX" wget -q -O - "$WHO"
	check 124
}

# sees PID ADDRESS: a packet from where PID is gets to ADDRESS and back.
sees() { on "$1" "$BUSYBOX" ping -c 1 -W 2 "$2"; }

# All that the program might change; what is made anew has a new handle.
world() {
	forward
	! command -v nft >/dev/null || on_host nft -a list ruleset
}

# refused STATUS WORD ARG...: "nat ARG..." ends with STATUS and one line that has
# WORD in it, and has changed nothing.
refused() {
	local wanted=$1 word=$2 before
	shift 2
	before=$(world)
	run nat "$@"
	check "$wanted" "$word" && one_line && same "$(world)" "$before"
}

# read_only FILE: in the host's mount namespace FILE cannot be written from now on.
read_only() {
	on_host mount --bind "$1" "$1"
	on_host mount -o remount,ro,bind "$1"
}

# What nft lists of our table.
expected() {
	any_order <<END
table ip container-nat {
	chain postrouting {
		type nat hook postrouting priority 100; policy accept;
		ip saddr 192.168.1.0/24 oifname "uplink" masquerade comment "192.168.1.0/24 leaves by uplink"
	}

	chain forward {
		type filter hook forward priority 0; policy accept;
		ip saddr 192.168.1.0/24 oifname "uplink" accept
		ip daddr 192.168.1.0/24 ct state established,related accept
	}
}
END
}

@test "07: the container gets answers, and goes by the host's address" {
	lab_web_server
	no_answer
	# The host has to pass packets on, but that alone is not enough.
	set_forward 1
	no_answer
	set_forward 0

	run nat
	check 0
	same "$output" ""
	arrives_as 203.0.113.1
	sees "$CONTAINER_PID" 203.0.113.2
}

@test "07: --remove takes the way away again" {
	lab_web_server
	nat
	arrives_as 203.0.113.1
	run nat --remove
	check 0
	no_answer
	# Not for lack of passing on: nobody is masqueraded any more.
	set_forward 1
	no_answer
	nat
	arrives_as 203.0.113.1
}

@test "07: ip_forward is turned on; --remove leaves it so, and says what turns it off" {
	same "$(forward)" 0
	nat
	same "$(forward)" 1
	nat
	same "$(forward)" 1
	run nat --remove
	check 0 "ip_forward stays 1. If nothing else needs it: echo 0 > $FORWARD"
	one_line
	same "$(forward)" 1
	on_host sh -ec "${output#*: }"
	same "$(forward)" 0
}

@test "07: ip_forward that was on before stays on, and one that is off again is not spoken of" {
	set_forward 1
	nat
	same "$(forward)" 1
	nat --remove
	same "$(forward)" 1
	nat
	set_forward 0
	run nat --remove
	check 0
	same "$output" ""
	same "$(forward)" 0
}

@test "07: the uplink is the interface that the kernel would send a packet by" {
	lab_web_server
	on_host ip link add other type veth peer name other-peer
	on_host ip addr add 198.51.100.1/24 dev other
	on_host ip link set other-peer up
	on_host ip link set other up
	on_host ip route add default via 198.51.100.2 dev other metric 50
	# That one has the metric 0: the lower wins.
	nat
	arrives_as 203.0.113.1
	nat --remove

	on_host ip route del default dev uplink
	on_host ip route add default via 203.0.113.2 dev uplink metric 60
	run nat -v
	check 0 '192.168.1.0/24 oifname "other" masquerade'
	no_answer
	nat --remove

	# Half of the internet, as a VPN takes it, goes before the default route.
	on_host ip route add 0.0.0.0/1 via 203.0.113.2 dev uplink
	run nat -v
	check 0 '192.168.1.0/24 oifname "uplink" masquerade'
	nat --remove
	on_host ip route del 0.0.0.0/1

	# So does a table that a rule chooses.
	on_host ip route add default via 203.0.113.2 dev uplink table 100
	on_host ip rule add pref 100 lookup 100
	run nat -v
	check 0 '192.168.1.0/24 oifname "uplink" masquerade'
}

@test "07: without a default route it asks for --uplink" {
	lab_web_server
	# Each libc has its own words for the errno in the middle.
	on_host ip route del default
	refused 1 "ip route get 1.1.1.1: Network "
	refused 1 "unreachable: no default route? give --uplink"
	on_host ip route add unreachable default
	refused 1 "ip route get 1.1.1.1: "
	refused 1 ": no default route? give --uplink"
	on_host ip route del unreachable default
	on_host ip route add blackhole default
	refused 1 "no default route? give --uplink"
	# One that forbids goes before one that leads out.
	on_host ip route add default via 203.0.113.2 metric 60
	refused 1 "no default route? give --uplink"
	on_host ip route del default metric 60
	no_answer

	nat --uplink uplink
	arrives_as 203.0.113.1
}

@test "07: only the subnet is masqueraded" {
	lab_web_server
	nat --subnet 10.9.0.0/24
	same "$(forward)" 1
	no_answer
	nat --remove
	nat --subnet=192.168.1.124/32
	arrives_as 203.0.113.1
	nat --remove
	nat --subnet 192.168.1.125/32
	no_answer
	nat --remove
	nat --subnet 0.0.0.0/0
	arrives_as 203.0.113.1
}

@test "07: only what leaves by the uplink is masqueraded" {
	local SECOND_PID
	lab_web_server
	lab_neighbour SECOND_PID
	on_host "$TOP/06-veth/veth" --host-name veth-2 --host-address 10.5.0.1/24 \
		--address 10.5.0.2/24 "$SECOND_PID"
	background_on "$SECOND_PID" WEB_PID "$BUSYBOX" httpd -f -p 80 -h "$T/www"
	wait_for on "$SECOND_PID" "$BUSYBOX" wget -q -O - http://10.5.0.2/cgi-bin/who
	nat
	arrives_as 203.0.113.1
	arrives_as 192.168.1.124 http://10.5.0.2/cgi-bin/who
}

@test "07: a second run changes nothing" {
	local before
	lab_web_server
	nat
	before=$(world)
	run nat
	check 0
	same "$output" ""
	run nat --uplink uplink --subnet 192.168.1.0/24 -v
	check 0
	same "$output" ""
	same "$(world)" "$before"
	arrives_as 203.0.113.1
	# It was turned off behind our back: that is put right.
	set_forward 0
	nat
	same "$(world)" "$before"
}

@test "07: a second run for another network is refused, and the first one stands" {
	lab_web_server
	nat
	refused 1 "192.168.1.0/24 leaves by uplink" --subnet 10.9.0.0/24
	check 1 "the table ip container-nat exists already" "nat --remove"
	refused 1 "the table ip container-nat exists already" --uplink veth-host
	arrives_as 203.0.113.1
}

@test "07: five at once make one table" {
	local round number pid pids
	for round in 1 2 3; do
		pids=()
		for number in 1 2 3 4 5; do
			nat >"$T/out.$round.$number" 2>&1 3>&- &
			pids+=($!)
		done
		for pid in "${pids[@]}"; do
			wait "$pid"
		done
		same "$(cat "$T"/out.*)" ""
		same "$(forward)" 1
		if command -v nft >/dev/null; then
			same "$(ruleset)" "$(expected)"
		fi
		nat --remove
		refused 1 "there is no table ip container-nat of ours" --remove
	done
}

@test "07: the table is a masquerade and two accepts, with a comment" {
	need nft
	nat
	same "$(ruleset)" "$(expected)"
	nat --remove
	same "$(ruleset)" ""
}

@test "07: --remove leaves the tables of others alone" {
	need nft
	local others
	on_host nft -f - <<-'END'
		table ip other {
			chain forward {
				type filter hook forward priority 0; policy accept;
				ip saddr 192.168.1.0/24 accept comment "let out"
			}
		}
		table ip6 container-nat {
		}
	END
	others=$(on_host nft -a list ruleset)
	nat
	same "$(on_host nft -a list table ip other)" "$(sed '/^}/q' <<<"$others")"
	nat --remove
	same "$(on_host nft -a list ruleset)" "$others"
}

@test "07: a table of our name that is not ours is not touched" {
	need nft
	on_host nft add table ip container-nat
	refused 1 "there is no table ip container-nat of ours" --remove
	refused 1 "nft create table ip container-nat: File exists"
	[[ $output == *exists ]]
	on_host nft add chain ip container-nat mine
	on_host nft add rule ip container-nat mine accept comment '"mine"'
	refused 1 "there is no table ip container-nat of ours" --remove
	refused 1 "nft create table ip container-nat: File exists"
	# Nor if it has a chain of that name too, and our comment stands in another place.
	on_host nft add chain ip container-nat postrouting
	on_host nft add rule ip container-nat postrouting accept
	on_host nft add rule ip container-nat postrouting accept comment '"mine"'
	on_host nft add rule ip container-nat mine accept comment '"192.168.1.0/24 leaves by uplink"'
	on_host nft add table ip another
	on_host nft add chain ip another postrouting
	on_host nft add rule ip another postrouting accept comment '"192.168.1.0/24 leaves by uplink"'
	refused 1 "there is no table ip container-nat of ours" --remove
	refused 1 "nft create table ip container-nat: File exists"
}

@test "07: a kernel that cannot masquerade is named" {
	need compiler
	cp "$TOP"/07-nat/*.[ch] "$T"
	sed -i 's/"masq"/"none"/' "$T/expressions.c"
	cc -o "$T/nat" "$T"/*.c
	run on_host "$T/nat"
	check 1 "nft create table ip container-nat: No such file or directory: does this kernel lack nft_masq? modprobe -a "
	one_line
}

@test "07: our rules let out, and let answers in, but nothing new" {
	need nft
	lab_web_server
	on_internet ip route add 192.168.1.0/24 via 203.0.113.1
	nat
	# Where nothing drops, the host is a router as any other.
	sees "$INTERNET_PID" 192.168.1.124
	# Now what is not accepted by a rule of ours is dropped.
	on_host nft chain ip container-nat forward '{ policy drop; }'
	arrives_as 203.0.113.1
	sees "$CONTAINER_PID" 203.0.113.2
	run sees "$INTERNET_PID" 192.168.1.124
	check 1 "100% packet loss"
}

@test "07: what another table drops stays dropped" {
	need nft
	lab_web_server
	on_internet ip route add 192.168.1.0/24 via 203.0.113.1
	on_host nft 'table ip filter { chain FORWARD {
		type filter hook forward priority 0; policy drop; }; }'
	nat
	run sees "$INTERNET_PID" 192.168.1.124
	check 1 "100% packet loss"
	no_answer
	on_host nft delete table ip filter
	arrives_as 203.0.113.1
}

@test "07: -v says commands that do the same" {
	need nft
	local said made removed
	on_host ip link set uplink down
	on_host ip link set uplink name fifteen-letters
	on_host ip link set fifteen-letters up
	run nat -v --uplink fifteen-letters --subnet 10.0.0.0/8
	check 0 "+ nft -f - <<'END'" "+ echo 1 > $FORWARD"
	said=$output
	made=$(ruleset)
	run nat --remove --verbose
	check 0 "+ nft delete table ip container-nat"
	removed=$(grep '^+' <<<"$output")

	lab_host
	set_forward 0
	cut -c 3- <<<"$said" | on_host sh -e
	same "$(ruleset)" "$made"
	same "$(forward)" 1
	cut -c 3- <<<"$removed" | on_host sh -e
	same "$(ruleset)" ""
	same "$(forward)" 1
}

@test "07: bad input is one line, and nothing is made" {
	local value
	for value in 192.168.1.5/24 10.0.0.0 10.0.0.0/33 x/8 "" / 10.0.0.0/ /8 \
		10.0.0.0/-1 10.0.0.0/8x 10.0.0.0/8/8 10.0.0/8 256.0.0.0/8 " 10.0.0.0/8" \
		10.0.0.1/31 128.0.0.0/0 10.0.0.0/4294967304 ::/0; do
		run nat --subnet "$value"
		check 2 "nat: --subnet $value: not a network"
		one_line
	done
	for value in sixteen-letters- a/b "" "a b" . .. a:b 'veth%d'; do
		run nat --uplink "$value"
		check 2 "nat: --uplink $value: not an interface name"
		one_line
	done
	refused 2 "x/8: not a network" --subnet x/8
	refused 2 "a/b: not an interface name" --uplink a/b
	refused 2 "uplink: not expected" uplink
	refused 2 "more: not expected" --uplink uplink more
	refused 2 "bad" --bad
	refused 2 "subnet" --subnet
	nat
	refused 2 "--remove takes neither --subnet nor --uplink" --remove --subnet x/8
	refused 2 "--remove takes neither" --remove --subnet 192.168.1.0/24
	refused 2 "--remove takes neither" --uplink uplink --remove
	refused 2 "more: not expected" --remove more
}

@test "07: an uplink that there is not is one clear line" {
	refused 1 "--uplink nothing: No such device" --uplink nothing
	refused 1 "--uplink fifteen-letters: No such device" --uplink fifteen-letters
}

@test "07: an uplink that there is not does not make the kernel look for a module" {
	# An ioctl for a name would: it starts modprobe.
	need strace
	run on_host strace -qq -e trace=ioctl "$TOP/07-nat/nat" --uplink nothing
	check 1 "--uplink nothing: No such device"
	lacks SIOCGIFINDEX
}

@test "07: --remove with nothing there says so" {
	refused 1 "there is no table ip container-nat of ours" --remove
	set_forward 1
	refused 1 "there is no table ip container-nat of ours" --remove
	nat
	nat --remove
	refused 1 "there is no table ip container-nat of ours" --remove
}

@test "07: where ip_forward cannot be turned on, no table is left, unless it was there before" {
	read_only "$FORWARD"
	refused 1 "write '1' to $FORWARD: Read-only file system"
	refused 1 "there is no table ip container-nat of ours" --remove
	on_host umount "$FORWARD"
	nat
	on_host sh -c "echo 0 >$FORWARD"
	read_only "$FORWARD"
	refused 1 "write '1' to $FORWARD: Read-only file system"
	nat --remove
}

@test "07: where ip_forward cannot be written, the table can still be removed" {
	nat
	read_only "$FORWARD"
	nat --remove
	refused 1 "there is no table ip container-nat of ours" --remove
	# And where it is on already, made.
	nat
}

@test "07: who may not do it is told so, in one line" {
	local before
	before=$(world)
	run on_host setpriv --bounding-set=-all --inh-caps=-all "$TOP/07-nat/nat"
	check 1 "nat: " "Operation not permitted"
	one_line
	same "$(world)" "$before"
}

@test "07: --help goes to stdout" {
	"$TOP/07-nat/nat" --help >"$T/out" 2>"$T/err"
	grep -F -- "--subnet NETWORK" "$T/out"
	[ ! -s "$T/err" ]
}
