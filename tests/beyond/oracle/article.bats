#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2034,SC2016 # called, read and run elsewhere
load oracle
load article

# With version 2 of cgroups the groups below the root have all they need, as the
# article has it.
prepare() {
	here chown 1234:1235 "$WORLD/home"
	[ "${#TREES[@]}" -gt 1 ] ||
		here sh -c 'echo +cpu +memory +pids >/sys/fs/cgroup/cgroup.subtree_control'
}

# The world of full/container, started by user 1234 by way of sudo. Facts in $T/ours.
full_world() {
	local launcher pid
	WORLD_ENV=(SUDO_UID=1234 SUDO_GID=1235)
	new_world
	here mkfifo "$GLUE/terminal"
	begin launcher "$T/said" sh -c 'exec "$1" -v <>"$2"' sh "$TOP/full/container" "$GLUE/terminal"
	wait_for runs_a_shell "$launcher" || { cat "$T/said" >&2; return 1; }
	facts "$(pgrep -x -P "$launcher" sh)" >"$T/ours"
}
runs_a_shell() { [ "$(tr '\0' ' ' <"/proc/$(pgrep -x -P "$1" sh)/cmdline")" = "/bin/sh " ]; }

# article_world FILE [COMMAND]: the article's, by its commands, or what COMMAND prints in
# their place. Facts in FILE.
article_world() {
	local script file=$1
	shift
	WORLD_ENV=()
	new_world
	article_script "$@" >"$T/script"
	begin script "$T/out" bash -e "$T/script"
	wait_for here test -s "$GLUE/pid" || { cat "$T/out" >&2; return 1; }
	facts "$(here cat "$GLUE/pid")" >"$file"
}

@test "article: its container beside full's" {
	full_world
	article_world "$T/theirs"
	compare article
}

@test "article: its own line runs on our unshare and chroot, and makes the same" {
	article_world "$T/ours" article_by_ours
	grep -F "$TOP/01-unshare/unshare -f -p -m -n -i -u -U --map-root-user --mount-proc=./proc $TOP/03-mounts/mounts --chroot ~/container /bin/sh -c" \
		"$T/script"
	article_world "$T/theirs"
	compare line
}

@test "article: each meant difference occurs" {
	all_occur article
}

# with_whole_paths: of lines "STEP, a tab, a command" also that command with whole paths,
# where it was said after a cd: the last word, and of mkdir -p each.
with_whole_paths() {
	awk -F '\t' '
	function whole(name) { return name ~ "^/" ? name : cwd "/" name }
	$1 != step { step = $1; cwd = "" }
	{ print }
	$2 ~ /^cd / {
		where = substr($2, 4)
		if (where == "..")
			sub("/[^/]*$", "", cwd)
		else
			cwd = whole(where)
		next
	}
	cwd != "" {
		count = split($2, word, " ")
		for (i = $2 ~ /^mkdir -p / ? 3 : count; i <= count; i++)
			word[i] = whole(word[i])
		line = word[1]
		for (i = 2; i <= count; i++)
			line = line " " word[i]
		print $1 "\t" line
	}'
}

# What each step says, without the + or #, and without quotes.
said() {
	new_world
	lab_container
	{
		here "$TOP/02-rootfs/rootfs" -v 2>&1 | sed 's/^/02-rootfs\t/'
		here "$TOP/03-mounts/mounts" -v 2>&1 | sed 's/^/03-mounts\t/'
		here "$TOP/03-mounts/mounts" -v --umount 2>&1 | sed 's/^/03-mounts\t/'
		here "$TOP/05-cgroups/cgroups" -v my_container "$CONTAINER_PID" 2>&1 | sed 's/^/05-cgroups\t/'
		here "$TOP/06-veth/veth" -v "$CONTAINER_PID" 2>&1 | sed 's/^/06-veth\t/'
		here "$TOP/07-nat/nat" -v 2>&1 | sed 's/^/07-nat\t/'
	} | sed "s/\t[+#] /\t/; s/['\"]//g" | with_whole_paths
}

@test "article: each of its commands is said by the step that does it, or stands in the list" {
	local step piece command
	said >"$T/said"
	[ "$(article_pieces | wc -l)" -ge 35 ]
	while IFS=$'\t' read -r step piece command; do
		awk -v begin="$step"$'\t'"$command" 'index($0, begin) == 1 { exit 1 }' "$T/said" &&
			echo "$piece"
	done < <(article_pieces) | sort -u >"$T/unsaid"
	sed -n 's/^instead of: //p' "$HERE/differences" | sort -u >"$T/listed"
	diff "$T/listed" "$T/unsaid"
}

@test "article: the table in README.md is the list" {
	same "$(sed -n '/^<!-- differences, /,/^<!-- end of differences/{/^<!--/!p}' "$HERE/README.md")" \
		"$("$HERE/measure" differences)"
}

@test "article: what other tests show they have a test for" {
	local test
	while IFS= read -r test; do
		grep -F "@test \"$test" "$TOP"/tests/*.bats
	done < <(sed -n 's/^shown by: //p' "$HERE/differences")
}
