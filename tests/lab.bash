# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2034 # status, output and lines: for the tests to read
#
# lab.bash - what every test file loads: a lab of namespaces, and words for it.
#
# A lab has a "host" and an "internet" beyond it, each a process that sleeps in
# namespaces of its own:
#
#     container  <-- made by the test -->  host  <-- cable -->  internet
#                                 203.0.113.1/24                203.0.113.2/24
#
# The internet knows no way to 192.168.1.0/24: only what leaves the host with the
# host's address gets an answer. Nothing of the machine's own network or mounts
# is touched. As an ordinary user the lab lives in a user namespace.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# $BUSYBOX: the static one that the tests put into their rootfs.
for BUSYBOX in /bin/busybox /usr/bin/busybox /usr/sbin/busybox /bin/busybox.static \
	/usr/bin/busybox-static; do
	[ -x "$BUSYBOX" ] && break
done
export TOP BUSYBOX
# Where ip and nft are, which not every user has in the PATH.
PATH=$PATH:/usr/sbin:/sbin

# Every test has a directory of its own at $T. Call these from setup and teardown.
lab_setup() {
	# With -T bats notes each command of each function, to say the line at which
	# a test failed. Where programs are emulated that is too slow.
	[ -z "${LAB_VM-}" ] || set +T
	T=$(mktemp -d "${TMPDIR:-/tmp}/lab.XXXXXX")
	chmod 755 "$T"
	LAB_PIDS=()
	export HOME=$T/home
	mkdir "$HOME"
}

lab_teardown() {
	local pid
	for pid in "${LAB_PIDS[@]}"; do
		kill -KILL "$pid" 2>/dev/null || true
	done
	for pid in "${LAB_PIDS[@]}"; do
		wait "$pid" 2>/dev/null || true
	done
	rm -rf --one-file-system "$T"
}

# background VAR COMMAND...: start COMMAND, a program, in the background, to be ended
# with the test; its pid goes into VAR.
background() {
	local var=$1
	shift
	"$@" 3>&- </dev/null >/dev/null 2>&1 &
	LAB_PIDS+=($!)
	printf -v "$var" %s $!
}

# wait_for COMMAND...: try COMMAND until it succeeds, for ten seconds (TRIES=500).
wait_for() {
	local try never
	"$@" >/dev/null 2>&1 && return 0
	exec {never}<> <(:) # nobody writes to this pipe: a wait that starts no program
	for ((try = 1; try < ${TRIES:-500}; try++)); do
		read -rt 0.02 -u "$never" || true
		if "$@" >/dev/null 2>&1; then
			exec {never}>&-
			return 0
		fi
	done
	exec {never}>&-
	echo "waited in vain for: $*" >&2
	return 1
}

is_named() {
	local name
	read -r name <"/proc/$1/comm" && [ "$name" = "$2" ]
}

# sleeper VAR [COMMAND...]: by COMMAND, which makes namespaces and execs, start a
# process that sleeps in them.
sleeper() {
	local var=$1
	shift
	background "$var" "$@" sleep 600
	wait_for is_named "${!var}" sleep
}

is_root() { [ "$EUID" = 0 ]; }

# enter PID: put into NS the command that runs another one where PID is. It execs,
# so with background the pid is that of the command itself.
enter() {
	NS=(nsenter -t "$1" -n -m --)
	is_root || NS=(nsenter -t "$1" -U --preserve-credentials -n -m --)
}
on() {
	local NS
	enter "$1"
	shift
	"${NS[@]}" "$@"
}
on_host() { on "$HOST_PID" "$@"; }
on_internet() { on "$INTERNET_PID" "$@"; }
on_container() { on "$CONTAINER_PID" "$@"; }

# network PID: the interfaces there (a new one has a new number), addresses and routes,
# without what changes by itself a moment later.
network() {
	on "$1" sh -c 'ip -o link; ip -o -4 addr; ip route' |
		sed -e 's/: <.*//' -e 's/ linkdown//'
}

# background_on PID VAR COMMAND...: background, where PID is.
background_on() {
	local NS
	enter "$1"
	shift
	local var=$1
	shift
	background "$var" "${NS[@]}" "$@"
}

# Start "host". As an ordinary user its root is that user.
lab_host() {
	need ip
	if is_root; then
		sleeper HOST_PID unshare -n -m --
	else
		need userns
		sleeper HOST_PID unshare -r -n -m --
	fi
	on_host ip link set lo up
}

# Start "host" and "internet", with the cable "uplink" between them.
lab_internet() {
	lab_host
	lab_neighbour INTERNET_PID
	on_host ip -batch - <<-END
		link add uplink type veth peer name eth0 netns $INTERNET_PID
		addr add 203.0.113.1/24 dev uplink
		link set uplink up
		route add default via 203.0.113.2
	END
	on_internet ip -batch - <<-END
		addr add 203.0.113.2/24 dev eth0
		link set eth0 up
		link set lo up
	END
}

# lab_neighbour VAR: a process that sleeps in a network namespace of its own; it
# belongs to the host's user namespace, so that the host may wire it.
lab_neighbour() {
	local NS
	enter "$HOST_PID"
	sleeper "$1" "${NS[@]}" unshare -n --
}

# The process that a lesson is pointed at: CONTAINER_PID.
lab_container() { lab_neighbour CONTAINER_PID; }

# On the internet, at http://203.0.113.2/cgi-bin/who: the address that the request
# came from, as the server saw it.
lab_web_server() {
	mkdir -p "$T/www/cgi-bin"
	# shellcheck disable=SC2016 # the web server sets it
	printf '#!%s sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n%%s" "$REMOTE_ADDR"\n' \
		"$BUSYBOX" >"$T/www/cgi-bin/who"
	chmod 755 "$T/www" "$T/www/cgi-bin" "$T/www/cgi-bin/who"
	background_on "$INTERNET_PID" WEB_PID "$BUSYBOX" httpd -f -p 80 -h "$T/www"
	wait_for on_internet "$BUSYBOX" wget -q -O /dev/null http://127.0.0.1/cgi-bin/who
}

# lab_rootfs DIR: a tree as the article's, quickly: busybox and a few links.
lab_rootfs() {
	mkdir -p "$1"/{proc,sys,dev,tmp,bin,root,etc}
	cp "$BUSYBOX" "$1/bin/busybox"
	# shellcheck disable=SC2016 # for that shell, which need not exec its own ln
	(cd "$1/bin" && ./busybox sh -c 'for name; do ln -s busybox "$name"; done' sh \
		sh ls cat ps id mount umount readlink grep sleep true false echo hostname ip wget)
}

# need COMMAND|root|userns|compiler|cgroup2|cgroup1|vm-KIND: skip the test, with the
# reason, where it cannot be; vm-KIND is a boot of "make test-vm".
need() {
	case $1 in
	nft) need_command nft nftables ;;
	iptables) need_command iptables iptables ;;
	newuidmap) need_command newuidmap uidmap ;;
	ip) need_command ip iproute2 ;;
	pgrep) need_command pgrep procps ;;
	script) need_command script util-linux ;;
	root) is_root || skip "needs root" ;;
	userns) unshare -r true 2>/dev/null ||
		skip "this machine lets only root make a user namespace" ;;
	strace) need_command strace strace ;;
	cgroup2) grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null ||
		skip "this machine's cgroup v2 has no controllers" ;;
	compiler) { command -v cc && command -v make; } >/dev/null || skip "needs cc and make" ;;
	cgroup1) [ -d /sys/fs/cgroup/memory ] ||
		skip "this machine has no cgroup v1 controllers" ;;
	vm-*) [ "vm-${LAB_VM-}" = "$1" ] ||
		skip "needs a machine of its own (make test-vm)" ;;
	*) echo "need $1?" >&2; return 1 ;;
	esac
}

# need_command NAME PACKAGE: a base system need not have it.
need_command() {
	command -v "$1" >/dev/null || skip "needs $1 (package $2)"
}

# run COMMAND...: like the run of bats, whose later versions frown at a status of 127,
# and which sets the same variables.
run() {
	status=0
	output=$("$@" 2>&1) || status=$?
	lines=()
	[ -z "$output" ] || mapfile -t lines <<<"$output"
}

# check STATUS WORD...: the last "run" ended with STATUS, and what it printed has
# every WORD (a piece of text) in it.
check() {
	local status_wanted=$1 word
	shift
	if [ "$status" -ne "$status_wanted" ]; then
		echo "status $status, not $status_wanted: $output" >&2
		return 1
	fi
	for word in "$@"; do
		if [[ $output != *"$word"* ]]; then
			echo "\"$word\" is not in: $output" >&2
			return 1
		fi
	done
}

# lacks WORD...: what the last "run" printed has none of them in it.
lacks() {
	local word
	for word in "$@"; do
		if [[ $output == *"$word"* ]]; then
			echo "\"$word\" is in: $output" >&2
			return 1
		fi
	done
}

# one_line: the last "run" printed just one line: an error is one clear line.
one_line() {
	[ "${#lines[@]}" -eq 1 ] || {
		printf 'not one line: %s\n' "$output" >&2
		return 1
	}
}

# same A B: two texts are one.
same() {
	[ "$1" = "$2" ] || {
		printf -- '--- this:\n%s\n--- is not this:\n%s\n' "$1" "$2" >&2
		return 1
	}
}
