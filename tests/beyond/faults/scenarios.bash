# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2034 # COMMAND, TO and the like: for the driver to read
#
# scenarios.bash - what is run with faults: for each scenario a few functions.
#
#   NAME_command   puts into COMMAND what is run, by which the world is to get from
#                  START to END; before it perhaps an option of inject
#   NAME_mend      what a user does after it was killed; after that the world is as
#                  at TO, "start" or "end"
#   NAME_reset     gets it from there back to START
#
# Where nothing is meant to stay there is no mend, and START is END. A scenario that
# removes something is the other way round: it starts with what its reset makes.

# The programs, and the scenarios of each.
PROGRAMS=(01-unshare 02-rootfs 03-mounts 04-userns 05-cgroups 06-veth 07-nat full)
scenarios_of() {
	case $1 in
	01-unshare) echo unshare unshare_user unshare_root ;;
	02-rootfs) echo rootfs ;;
	03-mounts) echo mounts umount mounts_run mounts_chroot ;;
	04-userns) echo userns ;;
	05-cgroups) echo cgroups cgroups_run cgroups_remove cgroups_kill ;;
	06-veth) echo veth veth_remove ;;
	07-nat) echo nat nat_remove ;;
	full) echo full full_fresh full_terminal full_rootless ;;
	esac
}

# Out of every group of that name, to where it was: the root.
leave_group() {
	local dir
	for dir in /sys/fs/cgroup{,/*}; do
		[ ! -d "$dir/$GROUP" ] || echo "$1" >"$dir/cgroup.procs"
	done
}

# The far end of a pair is gone with its namespace, the near one a while later.
wait_for_no_veth() {
	local try
	for ((try = 0; try < 200; try++)); do
		grep -q "veth-$GROUP" /proc/net/dev || return
		sleep 0.02
	done
}

# What a shell inside says, so that a step left out is seen: its namespaces, as far as
# they differ from run to run, its ids and its processes.
# shellcheck disable=SC2016 # for the shell inside
LOOK='wc -l </proc/net/dev; cat /proc/self/uid_map /proc/self/gid_map; id'
# shellcheck disable=SC2016
PIDS='echo $$ /proc/[0-9]*'

# --- 01 -------------------------------------------------------------------------

unshare_command() {
	COMMAND=("$BIN/01-unshare/unshare" -f -p -m -n -i -u -C -T --mount-proc
		"$BUSYBOX" sh -c "$LOOK; $PIDS")
}
unshare_user_command() {
	COMMAND=("$BIN/01-unshare/unshare" -U -n -u "$BUSYBOX" sh -c "$LOOK")
}
unshare_root_command() {
	COMMAND=("$BIN/01-unshare/unshare" -f -p -r --mount-proc "$BUSYBOX" sh -c "$LOOK; $PIDS")
}

# --- 02 -------------------------------------------------------------------------

rootfs_command() { COMMAND=("$BIN/02-rootfs/rootfs" --busybox "$FEW" "$T/new"); }
rootfs_mend() {
	TO=end
	"${COMMAND[@]}"
}
rootfs_reset() { rm -rf "$T/new"; }

# --- 03 -------------------------------------------------------------------------

mounts_command() { COMMAND=("$BIN/03-mounts/mounts" "$T/rootfs"); }
mounts_mend() { "$BIN/03-mounts/mounts" --umount "$T/rootfs"; }
umount_command() { COMMAND=("$BIN/03-mounts/mounts" --umount "$T/rootfs"); }
umount_mend() {
	TO=end
	"${COMMAND[@]}"
}
umount_reset() { "$BIN/03-mounts/mounts" "$T/rootfs"; }
mounts_run_command() {
	COMMAND=("$BIN/03-mounts/mounts" "$T/rootfs" -- /bin/busybox sh -c 'echo /*; cut -d " " -f 2,3 /proc/mounts')
}
mounts_chroot_command() {
	COMMAND=("$BIN/03-mounts/mounts" --chroot "$T/rootfs" /bin/busybox sh -c 'pwd; echo /*')
}

# --- 04 -------------------------------------------------------------------------

userns_command() { COMMAND=("$BIN/04-userns/userns" "$BUSYBOX" sh -c "$LOOK"); }

# --- 05 -------------------------------------------------------------------------

cgroups_command() { COMMAND=("$BIN/05-cgroups/cgroups" --pids 9 "$GROUP" "$SLEEPER"); }
cgroups_mend() {
	# A limit that stays is not one that is left behind: so out, and remove it.
	leave_group "$SLEEPER"
	"$BIN/05-cgroups/cgroups" --remove "$GROUP"
}
cgroups_run_command() {
	COMMAND=("$BIN/05-cgroups/cgroups" "$GROUP" -- "$BUSYBOX" grep -c "/$GROUP\$" /proc/self/cgroup)
}
cgroups_run_mend() { "$BIN/05-cgroups/cgroups" --remove "$GROUP"; }
cgroups_remove_command() { COMMAND=("$BIN/05-cgroups/cgroups" --remove "$GROUP"); }
cgroups_remove_mend() {
	TO=end
	"${COMMAND[@]}"
}
cgroups_remove_reset() { "$BIN/05-cgroups/cgroups" --pids 9 "$GROUP"; }
cgroups_kill_command() { COMMAND=("$BIN/05-cgroups/cgroups" --remove --kill "$GROUP"); }
cgroups_kill_mend() {
	TO=end
	"${COMMAND[@]}"
}
cgroups_kill_reset() {
	"$BUSYBOX" sleep 1000 &
	disown
	"$BIN/05-cgroups/cgroups" --pids 9 "$GROUP" $!
}

# --- 06, 07 ---------------------------------------------------------------------

veth_command() { COMMAND=("$BIN/06-veth/veth" "$NEIGHBOUR"); }
veth_mend() {
	"$BIN/06-veth/veth" --remove
	# The namespace there is the container's own, and it ends with it.
	nsenter -t "$NEIGHBOUR" -n ip link set lo down
}
veth_remove_command() { COMMAND=("$BIN/06-veth/veth" --remove); }
veth_remove_mend() {
	TO=end
	"${COMMAND[@]}"
}
veth_remove_reset() { "$BIN/06-veth/veth" "$NEIGHBOUR"; }

nat_command() { COMMAND=("$BIN/07-nat/nat"); }
nat_mend() {
	"$BIN/07-nat/nat" --remove
	echo 0 >/proc/sys/net/ipv4/ip_forward # which it says
}
nat_remove_command() { COMMAND=("$BIN/07-nat/nat" --remove); }
nat_remove_mend() {
	TO=end
	"${COMMAND[@]}"
}
nat_remove_reset() { "$BIN/07-nat/nat"; }

# --- full -----------------------------------------------------------------------

full_command() {
	COMMAND=(-x "$BIN/full/container" --name "$GROUP" --rootfs "$T/rootfs"
		sh -c "$LOOK; $PIDS; cat /proc/net/route")
}
# The next run finds what a killed one has left. (But the interface goes by itself.)
full_mend() {
	wait_for_no_veth
	"$BIN/full/container" --name "$GROUP" --rootfs "$T/rootfs" true
}
full_fresh_command() {
	COMMAND=(-x "$BIN/full/exposed" --name "$GROUP" --rootfs "$T/new" --no-net
		--busybox "$FEW" true)
}
full_fresh_mend() {
	TO=end
	"$BIN/full/container" --name "$GROUP" --rootfs "$T/new" --no-net --busybox "$FEW" true
}
full_fresh_reset() { rm -rf "$T/new"; }
full_terminal_command() {
	COMMAND=(-tx "$BIN/full/container" --name "$GROUP" --rootfs "$T/rootfs" --no-net
		sh -c 'tty; [ -t 1 ] && echo both')
}
full_terminal_mend() { full_mend; }
# An ordinary user, whose rootfs the lab has.
full_rootless_command() {
	COMMAND=("-xu$LAB_USER" "$BIN/full/container" --rootless --name "$GROUP" --rootfs "$T/own"
		sh -c "$LOOK; $PIDS")
}
