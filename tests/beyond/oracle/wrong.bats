#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034,SC2016 # called, read and run elsewhere
load oracle

# Bad input, the same on both sides. Both must fail, and leave what was there as it
# was; ours must name what is wrong, and why, as the real tool at least tries to.
#
# WRONG: what is wrong | our command | the real tool's | what ours says, words apart by ~
# $P is a process in another network namespace, $N one that does not exist.
WRONG='
no such pid, for a cable | 06-veth/veth $N | ip link add veth-host type veth peer name veth-container netns $N | $N~no such process
an interface that exists | 06-veth/veth --host-name uplink $P | ip link add uplink type veth peer name veth-container netns $P | uplink~exists
a name that is there already, inside | 06-veth/veth --name lo $P | ip link add veth-host type veth peer name lo netns $P | lo~exists
too long a name | 06-veth/veth --host-name a-name-of-16-byte $P | ip link add a-name-of-16-byte type veth peer name far netns $P | a-name-of-16-byte~not an interface name
an address that is none | 06-veth/veth --host-address 192.168.1.300/24 $P | ip addr add 192.168.1.300/24 dev uplink | 192.168.1.300/24~not an address
an address that is taken | 06-veth/veth --host-address 203.0.113.1/24 --address 203.0.113.9/24 $P | ip addr add 203.0.113.1/24 dev uplink | 203.0.113.1/24~uplink
an interface to remove that is not there | 06-veth/veth --remove | ip link del veth-host | veth-host~no
no such uplink | 07-nat/nat --uplink nothing | ip route get 192.0.2.1 oif nothing | nothing~No such device
a network with bits of a host | 07-nat/nat --subnet 192.168.1.1/33 | nft "add table ip x; add chain ip x y; add rule ip x y ip saddr 192.168.1.1/33 accept" | 192.168.1.1/33~not a network
a table that is not there | 07-nat/nat --remove | nft delete table ip container-nat | container-nat~no table
a group that is busy | 05-cgroups/cgroups --remove busy | rmdir $G/busy | busy~processes still in it
a group that is not there | 05-cgroups/cgroups --remove none | rmdir $G/none | none~no group
no such pid, for a group | 05-cgroups/cgroups --memory 64M fresh $N | kill -0 $N | $N~no such process
a limit that is no number | 05-cgroups/cgroups --memory lots fresh $P | sh -c "echo lots > $G/busy/$M" | lots~not a size
no such option, for ids | 04-userns/userns --map-users 0:0:1 true | unshare -U --map-users 0:0:x true | map-users
no such command, for root inside | 04-userns/userns nothing-here | unshare -r nothing-here | nothing-here~No such file
a proc of another user namespace | user 01-unshare/unshare -U --mount-proc true | user unshare -U --mount-proc true | not permitted~-f -p
a file for a directory | 03-mounts/mounts file | mount -t tmpfs none file | file~Not a directory
a directory that is not there | 03-mounts/mounts nowhere | mount -t tmpfs none nowhere/tmp | nowhere~No such file
a file where the rootfs is to be | 02-rootfs/rootfs file | mkdir file/bin | file~Not a directory
a busybox that is not there | 02-rootfs/rootfs --busybox nothing new | cp nothing new | nothing~No such file
a busybox that is none | 02-rootfs/rootfs --busybox file new | ./file --list | file~not
a root that is not there | 03-mounts/mounts --chroot nowhere true | chroot nowhere true | nowhere~No such file
a root that is a file | 03-mounts/mounts --chroot file true | chroot file true | chroot~file~Not a directory
nothing mounted | 03-mounts/mounts --umount folder | umount folder | folder~nothing is mounted
no such command | 01-unshare/unshare -u nothing-here | unshare -u nothing-here | nothing-here~No such file
a proc on nothing | 01-unshare/unshare --mount-proc=nowhere -f -p true | unshare --mount-proc=nowhere -f -p true | nowhere~No such file
no such option | 01-unshare/unshare --nonsense true | unshare --nonsense true | nonsense
no privilege for a namespace | user 01-unshare/unshare -u true | user unshare -u true | -u~not permitted~root
no privilege for a mount | user 03-mounts/mounts folder | user mount --bind /dev folder | folder~only root
no privilege for a root | user 03-mounts/mounts --chroot folder true | user chroot folder true | folder~not permitted
no privilege for a cable | user 06-veth/veth $P | user ip link add veth-host type veth | $P~Permission denied
no privilege for a group | user 05-cgroups/cgroups fresh | user mkdir $G/fresh | fresh~Permission denied
no privilege for a rule | user 07-nat/nat | user nft add table ip x | not permitted
'

prepare() {
	lab_container
	P=$CONTAINER_PID
	# Above all pids that the kernel gives out.
	N=4194300
	if [ "${#TREES[@]}" -gt 1 ]; then
		G=/sys/fs/cgroup/memory M=memory.limit_in_bytes
	else
		G=/sys/fs/cgroup M=memory.max
	fi
	here sh -c 'echo text >file; mkdir folder folder/tmp folder/dev folder/proc folder/sys; chmod +x file'
	background BUSY sleep 600
	here "$TOP/05-cgroups/cgroups" busy "$BUSY"
}

# attempt COMMAND: as status, output and lines. "user" before it is user 1234.
attempt() {
	local command=$1 as=()
	if [[ $command == "user "* ]]; then
		command=${command#user }
		as=(setpriv --reuid 1234 --regid 1234 --clear-groups)
	fi
	eval "run here ${as[*]} $command"
}

# One row of WRONG. Prints what is not as it should be.
row() {
	local what=$1 ours=$2 theirs=$3 words=$4 word
	attempt "$theirs"
	[ "$status" -ne 0 ] || echo "$what: the real tool takes it: $theirs"
	echo "# $what: $(tail -n 1 <<<"$output")" >>"$T/said"
	ours=${ours/0/\"\$TOP\"\/0}
	attempt "$ours"
	[ "$status" -ne 0 ] || echo "$what: ours takes it: $ours"
	[ "${#lines[@]}" -eq 1 ] || echo "$what: not one line: $output"
	while IFS= read -r word; do
		[[ $output == *"$(eval "echo \"$word\"")"* ]] || echo "$what: no \"$word\" in: $output"
	done <<<"${words//\~/$'\n'}"
	facts "$P" | diff "$T/before" - || echo "$what: it has left something"
}

@test "wrong: both fail, ours says what and why, and nothing is left" {
	local what ours theirs words rows=0
	new_world
	facts "$P" >"$T/before"
	while IFS='|' read -r what ours theirs words; do
		[ -n "$what" ] || continue
		row "${what% }" "$(sed 's/^ *//; s/ *$//' <<<"$ours")" \
			"$(sed 's/^ *//; s/ *$//' <<<"$theirs")" "${words# }" >>"$T/problems"
		rows=$((rows + 1))
	done <<<"$WRONG"
	echo "# wrong: $rows rows" >&3
	[ "$rows" -ge 20 ]
	same "$(cat "$T/problems")" ""
}
