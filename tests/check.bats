#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
#
# Machines as people bring them: on each the container works, or says in one line what
# is in the way; and --check says the same without starting it.
load lab
load container

# check_says VERDICT WORD...: --check has a finding that begins with VERDICT (ok, note,
# problem) and has every WORD in it; its status says whether there is a problem; and
# it has changed nothing.
check_says() {
	local verdict=$1 word found wanted=0
	shift
	[ "$verdict" != problem ] || wanted=1
	run container --check
	check "$wanted" && as_before || return 1
	# With what follows, indented.
	found=$(sed -n "/^$verdict /,/^[a-z]/{/^$verdict\|^[[:space:]]/p}" <<<"$output")
	[ -n "$found" ] || return 1
	for word in "$@"; do
		if [[ $found != *"$word"* ]]; then
			echo "no $verdict with \"$word\": $output" >&2
			return 1
		fi
	done
}

# starts [WORD...]: the container works and reaches the internet as the host; and what
# it says on stderr has every WORD in it, or is nothing.
starts() {
	container timeout 10 wget -q -O - "$WHO" >"$T/out" 2>"$T/err" || {
		cat "$T/err" >&2
		return 1
	}
	same "$(tr -dc '0-9.' <"$T/out")" 203.0.113.1
	run cat "$T/err"
	check 0 "$@" && as_before
	[ $# -gt 0 ] || [ -z "$output" ]
}

# A firewall as Docker makes it, with DOCKER-USER, or without.
firewall() {
	on_host nft -f - <<-END
		table ip filter {
			chain DOCKER-USER {
			}
			chain FORWARD {
				type filter hook forward priority 0; policy drop;
				${1:-jump DOCKER-USER}
			}
		}
	END
	[ $# -eq 0 ] || on_host nft delete chain ip filter DOCKER-USER
	BEFORE=$(world)
}

# Put the commands that $output gives into $T/open, and those that take them back
# into $T/close: two lines and COUNT.
commands() {
	sed -n '/To let this/,/take that back/s/^[[:space:]]*  //p' <<<"$output" >"$T/open"
	sed -n '/take that back/,$s/^[[:space:]]*  //p' <<<"$output" >"$T/close"
	same "$(wc -l <"$T/open") $(wc -l <"$T/close")" "2 $1"
}

@test "check: on a plain machine all is well, and nothing is changed" {
	lab_web_server
	host_etc
	echo 'nameserver 198.51.100.1' >"$T/etc/resolv.conf"
	BEFORE=$(world)
	check_says ok
	same "$(grep -vc '^ok ' <<<"$output")" 0
	same "${#lines[@]}" 10
	starts
	check_says ok
}

@test "check: with --no-net it does not look at the network" {
	run container --no-net --check
	check 0
	lacks veth "way out" "name servers"
	as_before
}

@test "check: a container of that name that runs is a problem" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	BEFORE=$(world)
	check_says problem name "$NAME runs already, as process $(pid_of "$NAME")"
	end_of "$LAUNCHER" 15
	BEFORE=$(world)
	check_says ok
}

@test "check: a limit or a rootfs that cannot be is a problem" {
	run container --rootfs "$T/none/at all" --check
	check 1 "problem  rootfs: mkdir $T/none/at all: No such file or directory"
	mkdir "$T/else"
	run container --rootfs "$T/else" --check
	check 1 "problem  rootfs: $T/else belongs to user 0"
	run container --busybox /nonexistent --check
	check 1 "problem  rootfs: /nonexistent: No such file"
	on_host mount -t tmpfs -o ro none /sys/fs/cgroup
	run container --check
	check 1 "problem  limits: "
	on_host umount /sys/fs/cgroup
	as_before
}

# opens: what $output gives lets the container through, and is taken back.
opens() {
	local before=$BEFORE
	on_host sh -e "$T/open"
	BEFORE=$(world)
	[ "$BEFORE" != "$before" ]
	starts "a firewall drops"
	on_host sh -e "$T/close"
	same "$(world)" "$before"
}

@test "check: Docker's firewall is named, with commands that open it and close it again" {
	need nft
	need iptables
	lab_web_server
	firewall
	check_says note "way out: a firewall drops" "table ip filter, chain FORWARD" \
		"iptables -I DOCKER-USER"
	run container sh -c "timeout 3 wget -q -O - $WHO || echo blocked"
	check 0 blocked "a firewall drops"
	as_before
	commands 2
	opens
}

@test "check: a firewall that drops without Docker is named, and opened, too" {
	need nft
	need iptables
	lab_web_server
	firewall 'ct state invalid drop'
	check_says note "table ip filter, chain FORWARD" "iptables -I FORWARD"
	commands 2
	opens
}

@test "check: so is one in a table of another name, in the language of nft" {
	need nft
	lab_web_server
	on_host nft -f - <<-END
		table inet fire {
			chain through {
				type filter hook forward priority 10; policy drop;
			}
		}
	END
	BEFORE=$(world)
	check_says note "table inet fire, chain through" "nft insert rule inet fire through"
	commands 1
	opens
}

@test "check: a home network that is 192.168.1.0/24 is left alone" {
	on_host ip addr flush dev uplink
	on_host ip addr add 192.168.1.7/24 dev uplink
	on_host ip addr add 203.0.113.1/24 dev uplink
	on_host ip route add default via 203.0.113.2
	lab_web_server
	BEFORE=$(world)
	check_says note "way out: 192.168.1.0/24 is in use on uplink: taking 192.168.2.0/24"
	starts "taking 192.168.2.0/24"
}

@test "check: without a default route it says that there is no way out" {
	on_host ip route del default
	BEFORE=$(world)
	check_says note "way out: this host has no default route" --uplink
}

@test "check: a resolv.conf with 127.0.0.53 alone is worth a note" {
	host_etc
	lab_web_server
	echo 'nameserver 127.0.0.53' >"$T/etc/resolv.conf"
	BEFORE=$(world)
	check_says note "name servers: no name server that the container could reach"
	starts
	on_host mkdir -p /run/systemd/resolve
	on_host sh -c 'echo nameserver 198.51.100.3 >/run/systemd/resolve/resolv.conf'
	check_says ok
}

@test "check: in Docker or LXC, where parts of /proc are covered, it says so" {
	on_host mount --bind /dev/null /proc/meminfo
	on_host mount --bind -o ro /proc/sys /proc/sys
	BEFORE=$(world)
	check_says problem "namespaces: mount proc" "as in Docker or LXC"
	refused 1 "as in Docker or LXC" --no-net true
}

@test "check: who is not root is told so" {
	run on_host setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" --check
	check 1 "problem  root: " sudo
	one_line
	as_before
}
