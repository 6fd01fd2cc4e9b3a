# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
# shellcheck disable=SC2034 # HERE and others: for oracle.bash to read
#
# engine.bash - what the tests in this folder load: one bundle, which full/container and
# real engines run, each in a world of its own (tests/beyond/oracle/oracle.bash).

load ../oracle/oracle
HERE=$TOP/tests/beyond/engine

# With cgroups of version 1 engines make a group in every tree, not in three.
[ -e /sys/fs/cgroup/cgroup.controllers ] ||
	mapfile -t TREES < <(findmnt -n -l -t cgroup -o TARGET | grep '^/sys/fs/cgroup/')

setup() {
	need root
	oracle_setup
}

# In a world a bundle is here: config.json, and beside it the rootfs.
BUNDLE=$WORLD/home/bundle
# Not every engine gets the same file. Which signals are ignored is inherited from whoever
# runs the tests: full passes it on, Go takes some of it back. And which controllers
# there are beside the three depends on who has used this machine before.
NOT_COMPARED='^host file .*/bundle/config\.json\|SigIgn'
NOT_COMPARED+='\|^host cgroup \./my_container/\(cgroup\.controllers\|cpuset\|dmem\|hugetlb\|io\|misc\|rdma\)'
# What root of the container is outside.
OWNER=2100000000

# need_engine ENGINE: skip the test where it cannot be run.
need_engine() {
	command -v "$1" >/dev/null || skip "needs $1"
	[ "$1" != crun ] || [ ! -d /sys/fs/cgroup/unified ] ||
		skip "crun runs nothing where some cgroups are of version 1 and some of version 2"
}

# has_time ENGINE: can it make time namespaces?
has_time() {
	case $1 in
	runc) runc features 2>/dev/null | grep -q '"time"' ;;
	*) true ;;
	esac
}

# bundle ENGINE [SED-OPTION...]: make it in this world. Its config.json is ours, but that
# it runs "inside"; without the time namespace for an engine that knows none; and with
# what sed does to it.
bundle() {
	local engine=$1 without=()
	shift
	has_time "$engine" || without=(-e '/"type": "time"/d')
	here mkdir "$BUNDLE"
	here "$TOP/02-rootfs/rootfs" "$BUNDLE/rootfs"
	on_host cp "$HERE/inside" "$BUNDLE/rootfs/root/inside"
	# A tmpfs gets the mode of the directory that it covers, whatever is asked for.
	here chmod 1777 "$BUNDLE/rootfs/tmp"
	here chown -hR "$OWNER:$OWNER" "$BUNDLE/rootfs"
	sed -e 's,\[ "/bin/sh" \],[ "/bin/sh"\, "/root/inside" ],' "${without[@]}" "$@" \
		"$HERE/config.json" | on_host tee "$BUNDLE/config.json" >/dev/null
}

# engine_command ENGINE: into COMMAND, how the bundle is run by it.
engine_command() {
	case $1 in
	full) COMMAND=("$TOP/full/container" --no-net --rootfs "$BUNDLE/rootfs" -- /bin/sh /root/inside) ;;
	crun) COMMAND=(crun --root "$GLUE/state" --cgroup-manager=cgroupfs run -b "$BUNDLE" my_container) ;;
	runc) COMMAND=(runc --root "$GLUE/state" run -b "$BUNDLE" my_container) ;;
	esac
}

# With version 1 a group has no processor and no memory to run on until it is given some.
give_cpus() {
	local file trees=/sys/fs/cgroup/cpuset
	[ -d "$trees/$CGROUP" ] || return 0
	for file in cpuset.cpus cpuset.mems; do
		cat "$trees/$file" >"$trees/$CGROUP/$file"
	done
}

# Each container has a session keyring. A user may have 200 keys, and the kernel takes a
# while to count those of what has just ended no more. keyrings(7)
has_keys() {
	awk -v user="$OWNER:" '$1 == user && $4 + 0 > 150 { exit 1 }' /proc/key-users
}

# look ENGINE FILE [SED-OPTION...]: have it run the bundle in a new world. FILE gets the
# facts: of the host, of the process as seen from there, and as it sees itself; and
# FILE.after those of the host when all is over.
look() {
	local engine=$1 file=$2 pid inner COMMAND
	shift 2
	wait_for has_keys
	world
	give_cpus
	bundle "$engine" "$@"
	engine_command "$engine"
	# Some versions of Go raise the lower limit of open files to the upper one. sudo
	# may allow no core files, and then config.json could not ask for full's 1 byte.
	begin pid "$T/errors" sh -c 'exec >"$1"; shift; exec "$@"' sh "$T/inside" \
		prlimit --nofile=1024:1024 --core=1:1 "${COMMAND[@]}"
	descendant inner "$pid" sleep || { cat "$T/errors" >&2; return 1; }
	{
		facts "$inner"
		sed 's/^/inside: /' "$T/inside"
		"$HERE/filter" "$inner" | sed 's/^/filter: /'
	} | grep -v "$NOT_COMPARED" | LC_ALL=C sort >"$file"
	kill -KILL "$inner"
	wait_for is_gone "$pid"
	facts | grep -v "$NOT_COMPARED" >"$file.after"
}

# as_full ENGINE FILE: what is in FILE, seen with ENGINE, is what full makes, but for the
# differences that are declared; and each of those occurs. $T/undeclared is the rest.
as_full() {
	local engine=$1 file=$2 ours=$BATS_FILE_TMPDIR/full step=$1 part facts=0 differ=0
	[ -s "$ours" ] || look full "$ours" || return 1
	has_time "$engine" || step+=' without-time'
	[ "${#TREES[@]}" -eq 1 ] || step+=' version-1'
	: >"$T/used"
	: >"$T/undeclared"
	for part in '' .after; do
		diff "$ours$part" "$file$part" | grep '^[<>]' >"$T/diff" || true
		declared "$step" "$T/diff" >>"$T/undeclared"
		facts=$((facts + $(wc -l <"$ours$part")))
		differ=$((differ + $(wc -l <"$T/diff")))
	done
	echo "# $engine: $facts facts, $differ differ, $(wc -l <"$T/undeclared") of them undeclared" >&3
	[ ! -s "$T/undeclared" ] || {
		echo "undeclared (<: only full, >: only $engine):"
		cat "$T/undeclared"
		return 1
	}
	declared "$step" -v list=1 /dev/null | sort >"$T/declared"
	sort -u "$T/used" | comm -13 - "$T/declared" >"$T/never"
	[ ! -s "$T/never" ] || {
		echo "declared, but never seen with $engine:"
		cat "$T/never"
		return 1
	}
}

# declared STEP [AWK-OPTION...] DIFF: the lines of DIFF that nothing declares.
declared() {
	awk -v step="$1" -v used="$T/used" "${@:2:$#-2}" \
		-f "$TOP/tests/beyond/oracle/differences.awk" "$HERE/differences" "${@: -1}"
}
