#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2153,SC2034 # NAME, BEFORE: container.bash has them, and reads them
#
# The whole container on the machines that people have: what is in its way there is named,
# with the way out; and what make says.
load lab
load container

# injected CALL=ERROR ARG...: "container ARG..." where that system call fails so.
injected() {
	local call=${1%=*} error=${1#*=}
	shift
	on_host strace -f -o /dev/null -e trace="$call" -e inject="$call:error=$error" \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net "$@"
}

# no_pipes COMMAND...: its output goes through a file, since no pipe of ours can be given
# to the container's user here.
no_pipes() {
	local status=0
	"$@" </dev/null >"$T/out" 2>&1 || status=$?
	cat "$T/out"
	return $status
}

# said WORD...: the last "run" failed with one line that has every WORD in it, and has
# changed nothing.
said() {
	check 1 "$@" && one_line && as_before
}

# --- inside something ---------------------------------------------------------

# in_machine FILE WORD COMMAND...: run COMMAND with another / than ours, where there is no
# /.dockerenv, but FILE, with WORD in it; in a pid namespace of its own, and with cgroups
# that cannot be changed.
in_machine() {
	mkdir -p "$T/machine"
	on_host unshare -m -p -f --propagation slave sh -ec '
		mount -t tmpfs none "$1"
		for dir in /*; do
			if [ -L "$dir" ]; then cp -P "$dir" "$1"; continue; fi
			[ -d "$dir" ] && mkdir "$1$dir" && mount --rbind "$dir" "$1$dir"
		done
		cd "$1"
		mount -t tmpfs none run
		mkdir -p "./${2%/*}"
		echo "$3" >".$2"
		for tree in sys/fs/cgroup sys/fs/cgroup/*; do
			! mountpoint -q "$tree" || mount -o remount,bind,ro "$tree"
		done
		pivot_root . .
		umount -l .
		cd /
		mount -t proc proc /proc
		shift 3
		exec "$@"' - "$T/machine" "$@"
}

@test "why: a runtime around us is named, with the way out" {
	run in_machine /.dockerenv "" "$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
	said "mkdir /sys/fs/cgroup/" "Read-only file system: this is inside Docker" --cgroupns=host
	run in_machine /run/.containerenv "" "$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
	said "this is inside podman, toolbox or distrobox: run it on the host"
	run in_machine /run/systemd/container lxc "$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
	said "this is inside LXC" nesting=1
	run in_machine /run/systemd/container other "$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
	said "this is inside a container, or in namespaces like one's: run it outside"
	# But not on the machine itself, whatever files there are.
	on_host sh -c 'mount -t tmpfs none /run; touch /run/.containerenv
		for tree in /sys/fs/cgroup /sys/fs/cgroup/*; do
			! mountpoint -q "$tree" || mount -o remount,bind,ro "$tree"
		done'
	BEFORE=$(world)
	run container --no-net true
	said "mkdir /sys/fs/cgroup/" "Read-only file system"
	lacks "this is inside"
}

# ids COMMAND...: as root of a user namespace with 65536 ids, as in LXC and toolbox.
ids() {
	local pid
	mkfifo "$T/pid" "$T/mapped"
	on_host unshare -U --keep-caps sh -c 'echo $$ >"$1/pid" && read -r _ <"$1/mapped" &&
		shift && exec setpriv --reuid 0 --regid 0 --clear-groups "$@"' - "$T" "$@" &
	read -r pid <"$T/pid"
	echo 0 100000 65536 >"/proc/$pid/uid_map"
	echo 0 100000 65536 >"/proc/$pid/gid_map"
	echo >"$T/mapped"
	wait $!
}

@test "why: root of a user namespace, as in LXC or toolbox, is told what it cannot do" {
	local as=(unshare -m -n "$PROGRAM" --name "$NAME" --rootfs "$T/in/c" --no-net true)
	mkdir "$T/in"
	chown 100000:100000 "$T/in"
	# No user is set aside for root of it.
	run ids "${as[@]}"
	said ": Invalid argument: /proc/self/uid_map has no such id"
	rm "$T/pid" "$T/mapped"
	export SUDO_UID=1000 SUDO_GID=1000
	run no_pipes ids "${as[@]}"
	said "mkdir /sys/fs/cgroup" "Permission denied: this is inside "
}

@test "why: a runtime whose processes are in the root of its cgroups is named" {
	# Version 2, as it looks there, in files that are none of the kernel's.
	on_host sh -ec 'mount -t tmpfs none /sys/fs/cgroup; cd /sys/fs/cgroup; mkdir unified
		cd unified; echo cpu memory pids >cgroup.controllers; echo domain >cgroup.type
		echo 1 >cgroup.procs; : >cgroup.subtree_control'
	BEFORE=$(world)
	run on_host unshare -p -f --mount-proc "$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
	said "cgroup.subtree_control: processes are in that group" ": this is inside "
	run container --no-net true
	said "cgroup.subtree_control: processes are in that group"
	lacks "this is inside "
}

# in_chroot COMMAND...: run it in a chroot that has the machine's directories $WITH.
in_chroot() {
	mkdir -p "$T/root"/{proc,sys,tmp,dev,home}
	cp "$PROGRAM" "$BUSYBOX" "$T/root"
	for file in $(ldd "$PROGRAM" 2>/dev/null | grep -o '/[^ ]*'); do
		mkdir -p "$T/root/${file%/*}"
		cp -L "$file" "$T/root$file"
	done
	on_host env WITH="${WITH-proc sys dev}" unshare -m sh -ec 'for dir in $WITH; do mount --rbind /$dir "$1/$dir"; done
		exec chroot "$@"' - "$T/root" "$@"
}

@test "why: root in a chroot is told that it is there" {
	run in_chroot /container --name "$NAME" --rootfs /home/c --busybox "/${BUSYBOX##*/}" --no-net true
	said "clone3: Operation not permitted: a process in a chroot"
	mkdir "$T/root/bind"
	on_host mount --bind "$T/root" "$T/root"
	BEFORE=$(world)
	run in_chroot /container --name "$NAME" --rootfs /home/c --busybox "/${BUSYBOX##*/}" --no-net true
	said "clone3: Operation not permitted: " chroot
}

@test "why: a chroot that lacks more is named, too" {
	local WITH
	for WITH in "proc dev" "proc sys"; do
		run in_chroot /container --name "$NAME" --rootfs /home/c --busybox "/${BUSYBOX##*/}" --no-net true
		said ": a process in a chroot may make no user namespace: run it outside"
	done
}

@test "why: where /proc is not mounted, root is told to mount it" {
	local WITH=
	[ -z "${SANITIZE-}" ] || skip "the sanitizers themselves read /proc"
	run in_chroot /container --name "$NAME" --rootfs /home/c --busybox "/${BUSYBOX##*/}" --no-net true
	said "/proc/self/exe: No such file or directory: /proc is not mounted" "mount -t proc proc /proc"
}

@test "why: a call that gVisor lacks, and one that an initramfs does" {
	need strace
	container --no-net true
	run injected clone3=ENOSYS true
	said "clone3: " gVisor qemu-user Docker systemd
	run injected openat2=ENOSYS true
	said "Function not implemented" gVisor qemu-user Docker systemd
	run injected pivot_root=EINVAL true
	said "pivot_root . .: " initramfs switch_root
}

@test "why: a limit of namespaces is named, and a kernel that lacks a kind" {
	need strace
	container --no-net true
	run injected clone3=ENOSPC true
	said "clone3: No space left on device: the limit is in /proc/sys/user/max_*_namespaces"
	run injected clone3=EINVAL true
	said "clone3: Invalid argument: this kernel lacks a kind of namespace"
	run injected clone3=EAGAIN true
	said "clone3: Resource temporarily unavailable"
	lacks namespace
}

@test "why: where the kernel is too old, the message says so" {
	need strace
	container --no-net true
	run injected openat2=ENOSYS true
	said "Function not implemented"
	lacks "too old"
	# To such a process the kernel says that it is Linux 2.6.
	printf '#!/bin/sh\nexec setarch --uname-2.6 "%s" "$@"\n' "$PROGRAM" >"$T/old"
	chmod 755 "$T/old"
	PROGRAM=$T/old
	run injected openat2=ENOSYS true
	said "Function not implemented: this kernel is too old: uname -r has to be 5.14 or more"
	run injected openat2=EACCES true
	said "Permission denied"
	lacks "too old"
}

# --- the file system ----------------------------------------------------------

@test "why: a file system without owners or links is named" {
	need strace
	run injected '?chown,?fchownat=EPERM' true # but not fchown, of a pipe
	said "chown $ROOT: Operation not permitted: exFAT, NTFS and /mnt/c" "choose a --rootfs DIR"
	# As a mount does that maps ids.
	run injected '?chown,?fchownat=EOVERFLOW' true
	said "chown $ROOT: Value too large for " " data type: that mount maps ids" "choose another --rootfs DIR"
	run injected symlink=EPERM true
	said "ln -s " "FAT and exFAT have no symbolic links" "choose a --rootfs DIR"
	# One that gives what root makes to somebody else leaves it closed to us.
	rm -rf "$ROOT"
	mkdir -m 555 "$ROOT"
	chown 1234:1234 "$ROOT"
	run container --no-net true
	said "mkdir proc: Permission denied: " NFS "choose a --rootfs DIR"
}

# made_by OWNER MODE: "container true" where the folder that it makes has these at once.
made_by() {
	mkdir "$ROOT"
	chown "$1" "$ROOT"
	chmod "$2" "$ROOT"
	on_host strace -f -o /dev/null -P "$ROOT" -e inject=?lstat,?lstat64,?stat,?stat64,?newfstatat,?fstatat64,?statx:error=ENOENT \
		-e inject=?mkdir,?mkdirat:retval=0 \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
}

@test "why: a file system that gives all files to one user will do, if it is the container's" {
	need strace
	# As NTFS and FAT do, which keep no modes, either.
	run made_by 0:0 777
	said "$ROOT was made, but belongs to user 0, not $SPARE: exFAT, NTFS and /mnt/c know no owners" "choose a --rootfs DIR"
	[ ! -e "$ROOT" ]
	run made_by "$SPARE:$SPARE" 777
	check 0
	same "$output" ""
	as_before
}

@test "why: a folder that is closed to the caller is not blamed on the runtime around us" {
	mkdir -m 700 "$HOME/closed"
	cp "$PROGRAM" "$T"
	run on_host unshare -p -f --mount-proc setpriv --reuid 1234 --regid 1234 --clear-groups \
		"$T/container" --rootless --name "$NAME" --rootfs "$HOME/closed/c" true
	check 1 "$HOME/closed/c: Permission denied"
	lacks "this is inside"
}

@test "why: noexec is named, and nosuid is no obstacle" {
	mkdir "$T/mount"
	chmod 755 "$T/mount"
	on_host mount -t tmpfs none "$T/mount"
	BEFORE=$(world)
	ROOT=$T/mount/c
	container --no-net true
	on_host mount -o remount,nosuid,nodev "$T/mount"
	run container --no-net true
	check 0
	same "$output" ""
	on_host mount -o remount,noexec "$T/mount"
	BEFORE=$(world)
	refused 126 "true: Permission denied: its file system is mounted noexec" --no-net true
	refused 126 "/bin/sh: Permission denied: its file system is mounted noexec" --no-net
	# Not every file that cannot be run is on such a one.
	on_host mount -o remount,exec "$T/mount"
	run container --no-net /etc/profile
	check 126 "/etc/profile: Permission denied"
	lacks noexec
}

# --- the caller ---------------------------------------------------------------

@test "why: any uid will do, and a home with blanks and quotes" {
	export SUDO_UID=4000000000 SUDO_GID=4000000001
	export HOME="$T/it's a \"home\" \$x"
	mkdir "$HOME"
	run on_host "$PROGRAM" --name "$NAME" --no-net cat /proc/self/uid_map /proc/self/gid_map
	check 0
	same "$(tr -s ' ' <<<"$output")" $' 0 4000000000 1\n 0 4000000001 1'
	same "$(stat -c '%u:%g' "$HOME/container/bin/busybox")" 4000000000:4000000001
	as_before
}

@test "why: ids are lent to a user whom only a directory service knows, too" {
	need newuidmap
	printf 'CORP\\alice:200000:1000\n' >"$T/subid"
	cp "$PROGRAM" "$T"
	chown -R 54321:54321 "$HOME"
	run on_host sh -c 'mount --bind "$1" /etc/subuid; mount --bind "$1" /etc/subgid; shift; exec "$@"' - \
		"$T/subid" setpriv --reuid 54321 --regid 54321 --clear-groups env USER='CORP\alice' \
		"$T/container" --rootless -v --name "$NAME" true
	check 0 "--map-users 200000,1,1000"
	lacks "lends you no ids"
}

# under PROFILE: in the lab, /proc would show it as that of this process.
under() {
	echo "$1" >"$T/profile"
	on_host unshare -m sh -c 'mount --bind "$0" "/proc/$$/attr/current" && exec "$@"' \
		"$T/profile" setpriv --bounding-set=-chown \
		"$PROGRAM" --name "$NAME" --rootfs "$ROOT" --no-net true
}

@test "why: a profile of AppArmor's that confines the program is named" {
	run under 'a-profile (enforce)'
	said "Operation not permitted: a profile of AppArmor"
	run under 'a-profile (complain)'
	said "Operation not permitted"
	lacks AppArmor
}

# --- limits that are too small ------------------------------------------------

@test "why: whoever is killed for memory is told so" {
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

@test "why: and so it is without root" {
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

# --- what one starts ----------------------------------------------------------

@test "why: a command that cannot be run is said to lack what it lacks" {
	container --no-net true
	printf '#!/bin/sh\r\necho hello\r\n' >"$ROOT/bin/windows"
	printf '#! /bin/bash -e\necho hello\n' >"$ROOT/bin/bashist"
	cp "$(command -v mkfifo)" "$ROOT/bin/dynamic"
	chmod 755 "$ROOT"/bin/{windows,bashist,dynamic}
	for dir in "" /bin/; do
		refused 127 "${dir}windows: No such file or directory: its lines end with CR LF" --no-net "${dir}windows"
		refused 127 "${dir}bashist: No such file or directory: it needs /bin/bash, which the rootfs lacks" --no-net "${dir}bashist"
		refused 127 "${dir}dynamic: No such file or directory: it needs /lib" --no-net "${dir}dynamic"
	done
}

@test "why: a program for another kind of processor is said to be one" {
	container --no-net true
	cp "$BUSYBOX" "$ROOT/bin/other"
	printf '\125\252' | dd of="$ROOT/bin/other" bs=1 seek=18 conv=notrunc status=none
	run container --no-net other
	[ "$status" -ne 0 ]
	check "$status" "container: other is a program for another kind of processor" qemu-user
	run container --no-net /bin/busybox true
	check 0
	same "$output" ""
}
