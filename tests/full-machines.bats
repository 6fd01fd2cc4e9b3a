#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153,SC2034 # NAME, BEFORE: container.bash has them, and reads them
#
# The whole container on the machines that people have: what is in its way there is named,
# with the way out; and what make says.
load lab
load container

# --- limits that are too small ------------------------------------------------

@test "machines: whoever is killed for memory is told so" {
	local eater=(dd if=/dev/zero of=/dev/null bs=64M count=1)
	run container --no-net --memory 64K true
	check 137 "out of memory: the kernel killed a process of the container" "--memory 65536"
	one_line
	# Process 1 may go on.
	run container --no-net --memory 16M sh -c '"$@" 2>/dev/null; exit 7' - "${eater[@]}"
	check 7 "container: out of memory: "
	run container --no-net sh -c 'kill -KILL $$; exit 137'
	check 137
	same "$output" ""
	as_before
}

@test "machines: and so it is without root" {
	local eater=(dd if=/dev/zero of=/dev/null bs=64M count=1) group
	group=$(dir memory "$OTHER")
	mkdir "$group"
	if is_v2; then
		echo 16777216 >"$group/memory.max"
	else
		echo 16777216 >"$group/memory.limit_in_bytes"
	fi
	cp "$PROGRAM" "$T"
	chown -R 1234:1234 "$HOME"
	limited() {
		sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"' - "$group" \
			setpriv --reuid 1234 --regid 1234 --clear-groups "$T/container" --rootless \
			--name "$NAME" "$@" 2>&1 | grep -v 'only root exists\|no limits'
	}
	run limited true
	same "$output" ""
	run limited "${eater[@]}"
	check 0 "container: out of memory: the kernel killed a process of this cgroup"
	one_line
	# What was killed before is not ours.
	run limited true
	same "$output" ""
}
