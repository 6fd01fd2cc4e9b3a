# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2034 # output: for the tests to read
#
# machine.bash - words for the machine that "run" has booted. Its user is "learner", who may
# use sudo and has a home of mode 0700. $DISTRO is the folder of this run.

# The machine is slow beside others.
PATIENCE=300
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/lab.bash
. "$HERE/../../lab.bash"
# shellcheck source=tests/beyond/tutorial/terminal.bash
. "$HERE/../tutorial/terminal.bash"

# --- the machine as a whole ------------------------------------------------------------

# write_ssh_config KEY: one connection serves all commands, since a login takes seconds.
write_ssh_config() {
	cat >"$DISTRO/ssh" <<-END
		Host machine
		HostName 127.0.0.1
		User learner
		IdentityFile "$1"
		StrictHostKeyChecking no
		UserKnownHostsFile /dev/null
		ConnectTimeout 3
		LogLevel ERROR
		ControlMaster auto
		ControlPath "$DISTRO/%n"
		ControlPersist 600
	END
}

# guest COMMAND: run it in a session of learner's. Its standard input is ours.
guest() { ssh -F "$DISTRO/ssh" machine "$@" 3>&-; }

panicked() { grep -aqs 'Kernel panic' "$DISTRO/serial"; }
wait_for_guest() {
	local try
	for ((try = 0; try < 300; try++)); do
		! guest true 2>/dev/null </dev/null || return 0
		! panicked || return 1
		sleep 1
	done
	return 1
}

# monitor COMMAND: have qemu do it, and wait until it has: then it asks for another.
monitor() {
	local prompts
	prompts=$(grep -c '^(qemu)' "$DISTRO/said")
	echo "$1" >"$DISTRO/monitor"
	until [ ! -d "/proc/$QEMU" ] || [ "$(grep -c '^(qemu)' "$DISTRO/said")" -gt "$prompts" ]; do
		sleep 0.1
	done
}

# keep_as STATE, back_to STATE: the whole machine, its memory and its disk.
keep_as() {
	guest -O exit 2>/dev/null || true
	monitor "savevm $1"
}
back_to() {
	guest -O exit 2>/dev/null || true
	monitor "loadvm $1"
	wait_for_guest
}

# remember, as_before: all on it that a container must leave as it was.
remember() { guest sudo bash -s <"$HERE/state" >"$DISTRO/before"; }
as_before() {
	local try
	for try in 1 2 3 4 5; do
		guest sudo bash -s <"$HERE/state" >"$DISTRO/after"
		! cmp -s "$DISTRO/before" "$DISTRO/after" || return 0
		sleep 1 # udev and others are not done yet
	done
	diff "$DISTRO/before" "$DISTRO/after"
}

# --- its terminals -----------------------------------------------------------------------

# open_terminals: "first" and "second", two of learner's, in the project's folder if there
# is one. Their bash has a plain prompt, which read_to_prompt knows.
open_terminals() {
	local name folder shell
	folder=$(mktemp -d -p "$DISTRO")
	shell='bash --noediting --rcfile <(echo "PS1=\"\$ \" HISTFILE=; cd my-first-container 2>/dev/null") -i'
	for name in first second; do
		open_terminal $name "$folder" ssh -F "$DISTRO/ssh" -t machine "$shell" 3>&-
	done
}

# What still runs there gets a SIGHUP.
close_terminals() {
	local pid
	for pid in $(jobs -p); do
		kill "$pid" 2>/dev/null || true
	done
}

# typed NAME LINE: in that terminal; then what it has printed is in $output.
typed() {
	type_line "$1" "$2" || { echo "no prompt after $2: $PRINTED" >&2; return 1; }
	output=$PRINTED
}

# has WORD...: what was printed last has every WORD in it.
has() { status=0 && check 0 "$@"; }

# --- what people do there ------------------------------------------------------------------

# run_container LINE: in the first terminal, and come to the prompt of the shell in it. What
# the launcher has said before that goes to $REMARKS.
run_container() {
	typed first "$1"
	same "$SHOWN" "/ #" || { echo "$output" >&2; return 1; }
	REMARKS=$(sed -n '/^container: /,/^$/p' <<<"$output")
}

# ends: leave it.
ends() {
	typed first exit
	same "$SHOWN" '$'
}

# reaches_outside, cut_off: from the container in the first terminal. (busybox's ping keeps
# its number, so that conntrack could let it through where nothing else passes any more; and
# with -T and a name bookworm's wget crashes.)
reaches_outside() {
	typed first 'wget -q -O - http://example.test/'
	same "$output" "a page from outside"$'\n'
	typed first 'ping -c 1 -W 5 example.test'
	has "1 packets received"
}
cut_off() {
	typed first 'wget -T 3 -q -O - http://10.0.2.2/ || echo "nothing came"'
	has "nothing came"
}

# behind_a_firewall WORD: the container is cut off, and says so with WORD in it. What it
# prints is typed as it stands: what lets it through, and then what takes that back.
behind_a_firewall() {
	local line open close
	run_container 'sudo make run'
	echo "$REMARKS"
	[[ $REMARKS == *"$1"* ]]
	cut_off
	mapfile -t open < <(sed -n '/take that back/q; s/^  //p' <<<"$REMARKS")
	mapfile -t close < <(sed -n '1,/take that back/d; s/^  //p' <<<"$REMARKS")
	for line in "${open[@]}"; do typed second "$line" && echo "$output"; done
	reaches_outside
	ends
	run_container 'sudo make run'
	same "$REMARKS" ""
	reaches_outside
	ends
	for line in "${close[@]}"; do typed second "$line" && echo "$output"; done
}
