#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # ` in single quotes is Markdown's
# shellcheck disable=SC2154 # status and output: set by run
#
# The text on real runtimes, README.md: it is typed with cgroups of version 2, too, which
# the machine on which "make test-tutorial" types all of it may not have; and what its
# table says of the commands, the system calls and config.json is so.
load engine

@test "chapter: it holds with version 2" {
	need_engine runc
	need cgroup2
	run "$TOP/tests/beyond/tutorial/run" "$HERE/README.md"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output != *"cgroup v2 has no"* ]]
}

# rows: the table, one row a line: step, command, system call, field, with | between.
rows() {
	sed -n '/^<!-- engines/,/^<!-- end of engines/p' "$HERE/README.md" | grep '^| ' |
		sed '1d; s/^| //; s/ | /|/g' | cut -d '|' -f 1-4
}

# marked TEXT: what stands between ` and ` in it, one a line.
marked() { grep -o '`[^`]*`' <<<"$1" | tr -d '`'; }

# is_field WORD: config.json has it, or for what is CNI's the list has.
is_field() {
	jq -e ".$1 != null" "$HERE/config.json" >/dev/null ||
		grep -qE "\"($1|type)\": (true|\"$1\")" "$HERE/my_container.conflist"
}

@test "chapter: each row's command, system call and field are there" {
	command -v strace >/dev/null || skip "needs strace"
	command -v jq >/dev/null || skip "needs jq"
	local step commands calls fields word count=0
	world
	here strace -f -qq -o "$T/calls" -e signal=none "$TOP/full/container" -v \
		--rootfs "$WORLD/home/container" -- /bin/true 2>"$T/said" || { cat "$T/said"; return 1; }
	cat "$TOP/tests/beyond/oracle/article" "$T/said" >"$T/commands"
	while IFS='|' read -r step commands calls fields; do
		# With version 1 the files of a group have other names.
		case $step in 'no swap' | processes) [ "${#TREES[@]}" -eq 1 ] || commands='' ;; esac
		while read -r word; do
			grep -qF -- "$word" "$T/commands" || echo "$step: no command says $word"
		done < <(marked "$commands")
		while read -r word; do
			grep -qE "^[0-9]+ +$word\(" "$T/calls" || echo "$step: nobody calls $word"
		done < <(marked "$calls")
		while read -r word; do
			is_field "$word" || echo "$step: there is no field $word"
			count=$((count + 1))
		done < <(marked "$fields")
	done < <(rows) >"$T/problems"
	same "$(cat "$T/problems")" ""
	echo "# $(rows | wc -l) rows, $count fields" >&3
	[ "$(rows | wc -l)" -ge 14 ]
}

@test "chapter: it says a word of all that config.json has" {
	command -v jq >/dev/null || skip "needs jq"
	local key chapter missing=''
	chapter=$(cat "$HERE/README.md")
	while read -r key; do
		[[ $chapter == *"$key"* ]] || missing+=" $key"
	done < <(jq -r 'paths | select(length <= 2 and (map(type == "string") | all)) | last' \
		"$HERE/config.json")
	same "$missing" ""
}
