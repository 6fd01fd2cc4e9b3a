#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153 # NAME and others: container.bash has them
#
# The whole container at a terminal: each test has one, which "script" makes.
load lab
load container

# line ARG...: the command line of "container ARG..." as text for a shell.
line() { printf '%q ' "$TOP/full/container" --name "$NAME" --rootfs "$ROOT" "$@"; }

# terminal LINE: on the host, on a terminal with 33 rows and 77 columns, have bash do
# LINE. What is on the screen goes to $T/screen; the settings of the terminal before
# and after LINE to $T/before and $T/after; the exit status to $T/status.
terminal() {
	need script
	mkfifo "$T/keys"
	cat >"$T/session" <<-END
		stty rows 33 cols 77
		tty >tty
		stty -g >before
		$1
		echo \$? >status
		stty -g >after
	END
	# Without job control bash would have what is in the background ignore Ctrl-C.
	set -m
	# And what nohup or a shell has had us ignore is not for those in there.
	background_on "$HOST_PID" TERMINAL sh -c 'cd "$1"
		env=
		! env --default-signal true 2>/dev/null || env="env --default-signal"
		exec $env script -qefc "bash session" /dev/null <keys >screen 2>&1' sh "$T"
	set +m
	exec {KEYS}>"$T/keys"
}

# types TEXT: on the keyboard of that terminal; \n is Enter, \003 is Ctrl-C.
types() { printf %b "$1" >&"$KEYS"; }

# shows TEXT: it comes to be on the screen.
shows() {
	wait_for grep -aF -- "$1" "$T/screen" || {
		cat -v "$T/screen" >&2
		return 1
	}
}

# finished STATUS: LINE ends with STATUS, and leaves the terminal as it was.
finished() {
	wait_for [ -s "$T/after" ] || {
		cat -v "$T/screen" >&2
		return 1
	}
	wait_for is_gone "$TERMINAL"
	same "$(cat "$T/status")" "$1" && same "$(cat "$T/after")" "$(cat "$T/before")"
}

# sleeps SECONDS: some process of the container $NAME does.
sleeps() {
	local pid
	while read -r pid; do
		[[ $(tr '\0' ' ' <"/proc/$pid/cmdline") != *"sleep $1 " ]] || return 0
	done <"$(dir memory "$NAME")/cgroup.procs"
	return 1
}
sleeps_not() { ! sleeps "$1"; }

# settings: those of the terminal now.
settings() { on_host stty -F "$(cat "$T/tty")" "$@"; }

@test "full: with no COMMAND it is a shell, on a terminal of the container's own" {
	terminal "$(line)"
	shows '/ # '
	types 'ps\n'
	shows '1 root     /bin/sh'
	types 'tty; stty size\n'
	shows /dev/pts/0
	shows '33 77'
	types 'echo x-$((40+2)) > /dev/stdout\n'
	shows x-42
	types 'echo y-$((40+2)) > /dev/tty; exit 5\n'
	shows y-42
	finished 5
	as_before
}

@test "full: Ctrl-C, Ctrl-Z and Ctrl-D belong to what runs inside" {
	terminal "$(line)"
	shows '/ # '
	types '/bin/sleep 100\n'
	wait_for runs sleep
	types '\003'
	wait_for runs_no sleep
	types 'echo status-$?\n'
	shows status-130
	types '/bin/sleep 101\n'
	wait_for runs sleep
	types '\032'
	shows Stopped
	types 'echo still-$((1+1))\n'
	shows still-2
	runs sleep
	types 'fg\n'
	# Before, Ctrl-C would be meant for the shell, which forgets what was typed.
	wait_for goes_on sleep
	types '\003'
	wait_for runs_no sleep
	types 'echo again-$((1+1))\n'
	shows again-2
	types '\004'
	finished 0
	as_before
}

@test "full: the terminal inside has the size of the host's, also when that changes" {
	terminal "$(line)"
	shows '/ # '
	settings rows 40 cols 100
	types 'while [ "$(stty size)" != "40 100" ]; do sleep 0.1; done; echo is-$((1+1))\n'
	shows is-2
	types 'exit\n'
	wait_for [ -s "$T/after" ]
	same "$(cat "$T/status")" 0
	same "$(cat "$T/after")" "$(cat "$T/before")"
}

@test "full: the host's terminal is as before when the launcher is told to end" {
	local pid
	terminal "$(line)"
	shows '/ # '
	# Meanwhile it is not.
	[ "$(settings -g)" != "$(cat "$T/before")" ]
	pid=$(pid_of "$NAME")
	kill -TERM "$(field PPid "$pid")"
	finished 143
	as_before
}

@test "full: the host's terminal is as before when the launcher is killed, too" {
	local pid
	# The relay is a process of its own, and needs a moment after that.
	terminal "$(line); echo \$? >killed
		until [ \"\$(stty -g)\" = \"\$(cat before)\" ]; do sleep 0.1; done; true"
	shows '/ # '
	[ "$(settings -g)" != "$(cat "$T/before")" ]
	pid=$(pid_of "$NAME")
	kill -KILL "$(field PPid "$pid")"
	finished 0
	same "$(cat "$T/killed")" 137
	wait_for is_gone "$pid"
	run container true
	check 0
	wait_for as_before
}

@test "full: when the host's terminal goes the container ends" {
	local pid
	terminal "$(line "${STAY[@]}")"
	wait_for [ -e "$ROOT/ready" ]
	pid=$(pid_of "$NAME")
	kill -KILL "$TERMINAL"
	wait_for is_gone "$pid"
	wait_for as_before
}

@test "full: all that is printed arrives, however much" {
	terminal "$(line seq 20000)"
	finished 0
	same "$(tr -d '\r' <"$T/screen" | grep -a '^[0-9]')" "$(seq 20000)"
}

@test "full: Ctrl-D ends what is typed, also when only stdin is a terminal" {
	terminal "$(line cat) >out"
	wait_for runs cat
	types 'one\ntwo\004'
	wait_for grep -a two "$T/screen"
	types '\004'
	finished 0
	same "$(cat "$T/out")" "$(printf 'one\ntwo')"
	as_before
}

@test "full: when only stdin or only stdout is a terminal the other is left as it is" {
	echo 'tty; echo a-$((40+2)); [ -t 1 ] && echo out-$((40+2))' >"$T/in"
	terminal "$(line sh) <in; $(line tty) | cat >out"
	finished 0
	shows "not a tty"
	shows a-42
	shows out-42
	same "$(cat "$T/out")" /dev/pts/0
	as_before
}

@test "full: Ctrl-D ends one input, and not the next one" {
	terminal "$(line sh) | cat >out"
	wait_for runs sh
	types 'cat >/typed\none\ntwo\004'
	wait_for grep two "$ROOT/typed"
	types '\004'
	wait_for runs_no cat
	types 'echo still-$((1+1)); exit 4\n'
	wait_for grep still-2 "$T/out"
	finished 0
	same "$(cat "$ROOT/typed")" "$(printf 'one\ntwo')"
	as_before
}

@test "full: in the background it neither stops nor touches the terminal" {
	# Job control gives it a process group of its own.
	terminal "set -m; $(line echo back-ground) & wait \$!; echo \$? >first
		$(line "${STAY[@]}") & read -r word; echo \$word >typed; fg %%"
	shows back-ground
	wait_for [ -s "$T/first" ]
	same "$(cat "$T/first")" 0
	wait_for [ -e "$ROOT/ready" ]
	same "$(settings -g)" "$(cat "$T/before")"
	types 'for-the-shell\n'
	wait_for [ -s "$T/typed" ]
	same "$(cat "$T/typed")" for-the-shell
	# In the foreground it is as if it had been started there.
	is_raw() { [ "$(settings -g)" != "$(cat "$T/before")" ]; }
	wait_for is_raw
	kill -TERM "$(field PPid "$(pid_of "$NAME")")"
	finished 143
	as_before
}

@test "full: in the background SIGTERM ends it, too" {
	terminal "set -m; $(line "${STAY[@]}") & echo \$! >pid; wait \$!"
	wait_for [ -e "$ROOT/ready" ]
	kill -TERM "$(cat "$T/pid")"
	finished 143
	as_before
}

@test "full: the size is the host's also when only stdout is a terminal" {
	terminal "$(line sh -c 'until [ "$(stty size </dev/tty)" = "40 100" ]; do
		touch /asked; sleep 0.1; done; echo is-$((1+1))') </dev/null"
	wait_for [ -e "$ROOT/asked" ]
	settings rows 40 cols 100
	shows is-2
	finished 0
}

@test "full: it ends though a process of the host's has the container's terminal open" {
	local pid holder
	terminal "$(line sh -c ': >/ready; read word; echo last-$word')"
	wait_for [ -e "$ROOT/ready" ]
	pid=$(pid_of "$NAME")
	background holder sh -c 'exec sleep 600 <>"/proc/$1/root/dev/pts/0"' sh "$pid"
	wait_for is_named "$holder" sleep
	types 'word\n'
	shows last-word
	finished 0
	kill -0 "$holder"
	as_before
}

@test "enter: it has a terminal of its own, and the host's is as before at the end" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	terminal "$(printf '%q ' "$TOP/full/container" --enter "$NAME")"
	shows '/ # '
	types 'tty; stty size\n'
	shows /dev/pts/0
	shows '33 77'
	types 'echo x-$((40+2)) > /dev/tty\n'
	shows x-42
	types '/bin/sleep 100\n'
	wait_for sleeps 100
	types '\003'
	wait_for sleeps_not 100
	types 'echo status-$?; exit 5\n'
	shows status-130
	finished 5
	end_of "$LAUNCHER" 15
	as_before
}

@test "enter: it ends when it is told to, though root inside stops whoever comes in" {
	local LAUNCHER
	start LAUNCHER "$NAME" -- sh -c ': >/ready; while :; do kill -STOP -1; done 2>/dev/null'
	terminal "hung=no; for i in 1 2 3 4 5; do
		timeout --foreground -k 10 1 $(printf '%q ' "$TOP/full/container" --enter "$NAME" true)
		[ \$? != 137 ] || hung=yes; done; [ \$hung = no ]"
	TRIES=3000 wait_for [ -s "$T/after" ]
	finished 0
	end_of "$LAUNCHER" 15
	as_before
}

@test "enter: the host's terminal is as before when the process outside is killed" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	terminal "$(printf '%q ' "$TOP/full/container" --enter "$NAME"); echo \$? >killed
		until [ \"\$(stty -g)\" = \"\$(cat before)\" ]; do sleep 0.1; done; true"
	shows '/ # '
	[ "$(settings -g)" != "$(cat "$T/before")" ]
	kill -KILL "$(pgrep -of "^$TOP/full/container --enter $NAME")"
	finished 0
	same "$(cat "$T/killed")" 137
	end_of "$LAUNCHER" 15
	as_before
}
