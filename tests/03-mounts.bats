#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what is in single quotes is for a shell further in
load lab

setup() {
	lab_setup
	lab_host
	DIR=$HOME/container
	lab_rootfs "$DIR"
	MOUNTS=$TOP/03-mounts/mounts
	# In a user namespace proc can be had with a pid namespace only.
	BIND=bind OWN=()
	is_root || BIND=rbind OWN=(unshare -p -f --)
}
teardown() { lab_teardown; }

mounts() { on_host "${OWN[@]}" "$MOUNTS" "$@"; }

# without_rights COMMAND...: as a root who may do nothing.
without_rights() {
	on_host setpriv --bounding-set=-all --inh-caps=-all "$@"
}

# Without a flag of cgroup2 that the whole machine has or has not: another test that
# mounts one at the same time may change it.
mountinfo() { on_host sed 's/,nsdelegate//' /proc/self/mountinfo; }

# The host's mounts below $DIR, in order: path there and type. That of dev is the
# machine's affair, and so is what lies in it.
below() {
	mountinfo | grep -F " $DIR/" | sed -n -e "s|^.* $DIR/||" \
		-e '/^dev\//d' -e 's/^dev .*/dev/' -e 's/ .* - / /' \
		-e 's/ none .*//' -e p | sort
}
FOUR=$'dev\nproc proc\nsys sysfs\ntmp tmpfs'

# refused STATUS WORD ARG...: "mounts ARG..." ends with STATUS and one line that
# has WORD in it, and the host's mounts are the very same.
refused() {
	local wanted=$1 word=$2 before
	shift 2
	before=$(mountinfo)
	run mounts "$@"
	check "$wanted" "$word" && one_line && same "$(mountinfo)" "$before"
}

# script: what -v said, on standard input, as a script. The lines with # are the
# input of the shell that the line before them began.
script() {
	sed -e 's/^+ //' -e "/^unshare /s/\$/ <<'INSIDE'/" -e 's/^# //'
	echo INSIDE
}

@test "03: mounts the host's dev, a proc, a sysfs and a tmpfs" {
	on_host mount -t tmpfs none /dev/shm
	on_host touch /dev/shm/in-shm
	run mounts "$DIR"
	check 0
	same "$output" ""
	same "$(below)" "$FOUR"
	on_host test "$DIR/dev" -ef /dev
	on_host test -c "$DIR/dev/null"
	on_host test -e "$DIR/sys/kernel"
	on_host test -e "$DIR/proc/version"
	on_host touch "$DIR/tmp/written"
	# Of dev what is mounted in it, too, only where the kernel insists on that.
	! is_root || on_host test ! -e "$DIR/dev/shm/in-shm"
}

@test "03: --umount takes the four off and nothing else; DIR is ~/container" {
	on_host mount -t tmpfs none "$DIR/etc"
	local before
	before=$(mountinfo)
	mounts
	same "$(below)" "$(sort <<<$'etc tmpfs\n'"$FOUR")"
	run mounts --umount
	check 0
	same "$output" ""
	same "$(mountinfo)" "$before"
}

@test "03: --umount takes off what there is of them, and then says there is nothing" {
	local place
	refused 1 "nothing is mounted in $DIR" --umount "$DIR"
	for place in sys proc dev; do
		on_host mount -t tmpfs none "$DIR/tmp"
		on_host mount -t tmpfs none "$DIR/$place"
		mounts --umount "$DIR"
		same "$(below)" ""
	done
	rmdir "$DIR/tmp"
	refused 1 "nothing is mounted in $DIR" --umount "$DIR"
	echo >"$DIR/tmp"
	refused 1 "nothing is mounted in $DIR" --umount "$DIR"
}

@test "03: --umount of what is in use says what and why" {
	mounts "$DIR"
	coproc on_host sh -c "cd '$DIR/tmp' && echo there && read -r line"
	read -r _ <&"${COPROC[0]}"
	refused 1 "umount tmp: " --umount "$DIR"
	[[ $output == *"esource busy" ]] # "Device or r", or musl's "R"
}

@test "03: a second run is refused and leaves the mounts of the first" {
	mounts "$DIR"
	refused 1 " is mounted already" "$DIR"
	check 1 "$DIR/"
	refused 1 " is mounted already" "$DIR/../container/"
	check 1 "$DIR/"
	same "$(below)" "$FOUR"
}

@test "03: a set that fails half-way is taken back" {
	local place
	for place in dev proc sys tmp; do
		rmdir "$DIR/$place"
		refused 1 "$DIR/$place: No such file or directory" "$DIR"
		echo >"$DIR/$place"
		refused 1 "$DIR/$place: Not a directory" "$DIR"
		rm "$DIR/$place"
		mkdir "$DIR/$place"
	done
	mounts "$DIR"
}

@test "03: a place that is a symbolic link is refused, and nothing is mounted behind it" {
	local place target
	mkdir "$T/outside"
	on_host mount -t tmpfs none "$T/outside" # which --umount leaves alone, too
	for place in dev proc sys tmp; do
		rmdir "$DIR/$place"
		for target in "$T/outside" ../../outside etc; do
			ln -s "$target" "$DIR/$place"
			refused 1 "$DIR/$place is a symbolic link" "$DIR"
			refused 1 "nothing is mounted" --umount "$DIR"
			rm "$DIR/$place"
		done
		mkdir "$DIR/$place"
	done
}

@test "03: an older mount survives a run that fails at it" {
	on_host mount -t tmpfs older "$DIR/tmp"
	on_host touch "$DIR/tmp/kept"
	refused 1 "$DIR/tmp is mounted already" "$DIR"
	on_host test -e "$DIR/tmp/kept"
}

@test "03: a command sees the new tree, and no path leads to the old one" {
	local inside
	echo marker >"$T/marker"
	inside=$(mounts "$DIR" -- /bin/cat /proc/self/mountinfo |
		sed -n -e 's/^[^ ]* [^ ]* [^ ]* [^ ]* //' -e '/^\/dev\//!s/ .*//p' | sort)
	same "$inside" $'/\n/dev\n/proc\n/sys\n/tmp'

	run mounts "$DIR" -- /bin/sh -c 'pwd; ls -d /*'
	check 0
	same "$output" $'/\n/bin\n/dev\n/etc\n/proc\n/root\n/sys\n/tmp'

	on_host cat "$T/marker"
	run mounts "$DIR" -- /bin/cat "$T/marker"
	check 1 "No such file"
	run mounts "$DIR" -- /bin/cat ../../marker
	check 1 "No such file"
	# Nor does an open directory.
	run mounts "$DIR" -- /bin/sh -c 'for fd in /proc/self/fd/*; do
		[ ! -d $fd/ ] || echo "$fd is a directory"
	done'
	check 0
	same "$output" ""
}

@test "03: what the caller has open leads neither the command nor exec to the host" {
	cp "$BUSYBOX" "$T/echo"
	ln -s /proc/self/fd/7/echo "$DIR/bin/outside"
	exec 7<"$T"
	run mounts "$DIR" -- sh -c 'ls /proc/$$/fd; true'
	check 0
	same "${lines[*]}" "0 1 2"
	status=0
	output=$(mounts "$DIR" -- outside hello 2>&1) || status=$?
	exec 7<&-
	check 127 "outside: No such file or directory"
}

@test "03: in a home that is closed to others root mounts, enters and unmounts" {
	local mode
	need root
	for mode in 700 750 711; do
		mkdir -m "$mode" "$T/home$mode"
		mv "$DIR" "$T/home$mode"
		chown -R 1234:1234 "$T/home$mode"
		DIR=$T/home$mode/container
		run mounts "$DIR" -- sh -c pwd
		check 0
		same "$output" /
		run mounts --chroot "$DIR" sh -c pwd
		check 0
		same "$output" /
		run mounts "$DIR"
		check 0
		same "$(below)" "$FOUR"
		run mounts --umount "$DIR"
		check 0
		same "$(below)" ""
	done
}

@test "03: a command runs beside the host's mounts, also where / is shared" {
	local how before namespace pid
	for how in private shared; do
		on_host mount "--make-r$how" /
		before=$(mountinfo)
		coproc mounts "$DIR" -- /bin/sh -c \
			'readlink /proc/self/ns/mnt && read -r line'
		pid=$COPROC_PID # bash forgets it when the process ends
		read -r namespace <&"${COPROC[0]}"
		same "$(mountinfo)" "$before"
		[[ $namespace == mnt:* ]] || return 1
		[ "$namespace" != "$(on_host readlink /proc/self/ns/mnt)" ]
		echo >&"${COPROC[1]}"
		wait "$pid"
		same "$(mountinfo)" "$before"
	done

	# Those of an earlier run are no hindrance, and stay.
	mounts "$DIR"
	before=$(mountinfo)
	mounts "$DIR" -- /bin/true
	same "$(mountinfo)" "$before"
}

@test "03: a rootfs on a shared disk of its own is entered as well, and the disk stays as it was" {
	local before
	mkdir "$T/disk"
	on_host mount -t tmpfs disk "$T/disk"
	on_host mount --make-shared "$T/disk"
	on_host cp -a "$DIR" "$T/disk"
	before=$(mountinfo)
	run mounts "$T/disk/container" -- /bin/sh -c 'ls -d /proc/self'
	check 0 /proc/self
	same "$(mountinfo)" "$before"
}

@test "03: what is mounted on the host later, on a shared disk, is not seen by a command" {
	local beside
	mkdir "$T/disk"
	on_host mount -t tmpfs disk "$T/disk"
	on_host mount --make-shared "$T/disk"
	on_host cp -a "$DIR" "$T/disk"
	coproc mounts "$T/disk/container" -- /bin/sh -c 'echo && read -r line && ls /root'
	beside=$COPROC_PID
	read -r _ <&"${COPROC[0]}"
	on_host mount -t tmpfs none "$T/disk/container/root"
	on_host touch "$T/disk/container/root/later"
	exec 8<&"${COPROC[0]}"
	echo >&"${COPROC[1]}"
	same "$(cat <&8)" ""
	wait "$beside"
}

@test "03: a command that has failed mounts leaves none, also where / is shared" {
	on_host mount --make-rshared /
	rmdir "$DIR/sys"
	refused 1 "$DIR/sys: No such file" "$DIR" -- /bin/true
}

@test "03: the exit status is the command's; 127 and 126 are a shell's" {
	run mounts "$DIR" -- /bin/sh -c 'exit 7'
	check 7
	run mounts -- sh -c 'exit 8'
	check 8
	refused 126 "/etc: Permission denied" "$DIR" -- /etc
	# Without "run", which warns of a 127.
	status=0
	output=$(mounts "$DIR" -- /bin/nothing 2>&1) || status=$?
	check 127 "/bin/nothing: No such file or directory"
}

# mounts_from DIR ARG...: "mounts ARG..." with that working directory.
mounts_from() {
	on_host env -C "$1" "${OWN[@]}" "$MOUNTS" "${@:2}"
}

@test "03: DIR may be the working directory, or another relative path" {
	run mounts_from "$DIR/etc" .. -- sh -c 'pwd; ls -d /bin'
	check 0
	same "$output" $'/\n/bin'
	run mounts_from "$DIR" . -- sh -c 'pwd; ls -d /bin'
	check 0
	same "$output" $'/\n/bin'
	mounts_from "$DIR" .
	same "$(below)" "$FOUR"
	run mounts_from "$DIR" ../container
	check 1 "mounts: $DIR/" " is mounted already"
	mounts_from "$DIR" --umount ./
	same "$(below)" ""
}

@test "03: --chroot runs a command in the tree, as chroot does, with its exit status" {
	run mounts --chroot "$DIR" /bin/sh -c 'pwd; ls -d /*; exit 7'
	check 7
	same "$output" $'/\n/bin\n/dev\n/etc\n/proc\n/root\n/sys\n/tmp'
	cd "$DIR/bin" # a working directory in the tree does not stay
	same "$(mounts --chroot "$DIR" -- /bin/sh -c pwd)" /
	same "$(mounts --chroot -- sh -c pwd)" /
	refused 126 "/etc: Permission denied" --chroot "$DIR" /etc
	status=0
	output=$(mounts --chroot "$DIR" /bin/nothing -v -- x 2>&1) || status=$?
	check 127 "/bin/nothing: No such file or directory"
	# Its mount namespace is the host's.
	run mounts --chroot "$DIR" sh -c 'mount -t proc none /proc && readlink /proc/self/ns/mnt'
	check 0
	same "$output" "$(on_host readlink /proc/self/ns/mnt)"
	same "$(below)" "proc proc"
}

@test "03: what the caller has open leads no --chroot to the host" {
	cp "$BUSYBOX" "$T/echo"
	ln -s /proc/self/fd/7/echo "$DIR/bin/outside"
	exec 7<"$T"
	run mounts --chroot "$DIR" sh -c 'mount -t proc none /proc && ls /proc/$$/fd; true'
	check 0
	same "${lines[*]}" "0 1 2"
	status=0
	# There is a /proc to go by now.
	output=$(mounts --chroot "$DIR" outside hello 2>&1) || status=$?
	exec 7<&-
	check 127 "outside: No such file or directory"
}

@test "03: a second chroot leads out of --chroot, and not out of what pivot_root has made" {
	# A directory that is open outside of the root, and ".." from there.
	local escape='cd /tmp && busybox mkdir -p jail/bin jail/proc &&
		busybox cp /bin/busybox jail/bin && mount -t proc none jail/proc &&
		exec 7</ && busybox chroot jail /bin/busybox cat "/proc/self/fd/7/../../$0"'
	echo of the host >"$T/marker"
	same "$DIR" "$T/home/container"
	run mounts --chroot "$DIR" sh -c "$escape" marker
	check 0
	same "$output" "of the host"
	run mounts "$DIR" -- sh -c "$escape" marker
	check 1 "'/proc/self/fd/7/../../marker': No such file or directory"
	one_line
	# The way is not closed, but ends where it should.
	run mounts "$DIR" -- sh -c "$escape" bin/../etc/../../../etc/none
	check 1 "No such file"
	echo inside >"$DIR/etc/inside"
	run mounts "$DIR" -- sh -c "$escape" etc/inside
	check 0
	same "$output" inside
	# Nor is the old root below the new one, to be entered when that is taken off.
	run mounts "$DIR" -- sh -c 'cd /proc && umount -l / &&
		exec busybox nsenter --mount=self/ns/mnt /bin/cat "$0"' "$T/marker"
	lacks "of the host"
}

@test "03: --chroot -v says the article's command, and it does the same" {
	local said
	run mounts -v --chroot "$DIR" /bin/sh -c 'echo "$0"; ls /; exit 7' 'a b'
	check 7
	said=${lines[0]}
	same "$said" "+ chroot $DIR /bin/sh -c 'echo \"\$0\"; ls /; exit 7' 'a b'"
	same "$(grep -c '^[+#] ' <<<"$output")" 1
	output=${output#*$'\n'}
	same "$(on_host "${OWN[@]}" sh -c "${said#+ }")" "$output"
}

@test "03: -v says commands that do the same" {
	local said lazily=
	is_root || lazily='-l '
	run mounts -v "$DIR"
	check 0
	said=$output
	same "${lines[0]}" "+ cd $DIR"
	# None of the four is in the way of another: any order will do.
	same "$(tail -n +2 <<<"$said" | sort)" "+ mount --$BIND /dev dev
+ mount -t proc none proc
+ mount -t sysfs none sys
+ mount -t tmpfs none tmp"

	run mounts --umount --verbose "$DIR"
	check 0
	same "$output" "+ cd $DIR
+ umount tmp
+ umount sys
+ umount proc
+ umount ${lazily}dev"
	script <<<"$said" | sed '$d' | on_host "${OWN[@]}" sh -e
	same "$(below)" "$FOUR"
	script <<<"$output" | sed '$d' | on_host "${OWN[@]}" sh -e
	same "$(below)" ""
}

@test "03: -v with a command says commands that do the same" {
	local before tree
	tree='sed "s/^[^ ]* [^ ]* [^ ]* //" /proc/self/mountinfo; pwd; ls /; exit 7'
	ln -s busybox "$DIR/bin/sed"
	before=$(mountinfo)
	status=0
	mounts -v "$DIR" -- sh -c "$tree" >"$T/made" 2>"$T/said" || status=$?
	[ "$status" -eq 7 ]
	grep -x '+ unshare -m --propagation unchanged sh' "$T/said"
	grep -x '# pivot_root . .' "$T/said"
	grep -x '# cd /' "$T/said"

	script <"$T/said" >"$T/script"
	run on_host "${OWN[@]}" sh -e "$T/script"
	check 7
	same "$output" "$(<"$T/made")"
	same "$(mountinfo)" "$before"
}

@test "03: DIR may have blanks and quotes in it" {
	local odd="$T/my \$(odd) 'container'"
	mv "$DIR" "$odd"
	mounts -v "$odd" 2>"$T/said"
	on_host test -e "$odd/sys/kernel"
	mounts --umount "$odd"
	grep -qF "+ cd '$T/my \$(odd) '\''container'\'''" "$T/said"
	script <"$T/said" | sed '$d' | on_host "${OWN[@]}" sh -e
	on_host test -e "$odd/sys/kernel"
}

@test "03: a command line that is wrong is one clear line and exit status 2" {
	refused 2 "b: not expected" a b
	refused 2 "--umount takes no command" --umount "$DIR" -- /bin/true
	refused 2 "--umount takes no command" --umount -- /bin/true
	refused 2 "--umount takes no command" --umount --chroot "$DIR" /bin/true
	refused 2 "which COMMAND?" --
	refused 2 "which COMMAND?" "$DIR" --
	refused 2 "which COMMAND?" --chroot
	refused 2 "which COMMAND?" --chroot "$DIR"
	refused 2 "which COMMAND?" --chroot "$DIR" --
	refused 2 "bad" --bad
	refused 2 "x" -x "$DIR"
	refused 2 "which DIR?" ""
	HOME='' refused 2 "which DIR?"
	unset HOME
	refused 2 "which DIR?" -- /bin/true
	refused 2 "which DIR?" --chroot "" /bin/true
}

@test "03: a DIR that is none is one clear line and exit status 1" {
	refused 1 "$T/none: No such file or directory" "$T/none"
	refused 1 "$T/none: No such file or directory" --umount "$T/none"
	refused 1 "$T/none: No such file or directory" "$T/none" -- /bin/true
	echo >"$T/file"
	refused 1 "$T/file: Not a directory" "$T/file"
	refused 1 "$T/file: Not a directory" "$T/file" -- /bin/true
	refused 1 "$T/none: No such file or directory" --chroot "$T/none" /bin/true
	refused 1 "chroot $T/file: Not a directory" --chroot "$T/file" /bin/true
}

@test "03: --help goes to stdout" {
	"$MOUNTS" --help >"$T/out" 2>"$T/err"
	grep -F -- "--umount" "$T/out"
	[ ! -s "$T/err" ]
}

@test "03: who may not mount is told so" {
	run without_rights "$MOUNTS" "$DIR"
	check 1 "$DIR/dev: Operation not permitted" "only root may"
	one_line
	run without_rights "$MOUNTS" "$DIR" -- /bin/true
	check 1 "Operation not permitted"
	one_line
	run without_rights "$MOUNTS" --chroot "$DIR" /bin/true
	check 1 "chroot $DIR: Operation not permitted"
	one_line
}

@test "03: a mount that the kernel refuses for another reason is one line, without a hint" {
	need root
	on_host mount --bind /dev /dev
	on_host mount --make-unbindable /dev
	refused 1 "Invalid argument" "$DIR"
	same "$output" "mounts: mount /dev on $DIR/dev: Invalid argument"
}

@test "03: a user namespace without a mount, pid or network namespace is told so" {
	local inside='"$0" "$1"; status=$?; grep -F " $1/" /proc/self/mountinfo; exit $status'
	local needed="mount, pid and network namespaces of its own for this: unshare -m -p -f -n first"
	run on_host unshare -Ur sh -c "$inside" "$MOUNTS" "$DIR"
	check 1 "$DIR/dev: Operation not permitted" "$needed"
	one_line
	run on_host unshare -Ur -m sh -c "$inside" "$MOUNTS" "$DIR"
	check 1 "$DIR/proc: Operation not permitted" "$needed"
	one_line
	run on_host unshare -Ur -m -p -f sh -c "$inside" "$MOUNTS" "$DIR"
	check 1 "$DIR/sys: Operation not permitted" "$needed"
	one_line
}

@test "03: where a part of /proc is covered, as in Docker, the message says so" {
	on_host mount -t tmpfs none /proc/sys
	run on_host unshare -Ur -m -p -f -n "$MOUNTS" "$DIR"
	check 1 "$DIR/proc: Operation not permitted" "parts of this /proc are covered"
	one_line
}

@test "03: in a user namespace dev comes with all that is mounted in it, and goes" {
	local inside='"$0" "$1" && ls "$1/dev/shm" && "$0" --umount "$1" &&
		echo off && ! grep -F " $1/" /proc/self/mountinfo'
	on_host mount -t tmpfs none /dev/shm
	on_host touch /dev/shm/in-shm
	run on_host unshare -Ur -m -p -f -n --mount-proc sh -c "$inside" "$MOUNTS" "$DIR"
	check 0
	same "$output" $'in-shm\noff'
	run on_host unshare -Ur -m -p -f -n --mount-proc sh -c '"$0" -v "$1" && "$0" -v --umount "$1"' \
		"$MOUNTS" "$DIR"
	check 0 "+ mount --rbind /dev dev" "+ umount -l dev"
}
