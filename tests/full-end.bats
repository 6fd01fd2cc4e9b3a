#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153 # NAME and others: container.bash has them
#
# The whole container: its end and its name.
load lab
load container

# --- the end ------------------------------------------------------------------

@test "full: the exit status is COMMAND's; 127 not found; 126 not executable" {
	run container true
	check 0
	same "$output" ""
	run container sh -c 'exit 7'
	check 7
	same "$output" ""
	refused 127 "/none: No such file or directory" /none
	refused 126 "/etc/passwd: Permission denied" /etc/passwd
	# Also for a caller who does not want to know of his children.
	run on_host env --ignore-signal=CHLD "$TOP/full/container" --name "$NAME" \
		--rootfs "$ROOT" sh -c 'exit 7'
	check 7
	# Who is left behind ends with process 1.
	run container sh -c '/bin/sleep 600 >/dev/null 2>&1 & exit 3'
	check 3
	as_before
}

@test "full: when COMMAND is killed from outside the status is 137" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	kill -KILL "$(pid_of "$NAME")"
	ended_by 137 "$LAUNCHER"
	as_before
}

@test "full: a signal that ends the launcher ends the container, and all is undone" {
	local LAUNCHER number
	# Process 1 has no handler: of SIGTERM the kernel does not even tell it.
	for number in HUP INT QUIT ABRT SEGV USR1 ALRM TERM XFSZ RTMAX; do
		number=$(kill -l "$number")
		start LAUNCHER "$NAME"
		end_of "$LAUNCHER" "$number"
		as_before
	done
}

@test "full: a signal that nohup or a script has had it ignore does not end it" {
	local LAUNCHER number
	background_on "$HOST_PID" LAUNCHER env --ignore-signal=HUP,INT,QUIT,ALRM,RTMAX "$PROGRAM" \
		--name "$NAME" --rootfs "$ROOT" -- "${STAY[@]}"
	wait_for [ -e "$ROOT/ready" ]
	for number in HUP INT QUIT ALRM RTMAX; do
		kill "-$number" "$LAUNCHER"
	done
	sleep 0.3
	pid_of "$NAME"
	# The launcher itself uses SIGALRM, to kill what has not ended after a second.
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: a signal that ends no program by default does not end it" {
	local LAUNCHER number
	start LAUNCHER "$NAME"
	kill -STOP "$LAUNCHER"
	wait_for grep '^State:.T' "/proc/$LAUNCHER/status"
	for number in CONT URG WINCH; do
		kill "-$number" "$LAUNCHER"
	done
	# The launcher waits for signals all the time, so it would have taken one of these by now.
	wait_for grep '^ShdPnd:.0*$' "/proc/$LAUNCHER/status"
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: when nobody reads any more what it says all is undone" {
	local lines
	container true # the rootfs stands
	BEFORE=$(world)
	for lines in 1 15 30 45 60; do
		# shellcheck disable=SC2016 # for the shell on the host
		on_host sh -c '"$@" 2>&1 | head -n '"$lines" sh \
			"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" -v true
		wait_for as_before
	done
}

@test "full: a COMMAND that handles SIGTERM has its chance to" {
	local LAUNCHER
	start LAUNCHER "$NAME" -- sh -c 'trap "echo bye >/said; exit 3" TERM
		: >/ready; while :; do /bin/sleep 0.05; done'
	end_of "$LAUNCHER" 15
	same "$(cat "$ROOT/said")" bye
	as_before
}

@test "full: when the launcher is killed all but an empty cgroup goes by itself" {
	local LAUNCHER pid
	set_forward 1
	BEFORE=$(world)
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	without_groups() { same "$(world | grep -v ^/sys/fs/cgroup/)" "$BEFORE"; }
	wait_for without_groups
	[ -d "$(dir memory "$NAME")" ]

	run container hostname
	check 0
	same "$output" "$NAME"
	as_before
}

# --- names --------------------------------------------------------------------

@test "full: a name that runs is refused, with its pid, and the first one goes on" {
	local LAUNCHER pid before
	lab_web_server
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	before=$(world)
	run container true
	check 1 "$NAME runs already, as process $pid"
	one_line
	run container --no-net true
	check 1 "$NAME runs already, as process $pid"
	one_line
	same "$(world)" "$before"
	same "$(cat "$(dir memory "$NAME")/cgroup.procs")" "$pid"
	has_limits "200000 100000 536870912 1024"
	arrives_as 203.0.113.1 "$pid"
	end_of "$LAUNCHER" 15
	as_before
}

@test "full: a cgroup of that name is cleared if it is empty, else refused" {
	local PID
	mkdir "$(dir pids "$NAME")"
	run container true
	check 0
	same "$output" ""
	as_before

	sleeper PID
	mkdir "$(dir memory "$NAME")"
	echo "$PID" >"$(dir memory "$NAME")/cgroup.procs"
	BEFORE=$(world)
	refused 1 "$NAME runs already, as process $PID" true
	same "$(cat "$(dir memory "$NAME")/cgroup.procs")" "$PID"
}

# gone N PID...: N of these children of this shell have ended.
gone() {
	local count=0 pid
	for pid in "${@:2}"; do
		kill -0 "$pid" 2>/dev/null || count=$((count + 1))
	done
	[ "$count" -eq "$1" ]
}

@test "full: of five that start at once by one name, one runs" {
	local number pid pids ran
	container true
	for _ in 1 2 3; do
		pids=()
		for number in 1 2 3 4 5; do
			container sh -c 'echo I run; until [ -e /go ]; do sleep 0.1; done' \
				>"$T/out.$number" 2>&1 3>&- &
			pids+=($!)
		done
		# The one that runs stays until it is told to end.
		wait_for gone 4 "${pids[@]}"
		touch "$ROOT/go"
		ran=0
		for pid in "${pids[@]}"; do
			! wait "$pid" || ran=$((ran + 1))
		done
		rm "$ROOT/go"
		# Each says one line, the one that runs too.
		tail -n +1 "$T"/out.*
		same "$ran" 1
		same "$(cat "$T"/out.* | grep -cx 'I run')" 1
		same "$(cat "$T"/out.* | wc -l)" 5
		as_before
	done
}

@test "full: five of different names can start at once" {
	local number pid pids=()
	for number in 1 2 3 4 5; do
		NAMES+=("$NAME$number")
		on_host "$TOP/full/container" --name "$NAME$number" --rootfs "$T/$number" \
			sh -c 'ip -o -4 addr | grep veth; until [ -e /go ]; do sleep 0.1; done' \
			>"$T/out.$number" 2>"$T/err.$number" 3>&- &
		pids+=($!)
	done
	for number in 1 2 3 4 5; do
		wait_for [ -s "$T/out.$number" ]
	done
	touch "$T"/{1,2,3,4,5}/go
	for pid in "${pids[@]}"; do
		wait "$pid"
	done
	same "$(cat "$T"/out.* | grep -o 'inet [^ ]*' | sort)" \
		"$(printf 'inet 192.168.%s.124/24\n' 1 2 3 4 5)"
	as_before
}

@test "full: by default it is the article's my_container, in ~/container" {
	local LAUNCHER
	article_name
	[ -z "$(traces)" ] || skip "a container of that name is there"
	background_on "$HOST_PID" LAUNCHER "$TOP/full/container" -- \
		sh -c 'hostname >/ready; exec sleep 600'
	wait_for [ -s "$HOME/container/ready" ]
	same "$(cat "$HOME/container/ready")" my_container
	same "$(cat "$(dir memory my_container)/cgroup.procs")" "$(pid_of my_container)"
	run on_host ip -o -4 addr show veth-host
	check 0 192.168.1.123/24
	if command -v nft >/dev/null; then
		run on_host nft list table ip container-my_container
		check 0 masquerade
	fi
	end_of "$LAUNCHER" 15
	as_before
}
