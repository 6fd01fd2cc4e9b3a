#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034 # called and read by oracle.bash
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
load oracle
load article

# The article's three rules and our table: do they decide the same? Packets are sent,
# and each place keeps a list of what arrives. Beside the lab's container, host and
# internet there is a lan, at another interface of the host.
#
# PACKETS: number, from, with the source (-: its own), to; and as whom it arrives if
# what no rule accepts is accepted, and if it is dropped (-: not at all).
PACKETS='
2001 container -             internet  203.0.113.1   203.0.113.1
2002 container -             lan       192.168.1.124 -
2003 container -             host      192.168.1.124 192.168.1.124
2004 container 10.7.7.7      internet  10.7.7.7      -
2005 internet  -             container 203.0.113.2   -
2006 internet  -             lan       203.0.113.2   -
2007 internet  192.168.1.77  lan       192.168.1.77  -
2008 internet  192.168.1.77  container 192.168.1.77  -
2009 lan       -             internet  10.9.9.2      -
2010 lan       -             container 10.9.9.2      -
2011 lan       192.168.1.78  internet  203.0.113.1   203.0.113.1
2012 host      -             internet  203.0.113.1   203.0.113.1
2013 host      192.168.1.123 internet  203.0.113.1   203.0.113.1
2014 host      -             container 192.168.1.123 192.168.1.123
'
packets() { sed '/^$/d' <<<"$PACKETS"; }

declare -gA ADDRESS=([container]=192.168.1.124 [host]=203.0.113.1 [internet]=203.0.113.2 [lan]=10.9.9.2)
declare -gA AT # the pid of each place

prepare() {
	local place
	lab_container
	lab_neighbour LAN_PID
	lab_web_server
	AT=([container]=$CONTAINER_PID [host]=$HOST_PID [internet]=$INTERNET_PID [lan]=$LAN_PID)
	here "$TOP/06-veth/veth" "$CONTAINER_PID"
	here ip link add lan type veth peer name eth0 netns "$LAN_PID"
	here ip addr add 10.9.9.1/24 dev lan
	here ip link set lan up
	on "$LAN_PID" ip addr add 10.9.9.2/24 dev eth0
	on "$LAN_PID" ip link set eth0 up
	on "$LAN_PID" ip route add default via 10.9.9.1
	on_internet ip route add default via 203.0.113.1
	here sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
	for place in "${!AT[@]}"; do
		# Say of each packet that it cannot be delivered, however many there are.
		on "${AT[$place]}" sh -c 'echo 0 >/proc/sys/net/ipv4/icmp_ratelimit
			for file in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >"$file"; done'
		on "${AT[$place]}" nft -f - <<-'END'
			table ip seen {
				set datagrams { typeof udp dport . ip saddr; flags dynamic; size 999; }
				set errors { typeof icmp type . ip saddr; flags dynamic; size 999; }
				chain arrival {
					type filter hook prerouting priority -400;
					ip protocol udp add @datagrams { udp dport . ip saddr }
					ip protocol icmp add @errors { icmp type . ip saddr }
				}
			}
		END
	done
}

# arrived PLACE: what its lists hold: "NUMBER . SOURCE" for each.
arrived() {
	on "${AT[$1]}" nft list table ip seen |
		grep -oE '([0-9]{4}|[a-z]+-[a-z]+) \. [0-9.]+'
}
has_arrived() { arrived "$1" | grep -q "^$2 "; }

# send PLACE NUMBER ADDRESS: a packet, to the port NUMBER.
send() { on "${AT[$1]}" bash -c 'echo >"/dev/udp/$1/$2"' bash "$3" "$2"; }

# send_from PLACE SOURCE NUMBER ADDRESS: the same with another SOURCE.
send_from() {
	local gateway
	gateway=$(on "${AT[$1]}" ip -o route get "$4" | sed -n 's/.* via \([^ ]*\) .*/via \1/p')
	on "${AT[$1]}" ip addr replace "$2/32" dev lo
	# shellcheck disable=SC2086 # two words
	on "${AT[$1]}" ip route add "$4/32" ${gateway:-dev uplink} src "$2"
	send "$1" "$3" "$4"
	on "${AT[$1]}" ip route del "$4/32"
	[ "$1" = host ] || on "${AT[$1]}" ip addr del "$2/32" dev lo
}

# Everybody and the host have sent each other a packet to port NUMBER. As these come
# after the ones before, all of them have arrived then that ever will.
exchange() {
	local place
	for place in container internet lan; do
		send "$place" "$1" "$(host_for "$place")"
		wait_for has_arrived host "$1" || return 1
		send host "$1" "${ADDRESS[$place]}"
		wait_for has_arrived "$place" "$1" || return 1
	done
}
host_for() {
	case $1 in
	container) echo 192.168.1.123 ;;
	internet) echo 203.0.113.1 ;;
	lan) echo 10.9.9.1 ;;
	esac
}

# verdicts: send all of PACKETS, and say what became of each, and of an answer; and
# what a web server saw.
verdicts() {
	local number from source to place
	exchange 1001 || return 1 # and know each other's hardware address
	while read -r number from source to _; do
		if [ "$source" = - ]; then
			send "$from" "$number" "${ADDRESS[$to]}"
		else
			send_from "$from" "$source" "$number" "${ADDRESS[$to]}"
		fi
	done < <(packets)
	exchange 1002 || return 1
	while read -r number from source to _; do
		place=$(arrived "$to" | sed -n "s/^$number \. //p")
		echo "packet $number $from $source $to ${place:--}"
	done < <(packets)
	for place in container internet lan; do
		arrived "$place" | sed -n "s/^destination-unreachable \. /$place is told by /p"
	done
	# It may have it as ::ffff:203.0.113.1.
	place=$(on_container timeout 3 "$BUSYBOX" wget -q -O - http://203.0.113.2/cgi-bin/who \
		2>/dev/null | tr -dc 0-9.)
	echo "the web server sees ${place:-nobody}"
}

# The article's rules; and ours.
article_rules() {
	article_adapted | sed -n '/^# step: 07-nat/,/^# step: 03/{/^#/d;p}' |
		sed 's/sudo //' >"$T/rules"
	here bash -e "$T/rules" >/dev/null
}
our_rules() { here "$TOP/07-nat/nat"; }

# Have the chain with the accepting rules drop what they do not accept.
article_drops() { here iptables -P FORWARD DROP; }
our_drops() { here nft 'chain ip container-nat forward { policy drop; }'; }

# Somebody else's chain drops all that is forwarded.
others_drop() {
	here nft 'table ip other { chain forward { type filter hook forward priority 10; policy drop; }; }'
}

# decide WORDS RULES COMMAND: a world with RULES, and COMMAND after them.
decide() {
	new_world
	"$2"
	"$3"
	verdicts >"$T/verdicts" || return 1
	sed "s/^/$1: /" "$T/verdicts"
}

both_decide() {
	decide "$1" our_rules "$2" >"$T/ours" || return 1
	decide "$1" article_rules "$3" >"$T/theirs" || return 1
	compare packets
}

# expected COLUMN: the verdicts that PACKETS names, as "packet ...".
expected() { packets | awk -v column="$1" '{ print "packet", $1, $2, $3, $4, $column }'; }

@test "packets: what no rule accepts is accepted" {
	both_decide "nobody drops" : :
	same "$(sed -n 's/.*: packet/packet/p' "$T/ours")" "$(expected 5)"
	grep -F "the web server sees 203.0.113.1" "$T/ours"
}

@test "packets: what no rule accepts is dropped" {
	both_decide "the chain drops" our_drops article_drops
	same "$(sed -n 's/.*: packet/packet/p' "$T/ours")" "$(expected 6)"
	# An answer of either kind, established and related, comes back.
	grep -F "the web server sees 203.0.113.1" "$T/ours"
	grep -F "container is told by 203.0.113.2" "$T/ours"
}

@test "packets: another table drops" {
	both_decide "another drops" others_drop others_drop
	grep -F "the web server sees nobody" "$T/ours"
}

@test "packets: the chain that iptables fills drops" {
	both_decide "iptables drops" article_drops article_drops
}

@test "packets: each meant difference occurs" {
	all_occur packets
}
