# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# terminal.bash - terminals in which lines are typed, for "run".
#
# script(1) gives a shell a terminal; what is typed comes from a fifo, and what is
# printed goes to a file. The terminal does not echo, so that nothing but prompts and
# output is in there: bash (--noediting) and busybox's sh keep to that.

declare -gA IN OUT SEEN # by a terminal's name: a descriptor, a file, bytes read so far

# The prompts: of bash, of a root's sh, and of busybox's, which has the directory in it.
PROMPT='(^|'$'\n'')(\$|#|[^ '$'\n'']+ #) $'

IDLE='' # a fifo that nobody writes to

# open_terminal NAME DIR COMMAND...: a terminal in which COMMAND, a shell, runs.
open_terminal() {
	local name=$1 dir=$2 fd
	shift 2
	mkfifo "$dir/$name.in" "$dir/$name.idle"
	exec {IDLE}<>"$dir/$name.idle"
	: >"$dir/$name.out"
	exec {fd}<>"$dir/$name.in"
	IN[$name]=$fd OUT[$name]=$dir/$name.out SEEN[$name]=0
	script -qfec "stty -echo cols 110 rows 50; exec ${*@Q}" /dev/null \
		<"$dir/$name.in" >"$dir/$name.out" 2>&1 &
	read_to_prompt "$name"
}

# read_to_prompt NAME: what was printed since the last one, into PRINTED, without the
# prompt at its end, which goes to SHOWN. Fails when none comes in two minutes (PATIENCE, in seconds).
read_to_prompt() {
	local name=$1 from=$SECONDS text
	while :; do
		text=$(tail -c "+$((SEEN[$name] + 1))" "${OUT[$name]}" | tr -d '\r\0'; echo .)
		text=${text%.}
		[[ $text =~ $PROMPT ]] && break
		if [ $((SECONDS - from)) -gt "${PATIENCE:-120}" ]; then
			PRINTED=$text
			return 1
		fi
		read -r -t 0.05 <&"$IDLE" || : # a sleep(1) could be seen
	done
	# Whole characters may be counted only after the last of them has come.
	SHOWN=${BASH_REMATCH[2]}
	SEEN[$name]=$(stat -c %s "${OUT[$name]}")
	# shellcheck disable=SC2034 # for the caller
	PRINTED=${text%"$SHOWN "}
}

# type_line NAME TEXT: type it, and wait for the next prompt.
type_line() {
	printf '%s\n' "$2" >&"${IN[$1]}"
	read_to_prompt "$1"
}
