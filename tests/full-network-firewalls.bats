#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153 # NAME and others: container.bash has them
# shellcheck disable=SC2034 # BEFORE: for container.bash to read
#
# The whole container: somebody's firewall drops what it sends. Each kind is found, and
# named; what is printed lets the container through, and then nothing is said any more; and
# what is printed to take that back leaves the firewall as it was.
load lab
load container

setup() {
	container_setup
	lab_web_server
	BEFORE=$(world)
}

# What iptables-legacy has, which is no part of the world.
legacy() { on_host iptables-legacy-save 2>/dev/null | grep -v '^#' | sed 's/\[.*//'; }

# passes: the container reaches the internet as the host, and says nothing.
passes() {
	run container timeout 10 wget -q -O - "$WHO"
	check 0
	lacks "container:"
	same "${output//[^0-9.]/}" 203.0.113.1
	as_before
}

# blocked WORD...: the container reaches nothing, and says why with every WORD. What it
# says is to be typed goes to $T/open and $T/close.
blocked() {
	run container sh -c "timeout 3 wget -q -O - $WHO || echo blocked"
	check 0 blocked "container: " "$@"
	as_before
	sed -n '/To let this/,/take that back/s/^  //p' <<<"$output" >"$T/open"
	sed -n '/take that back/,$s/^  //p' <<<"$output" >"$T/close"
}

# opens: what was printed lets the container through, and is taken back.
opens() {
	local before=$BEFORE legacy
	legacy=$(legacy)
	on_host sh -e "$T/open"
	BEFORE=$(world)
	passes
	on_host sh -e "$T/close"
	same "$(world)" "$before"
	same "$(legacy)" "$legacy"
	BEFORE=$before
	blocked
}

@test "full: where no firewall is in the way it says nothing" {
	passes
	# Nor where there is one that lets it through.
	need nft
	on_host nft 'add table inet fire
		add chain inet fire through { type filter hook forward priority 0; policy drop; }
		add rule inet fire through accept'
	BEFORE=$(world)
	passes
}

@test "full: Docker's firewall is named, with commands that open it and close it again" {
	need nft
	need iptables
	on_host nft 'add table ip filter
		add chain ip filter DOCKER-USER
		add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }
		add rule ip filter FORWARD jump DOCKER-USER'
	BEFORE=$(world)
	blocked "a firewall drops what the container sends: Docker's table ip filter, chain FORWARD." \
		"  iptables -I DOCKER-USER -i veth-$NAME -j ACCEPT"
	opens
}

@test "full: iptables, whether by its policy, a last rule or a chain that it jumps to" {
	need iptables
	on_host iptables -P FORWARD DROP
	BEFORE=$(world)
	blocked "table ip filter, chain FORWARD" "  iptables -I FORWARD"
	opens
	on_host iptables -P FORWARD ACCEPT
	on_host iptables -A FORWARD -j REJECT
	BEFORE=$(world)
	blocked "table ip filter, chain FORWARD" "  iptables -I FORWARD"
	opens
	on_host iptables -F FORWARD
	on_host iptables -N last
	on_host iptables -A last -j DROP
	on_host iptables -A FORWARD -s 192.168.0.0/16 -j last
	BEFORE=$(world)
	blocked "table ip filter, chain FORWARD" "  iptables -I FORWARD"
	opens
}

@test "full: iptables-legacy" {
	need_command iptables-legacy iptables
	on_host iptables-legacy -P FORWARD DROP || skip "this kernel has no tables of that kind"
	BEFORE=$(world)
	blocked "sends: iptables-legacy." "  iptables-legacy -I FORWARD"
	opens
	on_host iptables-legacy -P FORWARD ACCEPT
	on_host iptables-legacy -A FORWARD -j REJECT
	blocked "sends: iptables-legacy." "  iptables-legacy -I FORWARD"
	opens
}

@test "full: a chain of nft's, in its own language" {
	need nft
	on_host nft 'add table inet fire
		add chain inet fire through { type filter hook forward priority 10; policy drop; }'
	BEFORE=$(world)
	blocked "table inet fire, chain through" "  nft insert rule inet fire through"
	opens
	on_host nft 'add chain inet fire through { policy accept; }
		add chain inet fire last
		add rule inet fire last reject
		add rule inet fire through ct state established,related accept
		add rule inet fire through jump last'
	BEFORE=$(world)
	blocked "table inet fire, chain through" "  nft insert rule inet fire through"
	opens
}

@test "full: one that drops by a map or a queue, or after the hook forward" {
	need nft
	need iptables
	on_host nft 'add table inet fire
		add chain inet fire no
		add rule inet fire no drop
		add chain inet fire through { type filter hook forward priority 10; }
		add rule inet fire through ct state vmap { established : accept, new : goto no }'
	BEFORE=$(world)
	blocked "sends: table inet fire, chain through."
	opens
	on_host nft 'delete table inet fire'
	on_host iptables -A FORWARD -j NFQUEUE # and no program reads it
	BEFORE=$(world)
	blocked "sends: table ip filter, chain FORWARD."
	opens
	on_host iptables -F FORWARD
	# As the kill switch of a VPN has it.
	on_host iptables -t mangle -A POSTROUTING -o uplink -j DROP
	BEFORE=$(world)
	blocked "sends: table ip mangle, chain POSTROUTING."
	opens
}

@test "full: several at once: all of them are named, and none that lets it through" {
	need nft
	need iptables
	on_host iptables -A FORWARD -j DROP
	on_host nft 'add table inet fire
		add chain inet fire through { type filter hook forward priority 10; policy drop; }
		add chain inet fire entry { type filter hook input priority 0; policy drop; }
		add table ip other
		add chain ip other forward { type filter hook forward priority -5; }
		add rule ip other forward accept'
	BEFORE=$(world)
	blocked "sends: table ip filter, chain FORWARD, or table inet fire, chain through."
	lacks "table ip other" "chain entry"
	opens
}

@test "full: ufw and firewalld, by their own commands" {
	need nft
	on_host nft 'add table ip filter
		add chain ip filter ufw-user-forward
		add chain ip filter ufw-before-forward
		add rule ip filter ufw-before-forward jump ufw-user-forward
		add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }
		add rule ip filter FORWARD jump ufw-before-forward'
	BEFORE=$(world)
	blocked "sends: ufw's table ip filter, chain FORWARD."
	same "$(cat "$T/open" "$T/close")" "ufw route allow in on veth-$NAME
ufw route delete allow in on veth-$NAME"
	on_host nft 'delete table ip filter
		add table inet firewalld
		add chain inet firewalld filter_FORWARD { type filter hook forward priority 10; }
		add rule inet firewalld filter_FORWARD reject with icmpx admin-prohibited'
	BEFORE=$(world)
	blocked "a firewall drops what the container sends: firewalld."
	same "$(cat "$T/open" "$T/close")" \
		"firewall-cmd --zone=trusted --add-interface=veth-$NAME
firewall-cmd --zone=trusted --remove-interface=veth-$NAME"
}

@test "full: under sudo the commands begin with sudo" {
	need nft
	on_host nft 'add table inet fire
		add chain inet fire through { type filter hook forward priority 10; policy drop; }'
	BEFORE=$(world)
	SUDO_UID=1234 SUDO_GID=1234 blocked "in another terminal"
	same "$(grep -c '^sudo nft' "$T/open") $(grep -c '^sudo nft .* | sudo nft' "$T/close")" "2 1"
}

@test "full: where it cannot be told who drops, that is what it says" {
	need nft
	on_host nft 'add table inet fire
		add chain inet fire early { type filter hook prerouting priority 0; }
		add rule inet fire early iifname "veth-*" drop'
	BEFORE=$(world)
	blocked "this host drops what the container sends" "another hook"
	lacks "To let this"
	# Rules of other containers and of ours drop what leaves by a cable.
	on_host nft 'delete table inet fire'
	on_host ip -batch - <<-'END'
		link set uplink down
		link set uplink name veth-red
		link set veth-red up
		route add default via 203.0.113.2
	END
	BEFORE=$(world)
	blocked "this host drops what the container sends" "has a name like veth-0"
	lacks "To let this"
}
