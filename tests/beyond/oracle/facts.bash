# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
#
# facts.bash - read a world back: what is there, one fact a line, sorted.
#
# The same functions read the world in which our program ran and the one in which
# the real tools did. Left out is only what is new each time (numbers of processes,
# mounts, interfaces; hardware addresses; what a cgroup counts) and what the kernel
# is still about to do (a carrier, and with it IPv6's address of its own).

KINDS=(cgroup ipc mnt net pid time user uts)

# facts [PID]: of the host of this world; and of the process PID and all that it sees.
# Reading them says no word of an error, and there are some of each kind.
facts() {
	local text kind
	text=$(all_facts "${1-}" 2>"$T/facts.err")
	if [ -s "$T/facts.err" ]; then
		cat "$T/facts.err" >&2
		return 1
	fi
	for kind in mount link address route rule sysctl file cgroup; do
		grep -q "^host $kind " <<<"$text" || {
			echo "no facts of this kind: $kind" >&2
			return 1
		}
	done
	echo "$text"
}

all_facts() {
	{
		mount_facts "$HOST_PID" | sed 's/^/host /'
		network_facts "$HOST_PID" | sed 's/^/host /'
		tree_facts | sed 's/^/host /'
		cgroup_facts | sed 's/^/host /'
		if [ -n "$1" ]; then
			process_facts "$1" | sed 's/^/container /'
			mount_facts "$1" | sed 's/^/container /'
			network_facts "$1" | sed 's/^/container /'
		fi
	} | sed "s,/$CGROUP\>,,g" | LC_ALL=C sort
}

# Which namespaces are its own, who it is, what it may, and what it runs.
process_facts() {
	local kind
	for kind in "${KINDS[@]}"; do
		[ "$(readlink "/proc/$1/ns/$kind")" = "$(readlink "/proc/$HOST_PID/ns/$kind")" ] ||
			echo "namespace of its own: $kind"
	done
	sed 's/^ */uid_map /; s/  */ /g' "/proc/$1/uid_map"
	sed 's/^ */gid_map /; s/  */ /g' "/proc/$1/gid_map"
	sed 's/^/setgroups /' "/proc/$1/setgroups"
	sed -n -E 's/[[:space:]]+/ /g; /^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp|SigIgn|SigBlk)/p' \
		"/proc/$1/status"
	# Its pids, from ours inward: how many, and the last one if that is another.
	awk '/^NSpid/ { print "pids " NF - 1 (NF > 2 ? ", inside " $NF : "") }' "/proc/$1/status"
	tr '\0' ' ' <"/proc/$1/cmdline" | sed 's/^/runs /; s/ $/\n/'
	echo "cwd $(readlink "/proc/$1/cwd")"
	echo "umask $(awk '/^Umask/ { print $2 }' "/proc/$1/status")"
	echo "hostname $(nsenter --uts="/proc/$1/ns/uts" uname -n)"
	sed 's/^/clock /; s/  */ /g' "/proc/$1/timens_offsets"
	grep -E '^[0-9]*:(([^:]*,)?(cpu|memory|pids)(,[^:]*)?)?:' "/proc/$1/cgroup" |
		sed 's/^[0-9]*/in cgroup /'
	# Not what a shell sets by itself.
	tr '\0' '\n' <"/proc/$1/environ" | grep -vE '^(PWD|OLDPWD|SHLVL|_)=' | sed 's/^/environment /'
}

# Every mount: where, on what, its type, source, root, options and propagation.
mount_facts() {
	awk '{
		tied = ""
		for (i = 7; $i != "-"; i++) {
			sub(/:.*/, "", $i)
			tied = tied "," $i
		}
		sub(/:\[[0-9]*\]/, "", $4) # a namespace
		sub(/,nsdelegate/, "") # the whole machine has it, or has it not
		place[$1] = $5
		parent[NR] = $2
		line[NR] = $(i + 1) " " $(i + 2) " " $4 " " $6 " " $(i + 3) " " \
			(tied == "" ? "private" : substr(tied, 2))
		path[NR] = $5
	} END {
		for (i = 1; i <= NR; i++)
			print "mount " path[i] " on " (parent[i] in place ? place[parent[i]] : "nothing") \
				": " line[i]
	}' "/proc/$1/mountinfo"
}

# Interfaces, addresses, routes, rules of nftables and sysctls, where PID is.
network_facts() {
	local inside=(nsenter -t "$1" -n)
	"${inside[@]}" ip -d -o link | sed -E 's/^[0-9]+: /link /; s/@[^:]*/@/; s/\\/ /g
		s/[<,](NO-CARRIER|LOWER_UP)\>//g; s/ state [A-Z]+//; s,link/ether [0-9a-f:]+,link/ether,
		s/link-netnsid [0-9]+/link-netnsid/; s/  +/ /g'
	"${inside[@]}" ip -o addr | grep -v 'scope link' | sed -E 's/^[0-9]+: /address /; s/\\.*//; s/ +/ /g'
	"${inside[@]}" ip -4 route show table all | sed 's/^/route /; s/ linkdown//; s/ *$//'
	"${inside[@]}" ip rule | sed 's/^/rule /'
	# Each line with the braces that it stands in.
	"${inside[@]}" nft -s -n list ruleset 2>&1 | awk '
	function where(  i, text) {
		text = "nft"
		for (i = 1; i <= depth; i++)
			text = text " " path[i]
		return text
	}
	/^# Warning: .* is managed by iptables-nft/ { next }
	{ gsub(/^[ \t]+| # progname.*$/, "") }
	/{$/ { path[++depth] = substr($0, 1, length($0) - 2); next }
	$0 == "}" { print where(), "is there"; depth--; next }
	$0 != "" { print where(), ++n[where()], $0 }'
	"${inside[@]}" sh -c 'cd /proc/sys/net/ipv4
		grep . ip_forward conf/*/forwarding conf/*/rp_filter conf/*/proxy_arp' | sed 's/^/sysctl /'
}

# The files of this world: kind, mode, owner, where a link leads, a checksum.
tree_facts() {
	on_host sh -c 'cd "$1" && find . -xdev -name glue -prune -o -printf "%p\t%y %m %U:%G %l\n" &&
		find . -xdev -name glue -prune -o -type f -exec sha256sum {} +' sh "$WORLD" |
		sed 's/^/file /; s/\t/ /g; s/  */ /g'
}

# The groups of this world: every file that is not a count, and who is in there.
cgroup_facts() {
	on_host sh -c '
	cd /sys/fs/cgroup || exit 1
	find . -type d | sed "s/^/cgroup /"
	find . -mindepth 2 -type f -perm -400 | while read -r file; do
		case ${file##*/} in
		cgroup.procs)
			while read -r pid; do
				echo "cgroup $file has $(cat /proc/$pid/comm)"
			done <$file ;;
		*stat* | *usage* | *current* | *peak* | *events* | *pressure* | *watermark* | tasks | *.threads) ;;
		*) sed "s,^,cgroup $file: ," $file 2>/dev/null ;;
		esac
	done'
}
