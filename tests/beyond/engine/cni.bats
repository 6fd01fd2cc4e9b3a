#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# my_container.conflist, run by the CNI plugins for a container of runc's: the article's
# network.
load engine

setup() {
	need root
	need_engine runc
	command -v jq >/dev/null || skip "needs jq"
	for CNI_PATH in /usr/lib/cni /usr/libexec/cni none; do
		[ ! -x "$CNI_PATH/ptp" ] || break
	done
	[ "$CNI_PATH" != none ] || skip "needs the CNI plugins (package containernetworking-plugins)"
	oracle_setup
}

# cni ADD|DEL [SED-OPTION...]: for the container PID, with what sed makes of the list.
# What addresses are taken is noted in this world's own folder.
cni() {
	local command=$1
	shift
	sed -e "s,\"type\": \"host-local\",&\, \"dataDir\": \"$GLUE/cni\"," "$@" \
		"$HERE/my_container.conflist" | on_host tee "$GLUE/conflist" >/dev/null
	here env CNI_PATH="$CNI_PATH" "$HERE/cni" "$command" my_container "$PID" "$GLUE/conflist"
}

# A container that is made, and waits to be started. PID gets its process.
create() {
	wait_for has_keys
	world
	give_cpus
	bundle runc
	here runc --root "$GLUE/state" create -b "$BUNDLE" --pid-file "$GLUE/pid" my_container \
		</dev/null >/dev/null 2>"$T/errors" 3>&- || { cat "$T/errors" >&2; return 1; }
	PID=$(on_host cat "$GLUE/pid")
}

inside() { nsenter -t "$PID" -n "$@"; }
rules() { on_host nft list ruleset | grep -c -e masquerade -e MASQUERADE; }

# Who it is that the internet sees.
seen_as() { inside timeout 5 "$BUSYBOX" wget -q -O - http://203.0.113.2/cgi-bin/who; }

@test "cni: the article's network, and a packet that gets out" {
	create
	lab_web_server
	run cni ADD
	check 0 '"address": "192.168.1.124/24"' '"gateway": "192.168.1.123"'
	here runc --root "$GLUE/state" start my_container
	descendant PID "$PID" sleep

	run inside ip -o -4 addr show dev veth-container
	check 0 '192.168.1.124/24'
	run inside ip route show default
	check 0 'default via 192.168.1.123 dev veth-container'
	run on_host ip -o -4 addr
	check 0 ' 192.168.1.123/'
	same "$(on_host cat /proc/sys/net/ipv4/ip_forward)" 1
	[ "$(rules)" -gt 0 ]
	run seen_as
	check 0 203.0.113.1

	# There is one address to give, and it is given.
	run cni ADD
	check 1 '192.168.1.124'

	cni DEL
	run inside ip link show veth-container
	check 1
	run on_host ip -o -4 addr
	check 0
	[[ $output != *192.168.1.* ]]
	same "$(rules)" 0
}

@test "cni: without ipMasq no packet gets out" {
	create
	lab_web_server
	local without='s/"ipMasq": true/"ipMasq": false/'
	run cni ADD -e "$without"
	check 0
	run inside "$BUSYBOX" ping -c 1 -W 2 192.168.1.123
	check 0
	run seen_as
	[ "$status" -ne 0 ]
	cni DEL -e "$without"
}
