#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153,SC2034 # NAME, BEFORE: container.bash has them, and reads them
#
# The whole container: how it starts, and what it refuses.
load lab
load container

# --- the rootfs ---------------------------------------------------------------

@test "full: the rootfs is made whole, and what stands is used as it is" {
	local made
	made_now() {
		find "$ROOT" ! -path "$ROOT/etc" ! -path "$ROOT/etc/resolv.conf" ! -path "$ROOT/etc/hosts" \
			-printf '%p %l %i %T@ %C@ %U %G %m\n' | sort
	}
	container true
	same "$(find "$ROOT" -mindepth 1 -maxdepth 1 | sed 's|.*/||' | sort | paste -s -d ' ')" \
		"bin dev etc proc root sys tmp"
	same "$(find "$ROOT/bin" -type l -printf '%f %l\n' | sort)" \
		"$("$BUSYBOX" --list | grep -vx busybox | sed 's/$/ busybox/' | sort)"
	cmp "$BUSYBOX" "$ROOT/bin/busybox"
	same "$(cat "$ROOT/etc/profile")" "export PATH=/bin"
	same "$(cat "$ROOT/etc/passwd")" "root:x:0:0:root:/root:/bin/sh"
	same "$(cat "$ROOT/etc/group")" "root:x:0:"

	container sh -c 'echo mine >/root/file; rm /bin/wget; echo x >>/etc/group'
	made=$(made_now)
	run container cat /root/file
	check 0
	same "$output" mine
	same "$(made_now)" "$made"
	as_before
}

@test "full: it is made below a folder that hands its group down, too" {
	mkdir "$T/shared"
	chgrp 1234 "$T/shared"
	chmod 2755 "$T/shared"
	ROOT=$T/shared/root
	run container true
	check 0
	same "$output" ""
	same "$(stat -c '%a %u' "$ROOT")" "755 $SPARE"
	# One that its owner has made there has that group; its root inside has not, nor one that
	# has the owner's number.
	ROOT=$T/shared/theirs
	mkdir "$ROOT"
	chown 4321 "$ROOT"
	same "$(stat -c %g "$ROOT")" 1234
	run container cat /proc/self/gid_map
	check 0
	same "$(tr -s ' ' <<<"$output")" " 0 $SPARE 1"
}

@test "full: a rootfs of somebody else is refused, with the command that mends it" {
	mkdir "$ROOT"
	refused 1 "sudo chown -Rh $SPARE:$SPARE $ROOT/." true
	same "$(stat -c %u:%g "$ROOT")" 0:0
	chown 4321:4321 "$ROOT"
	export SUDO_UID=1234 SUDO_GID=1235
	refused 1 "$ROOT belongs to user 4321, not 1234" true
	same "$(stat -c %u:%g "$ROOT")" 4321:4321
	same "$(ls -A "$ROOT")" ""
	sh -ec "${output##*: sudo }"
	run container cat /proc/self/uid_map
	check 0 1234
	as_before
}

@test "full: that command also works if the rootfs is a link to a folder of another disk" {
	mkdir "$T/disk"
	ln -s disk "$ROOT"
	refused 1 "$ROOT belongs to user 0, not $SPARE" true
	sh -ec "${output##*: sudo }"
	run container true
	check 0
	same "$(stat -c %u "$T/disk")" "$SPARE"
	as_before
}

@test "full: that command does not follow the links that a container has left in there" {
	host_dir
	container ln -s "$T/host" "$T/host/group" /root
	export SUDO_UID=1234 SUDO_GID=1235
	refused 1 "$ROOT belongs to user $SPARE, not 1234" true
	sh -ec "${output##*: sudo }"
	run container true
	check 0
	same "$(host_dir_now)" "$THEIR_DIR"
}

@test "full: a rootfs that is whole and read-only will do" {
	container true
	on_host mount --bind "$ROOT" "$ROOT"
	on_host mount -o remount,bind,ro "$ROOT"
	BEFORE=$(world)
	run container sh -c 'echo inside; echo x >/file'
	check 1 "container: write the container's /etc/resolv.conf: " inside "can't create /file"
	as_before
}

@test "full: chown -R is no advice for what is no rootfs of ours" {
	mkdir -p "$ROOT/bin" "$ROOT/sbin"
	ln -s busybox "$ROOT/bin/ls" # as on a host with busybox
	refused 1 "is no rootfs of ours; choose another --rootfs" true
	lacks chown
	refused 1 "is no rootfs of ours; choose another --rootfs" --rootfs /usr true
	lacks chown
}

@test "full: a rootfs with mounts in it is refused, with the command that unmounts them" {
	container true
	on_host "$TOP/03-mounts/mounts" "$ROOT"
	mkdir -p "$ROOT/mnt/a 'b" "$ROOT-other"
	on_host mount -t tmpfs none "$ROOT/mnt"
	on_host mkdir "$ROOT/mnt/a 'b"
	on_host mount -t tmpfs none "$ROOT/mnt/a 'b"
	on_host mount -t tmpfs none "$ROOT-other" # another folder
	BEFORE=$(world)
	refused 1 "sudo umount '$ROOT/mnt/a '\\''b' $ROOT/mnt $ROOT/tmp $ROOT/sys $ROOT/proc $ROOT/dev" true
	on_host sh -ec "${output##*: sudo }"
	run container cat /proc/mounts
	check 0 "none /proc proc"
	lacks "/dev/shm devtmpfs" /dev/kmsg
	run on_host grep -c "$ROOT/" /proc/self/mountinfo
	same "$output" 0
}

@test "full: a link in the rootfs to a folder of the host is not followed" {
	local name
	host_dir
	for name in bin etc; do
		rm -rf "$ROOT"
		mkdir "$ROOT"
		ln -s "$T/host" "$ROOT/$name"
		chown -hR 4321:4321 "$ROOT"
		run container true
		check 1 "$name"
		one_line
		same "$(host_dir_now)" "$THEIR_DIR"
		as_before
	done
	rm -rf "$ROOT"
	container true
	for name in dev proc sys tmp; do
		rmdir "$ROOT/$name"
		ln -s "$T/host" "$ROOT/$name"
		refused 1 "$name is a link or a file" true
		ln -sfn ../host "$ROOT/$name"
		refused 1 "$name is a link or a file" true
		rm "$ROOT/$name"
		mkdir "$ROOT/$name"
		same "$(host_dir_now)" "$THEIR_DIR"
	done
	run container true
	check 0
}

@test "full: a rootfs that could not be made whole stays, and the next run makes the rest" {
	run on_host sh -c 'ulimit -f 100; exec "$@"' sh "$TOP/full/container" \
		--name "$NAME" --rootfs "$ROOT" --no-net true
	check 1 "container: write busybox: File too large"
	one_line
	same "$(ls -A "$ROOT/bin")" ""
	run container --no-net true
	check 0
	same "$output" ""
	as_before
}

@test "full: a folder that a killed launcher was giving away has the usual mode in the end" {
	mkdir "$ROOT"
	chown 2100000000:2100000000 "$ROOT"
	chmod 1700 "$ROOT"
	container --no-net true
	same "$(stat -c '%a %u' "$ROOT")" "755 2100000000"
	as_before
}

@test "full: where few files or bytes are allowed it says so, and all is undone" {
	local limit
	container true
	BEFORE=$(world)
	for limit in '-f 0' '-n 3' '-n 4' '-n 5' '-n 6' '-n 7' '-n 8' '-n 9' '-n 10' '-n 11' \
		'-n 12' '-n 13'; do
		run on_host sh -c "ulimit $limit; exec \"\$@\"" sh "$PROGRAM" --name "$NAME" \
			--rootfs "$ROOT" true
		# Sanitizers are libraries, which have to be opened first.
		[[ $output != *"loading shared libraries"* ]] || continue
		[ "$status" -eq 0 ] || check 1
		same "$(grep -viE "too (many|large)|no file descriptors" <<<"$output")" ""
		[ -z "$output" ] || one_line
		as_before
	done
}

@test "full: a relative --busybox is the caller's" {
	cp "$BUSYBOX" "$T/mine"
	run on_host sh -c 'cd "$0" && exec "$@"' "$T" "$TOP/full/container" -v --name "$NAME" \
		--rootfs "$ROOT" --no-net --busybox ./mine true
	check 0 "# cp $T/./mine busybox"
	# And not one in the rootfs, where anything may be.
	rm "$ROOT/etc/group"
	cp "$BUSYBOX" "$ROOT/other"
	run on_host env -C "$T" "$PROGRAM" --name "$NAME" --rootfs "$ROOT" --busybox other true
	check 1 "$T/other: No such file"
	as_before
}

@test "full: without a busybox no rootfs is begun" {
	refused 1 "/nonexistent: " --busybox /nonexistent true
	[ ! -e "$ROOT" ]
	echo text >"$T/text"
	chmod 755 "$T/text"
	refused 1 "$T/text: " --busybox "$T/text" true
	[ ! -e "$ROOT" ]
	# Who has a rootfs needs none.
	container true
	run container --busybox /nonexistent true
	check 0
}

# --- the command line ---------------------------------------------------------

# runs_now FILE: some process is that program.
runs_now() { find /proc/[0-9]*/exe -lname "$1" 2>/dev/null | grep -q .; }

@test "full: Ctrl-C ends a busybox that prints no list and does not end, and no rootfs stays" {
	local pid
	need compiler
	echo 'int pause(void); int main(void) { for (;;) pause(); }' |
		cc -static -o "$T/hangs" -x c - || skip "needs a static libc"
	background_on "$HOST_PID" pid env --default-signal=INT setsid "$PROGRAM" --name "$NAME" \
		--rootfs "$T/new" --no-net --busybox "$T/hangs" true
	wait_for runs_now "$T/hangs"
	kill -INT -- "-$pid"
	wait_for is_gone "$pid"
	run runs_now "$T/hangs"
	check 1
	[ ! -e "$T/new" ]
}

# The user to whom the rootfs belongs, and a busybox that takes its time.
@test "full: whoever has lent the rootfs can neither look into what fills it nor hold up root" {
	local user=61234 as_user=(setpriv --reuid 61234 --regid 61234 --clear-groups sh -c)
	need compiler
	need pgrep
	echo 'int puts(const char *), sleep(unsigned); int main(void) { sleep(1); return puts("sh") < 0; }' |
		cc -static -o "$T/slow" -x c - || skip "needs a static libc"
	mkdir -m 755 "$ROOT"
	chown $user:$user "$ROOT"
	export A_SECRET=of-root
	"${as_user[@]}" 'until pid=$(pgrep -U "$0" -fx "busybox --list"); do sleep 0.01; done
		cat "/proc/$pid/environ" "/proc/$pid/maps"; readlink "/proc/$pid/fd/0"; echo looked' \
		$user >"$T/looked" 2>/dev/null 3>&- &
	LAB_PIDS+=($!)
	container --busybox "$T/slow" /bin/busybox
	same "$(cat "$T/looked")" looked

	rm "$ROOT/etc/group"
	"${as_user[@]}" 'until pid=$(pgrep -U "$0" -x container); do sleep 0.01; done
		kill -STOP "$pid"; echo "$pid"' $user >"$T/stopped" 3>&- &
	LAB_PIDS+=($!)
	status=0
	on_host timeout --foreground -k 10 2 "$PROGRAM" --name "$NAME" --rootfs "$ROOT" \
		--busybox "$T/slow" true >/dev/null 2>&1 || status=$?
	LAB_PIDS+=("$(cat "$T/stopped")")
	same "$status" 124
}

@test "full: bad input is one line, and nothing is made" {
	local value
	for value in '' a/b elevenchars 'a b' . .. a.b %s --; do
		run container --name "$value" true
		check 2 "container: --name $value: not 1 to 10"
		one_line
	done
	# This has nothing else that is wrong.
	run container --name -x true
	check 2 "container: --name -x: " "(no - in front)"
	one_line
	# Else they would have what step 6 or 7 has on the host.
	for value in host nat; do
		run container --name "$value" true
		check 2 "container: --name $value: the lessons use that"
		one_line
	done
	for value in '' 'a b' a/b "$(printf '%065d' 0)"; do
		run container --hostname "$value" true
		check 2 "container: --hostname $value: not 1 to 64"
		one_line
	done
	for value in 0 -1 x 1e3 nan 9999 ''; do
		run container --cpus "$value" true
		check 2 "container: --cpus $value: not a number"
		one_line
	done
	for value in 1 0 12X -5 1.5G ''; do
		run container --memory "$value" true
		check 2 "container: --memory $value: not a size"
		one_line
	done
	for value in 0 x -1 4194305 ''; do
		run container --pids "$value" true
		check 2 "container: --pids $value: not a number"
		one_line
	done
	for value in '' a/b sixteen-letters-; do
		run container --uplink "$value" true
		check 2 "container: --uplink $value: not an interface name"
		one_line
	done
	for value in '' 10.0.0.5 10.0.0.5/ 10.0.0.5/33 10.0.0.5/32 10.0.0.5/0 x/24 10.0.0.256/24 ::1/64; do
		run container --host-address "$value" --address 10.0.0.2/24 true
		check 2 "container: --host-address $value: "
		one_line
		run container --host-address 10.0.0.1/24 --address "$value" true
		check 2 "container: --address $value: "
		one_line
	done
	refused 2 "not in one network" --host-address 10.0.0.1/24 --address 10.0.1.2/24 true
	refused 2 "both ends" --host-address 10.0.0.1/24 --address 10.0.0.1/24 true
	refused 2 "go together" --host-address 10.0.0.1/24 true
	refused 2 "go together" --address 10.0.0.1/24 true
	refused 2 "--no-net: --uplink makes no sense" --no-net --uplink uplink true
	refused 2 "--no-net: --address makes no sense" --no-net \
		--host-address 10.0.0.1/24 --address 10.0.0.2/24 true
	refused 2 "bad" --bad
	refused 2 "pids" --pids
	[ ! -e "$ROOT" ]
}

@test "full: bad input is seen with the default name, too" {
	article_name
	BEFORE=$(world)
	run on_host "$TOP/full/container" --rootfs "$ROOT" --no-net --hostname 'a b' true
	check 2 "container: --hostname a b: not 1 to 64"
	one_line
	run on_host "$TOP/full/container" --rootfs "$ROOT" --uplink a/b true
	check 2 "container: --uplink a/b: not an interface name"
	one_line
	run on_host env -u HOME "$TOP/full/container" true
	check 2 "container: which DIR? HOME is not set"
	one_line
	run on_host env HOME= "$TOP/full/container" true
	check 2 "container: which DIR? HOME is not set"
	one_line
	[ ! -e "$ROOT" ]
	as_before
}

@test "full: --help goes to stdout" {
	"$TOP/full/container" --help >"$T/out" 2>"$T/err"
	grep -F -- "--rootfs DIR" "$T/out"
	[ ! -s "$T/err" ]
}

@test "full: who is not root is told to use sudo" {
	run on_host setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$TOP/full/container" --name "$NAME" --rootfs "$ROOT" true
	check 1 sudo
	one_line
	[ ! -e "$ROOT" ]
	as_before
}

@test "full: -v says the article's commands, without it there is no word" {
	local id quota time=''
	id=$SPARE
	[ ! -e /proc/self/ns/time ] || time=" -T"
	quota="/cpu.cfs_quota_us"
	! is_v2 || quota="echo '200000 100000' > /sys/fs/cgroup/$NAME/cpu.max"
	run container -v true
	check 0 "+ mkdir -m 755 $ROOT" "+ cd $ROOT" "+ chown $id:$id ." \
		"+ setpriv --reuid $id --regid $id --clear-groups" "# mkdir -p proc sys" "# cp $BUSYBOX" "ln -s busybox" \
		"+ mkdir /sys/fs/cgroup/" "$quota" 536870912 "unshare -m -u -i -n -p -U$time --propagation" \
		"+ echo '0 $id 1' > /proc/\$PID/uid_map" "/gid_map" \
		"+ ip link add veth-$NAME type veth" "+ ip link set veth-$NAME up" \
		"+ ip addr add 192.168.1.123/24 dev veth-$NAME" \
		"ip link set lo up" "ip addr add 192.168.1.124/24 dev veth-container" \
		"ip route add default via 192.168.1.123" \
		"postrouting iifname \"veth-$NAME\" masquerade" "+ for f in /proc/sys/net/ipv4/conf/*/forwarding; do" "&& grep -qx 0 \$f && echo 2 > \$f; done" \
		"# exec setpriv --reuid 0" "# exec unshare -C" "# mount --bind . /tmp" "# cd /tmp" "# mount -t proc" \
		"# mount -t sysfs" "# mount -t tmpfs none ./tmp" "# pivot_root" "# hostname $NAME" "# umask 022" \
		"# exec env -i" "# exec true" "&& grep -qx 2 \$f && echo 0 > \$f; done" "+ ip link del veth-$NAME" \
		"+ rmdir /sys/fs/cgroup/"
	same "$(grep -v '^[+#] ' <<<"$output")" ""
	rm -rf "$ROOT"
	run container true
	check 0
	same "$output" ""
	as_before
}

# line_of WORDS: the number of the line of the last "run" that begins with them.
line_of() { awk -v words="$1" 'index($0, words) == 1 { print NR; exit }' <<<"$output"; }

@test "full: -v says an order in which the real tools can do it" {
	run container -v true
	check 0 "# exec env -i PATH=/bin:/sbin:/usr/bin:/usr/sbin HOME=/root TERM=dumb sh -e"
	# A shell in there could not walk a path through a closed home.
	[ "$(line_of "+ cd $ROOT")" -lt "$(line_of "+ setpriv --clear-groups unshare")" ]
	# mount(8) refuses to work for a user who is not root.
	[ "$(line_of "# exec setpriv --reuid 0")" -gt "$(line_of "+ echo '0 ")" ]
	[ "$(line_of "# mount --bind . /tmp")" -gt "$(line_of "# exec setpriv --reuid 0")" ]
	# Debian's hostname(1) takes no "_"; busybox's, behind pivot_root, does.
	[ "$(line_of "# hostname $NAME")" -gt "$(line_of "# pivot_root . .")" ]
}

@test "full: in Docker or LXC, where parts of /proc are covered, it says so" {
	on_host mount --bind /dev/null /proc/meminfo
	on_host mount --bind -o ro /proc/sys /proc/sys
	BEFORE=$(world)
	refused 1 "as in Docker or LXC" --no-net true
}

@test "full: a folder for the rootfs that is not there is one line" {
	refused 1 "mkdir $T/none/at all: No such file or directory" --rootfs "$T/none/at all" true
}

# --- make ready -----------------------------------------------------------------

@test "ready: on a plain machine all is well, and nothing is changed" {
	lab_web_server
	BEFORE=$(world)
	run on_host env TMPDIR="$T" "$TOP/full/ready"
	check 0
	same "$(grep -v '^ok ' <<<"$output")" "All seven steps work here."
	same "${#lines[@]}" 9
	same "$(find "$T" -name 'tmp.*')" ""
	wait_for as_before
}

@test "ready: what is in the way is said in the lesson's own words" {
	on_host mount -t tmpfs -o ro none /sys/fs/cgroup
	BEFORE=$(world)
	run on_host "$TOP/full/ready"
	check 1 "problem  limits: cgroups: " "problem  the whole container: container: " \
		"ok       mounts" "ok       the way out" "Of the seven steps, 6 work here."
	on_host umount /sys/fs/cgroup
	on_host ip route del default
	BEFORE=$(world)
	run on_host "$TOP/full/ready"
	check 0 "note     the whole container: container: no way out"
	wait_for as_before
}

@test "ready: a lesson that does not end is stopped, and said to be in the way" {
	mkdir -p "$T/tree/full" "$T/tree/04-userns"
	cp -a "$TOP"/{0[123567]-*,full} "$T/tree"
	printf '#!/bin/sh\nexec sleep 60\n' >"$T/tree/04-userns/userns"
	chmod +x "$T/tree/04-userns/userns"
	run on_host "$T/tree/full/ready"
	check 1 "problem  a user namespace: no end within 3 seconds" "Of the seven steps, 6 work here."
	wait_for as_before
}

@test "ready: without root it says what it cannot try" {
	run on_host setpriv --reuid 65534 --regid 65534 --clear-groups "$TOP/full/ready"
	check 0 "ok       a user namespace" "skipped  mounts, limits and network" \
		"note     a container without root: "
	as_before
}
