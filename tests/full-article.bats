#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
#
# full/article: the core of the whole container alone, which goes no further than the
# article. It has the article's limits and network, and undoes all of it; what is in
# full/beyond it lacks.
load lab
load container

setup() {
	container_setup
	PROGRAM=$TOP/full/article
}

@test "article: eight namespaces, a rootfs, a hostname, and root that is not the host's" {
	local LAUNCHER pid kind
	run container sh -c 'id -u; echo $$; hostname; pwd; ls /'
	check 0
	same "$(paste -s -d ' ' <<<"$output")" "0 1 $NAME / bin dev etc proc root sys tmp"
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	for kind in "${KINDS[@]}"; do
		[ "$(readlink "/proc/$pid/ns/$kind")" != "$(readlink "/proc/$HOST_PID/ns/$kind")" ]
	done
	same "$(tr -s ' ' <"/proc/$pid/uid_map")" " 0 $SPARE 1"
	end_of "$LAUNCHER" 15
	as_before
}

@test "article: a rootfs of somebody else is refused, and stays theirs" {
	mkdir "$ROOT"
	chown 4321:4321 "$ROOT"
	chmod 1700 "$ROOT" # a new one that is not given away yet looks like this
	export SUDO_UID=1234 SUDO_GID=1235
	refused 1 "$ROOT belongs to user 4321, not 1234" true
	same "$(stat -c '%u:%g %a' "$ROOT")" "4321:4321 1700"
}

@test "article: a rootfs that cannot be looked at is not said to be another user's" {
	need strace
	mkdir "$ROOT"
	run on_host strace -qq -o /dev/null -P . -e inject=%%stat:error=EACCES "$PROGRAM" \
		--name "$NAME" --rootfs "$ROOT" true
	check 1 "article: stat $ROOT: Permission denied"
	lacks "belongs to"
}

@test "article: its limits are the article's" {
	local LAUNCHER
	start LAUNCHER "$NAME"
	has_limits "200000 100000 536870912 1024"
	end_of "$LAUNCHER" 15
	run container --memory 16M dd if=/dev/zero of=/dev/null bs=64M count=1
	check 137
	as_before
}

@test "article: it reaches the internet, by ip_forward, which is put back" {
	local LAUNCHER
	lab_web_server
	run container timeout 10 wget -q -O - "$WHO"
	check 0
	same "${output//[^0-9.]/}" 203.0.113.1
	as_before
	start LAUNCHER "$NAME"
	same "$(forward)" 1
	end_of "$LAUNCHER" 15
	same "$(forward)" 0
	set_forward 1
	start LAUNCHER "$NAME"
	end_of "$LAUNCHER" 15
	same "$(forward)" 1
	set_forward 0
	as_before
}

@test "article: the exit status is COMMAND's, or 128 and the number of the signal" {
	local LAUNCHER number
	run container sh -c 'exit 7'
	check 7
	same "$output" ""
	refused 127 "/none: No such file or directory" /none
	for number in 1 2 15; do
		start LAUNCHER "$NAME"
		end_of "$LAUNCHER" "$number"
		as_before
	done
}

@test "article: when the launcher is killed the container ends, and its rules go" {
	local LAUNCHER pid
	start LAUNCHER "$NAME"
	pid=$(pid_of "$NAME")
	kill -KILL "$LAUNCHER"
	wait_for is_gone "$pid"
	run container true
	check 1 "mkdir " "/$NAME: File exists"
	one_line
	on_host "$TOP/05-cgroups/cgroups" --remove "$NAME"
	set_forward 0
	wait_for as_before
}

@test "article: no descriptor of the caller's gets inside, and no environment" {
	export A_SECRET=of-the-host
	run on_host bash -c 'exec 7</ 19<"$1"; shift; exec "$@"' bash "$T" \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" -- sh -c 'ls /proc/1/fd; env'
	check 0
	same "${lines[*]:0:3}" "0 1 2"
	lacks of-the-host
}

@test "article: a stdin, stdout or stderr that the caller has closed is /dev/null" {
	local fd
	for fd in 0 1 2; do
		on_host sh -c "exec \"\$@\" $fd>&-" sh "$PROGRAM" --name "$NAME" --rootfs "$ROOT" \
			--no-net -- sh -c 'readlink /proc/1/fd/'$fd' | cat >/open'
		same "$(cat "$ROOT/open")" /dev/null
		rm -r "$ROOT" # the next one, too, is made whole
	done
	as_before
}

@test "article: a rootfs with the article's mounts left over is refused, with the command" {
	container true
	on_host "$TOP/03-mounts/mounts" "$ROOT"
	# shellcheck disable=SC2034 # for as_before
	BEFORE=$(world)
	refused 1 "03-mounts/mounts --umount $ROOT" true
	on_host sh -ec "cd '$TOP'; ${output##*: }"
	container true
}

@test "article: what is beyond it is missing" {
	run container sh -c 'grep -E "^(NoNewPrivs|Seccomp):" /proc/self/status; ls /dev/kmsg
		mount -t tmpfs none /tmp && echo mounted; cat /etc/resolv.conf'
	check 1 $'NoNewPrivs:\t0' $'Seccomp:\t0' /dev/kmsg mounted "can't open '/etc/resolv.conf'"
	run container --rootless true
	check 2 "--rootless" "full/container"
	one_line
	as_before
}

@test "article: it is built without full/beyond, and each chapter there can be left out" {
	need compiler
	local chapter file make=(make -s -C "$T" CFLAGS='-O0 -Werror' static_libc=)
	cp -r "$TOP"/0[1-7]-* "$TOP/full" "$TOP/Makefile" "$T"
	"${make[@]}" clean
	mv "$T/full/beyond" "$T/beyond"
	"${make[@]}" ARTICLE=1 full
	"$T/full/article" --help
	mv "$T/beyond" "$T/full/beyond"
	"${make[@]}" full/container # what does not change is compiled once
	for chapter in "$T"/full/beyond/*.c; do
		file=${chapter##*/}
		# Not where they are called, what they share, and half of another one.
		case $file in beyond.c | lock.c | route.c | nft.c | nft-read.c | relay.c | find.c) continue ;; esac
		mv "$chapter" "$T"
		cp -a "$T/full/beyond" "$T/whole"
		grep -lF "/* $file" "$T"/full/beyond/*.c | xargs -r sed -i "\,/\* ${file}[ :],d"
		"${make[@]}" full/container
		rm -r "$T/full/beyond"
		mv "$T/whole" "$T/full/beyond"
		mv "$T/$file" "$chapter"
	done
}
