# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2154 # status and output: what "run" has left
#
# room.bash - for the tests of the workshop: what a room of learners comes to.

# One workshop for all tests, as "make workshop" writes it, and one with all solved.
setup_file() {
	export FRESH=$BATS_FILE_TMPDIR/workshop SOLVED=$BATS_FILE_TMPDIR/solved
	WORKSHOP=$FRESH workshop make
	mkdir "$SOLVED"
	cp -a "$FRESH/." "$SOLVED"
	table | while IFS=$'\t' read -r _ step what _; do
		for what in $what; do
			cp "$TOP/$step/${what%:*}" "$SOLVED/$step/${what%:*}"
		done
	done
}

setup() { room_setup; }
room_setup() {
	lab_setup
	export WORKSHOP=$T/workshop LIMIT=120 # the cores may be busy with other tests
}
teardown() { lab_teardown; }

# workshop WORD...: with a clean environment, since it calls a bats of its own.
workshop() {
	env -i PATH="${PATH//"$BATS_LIBEXEC:"/}" HOME="${HOME-/}" ${TMPDIR:+TMPDIR="$TMPDIR"} WORKSHOP="$WORKSHOP" \
		EXERCISE="${EXERCISE-}" TRIES="${TRIES-}" LIMIT="${LIMIT-}" FORCE="${FORCE-}" "$TOP/tests/workshop/workshop" "$@" 3>&-
}

table() { grep -v '^#' "$TOP/tests/workshop/exercises"; }

# row NAME: its row into STEP, NEEDS and TESTS; skips what cannot be here.
row() {
	IFS=$'\t' read -r _ STEP _ NEEDS TESTS < <(table | grep "^$1"$'\t')
	[ "$NEEDS" = - ] || need "$NEEDS"
}

# all_skipped: the last run had tests, and all were skipped: an ordinary user's.
all_skipped() { all_skipped_in - <<<"$output"; }
all_skipped_in() {
	local oks
	oks=$(grep -E '^(not )?ok' "$1")
	[[ $oks == *'# skip'* ]] && ! grep -qv '# skip' <<<"$oks"
}

# proves NAME: the exercise's tests all run and fail with its stub, and pass with the
# reference's function.
proves() {
	row "$1"
	WORKSHOP=$SOLVED
	run workshop prove "$1"
	! all_skipped || skip "needs root"
	check 0 "ok 1"
	[[ $output != *'not ok'* ]] || return 1

	WORKSHOP=$FRESH TRIES=100 # what it waits for will not come
	run workshop prove "$1"
	check 1 "not ok" ": yours to write"
	if grep '^ok' <<<"$output" | grep -v '# skip'; then return 1; fi
}

# --- many trees -------------------------------------------------------------------
# What is below tries functions without "make check", four at a time: each in a copy of
# one tree that is built once, so that only what differs is compiled.

# at_once COMMAND ARG...: "COMMAND ARG" for each, four at a time; fails if one of them does.
at_once() {
	local command=$1 failed=0 running=0
	shift
	for arg; do
		[ $((running++)) -lt 4 ] || wait -n || failed=1
		"$command" "$arg" >"$T/said.$running" 2>&1 3>&- &
	done
	for ((; running > 0; running--)); do
		wait -n || [ $? = 127 ] || failed=1
	done
	cat "$T"/said.*
	[ "$failed" = 0 ]
}

# built: the tree, where it is not there yet. tree NAME: a copy of it, $T/NAME. For full,
# which is linked from all steps, it is the reference's: that is built already.
built() {
	BUILT=$BATS_FILE_TMPDIR/built
	if [ "$STEP" = full ]; then BUILT=$BUILT-full FLAGS=; else FLAGS=CFLAGS=-O1; fi
	[ ! -e "$BUILT" ] || return 0
	mkdir -p "$BUILT/tests"
	cp -a "$SOLVED"/tests/{*.bats,*.bash,install} "$BUILT/tests"
	if [ "$STEP" = full ]; then
		cp -a "$TOP"/{Makefile,0[1-7]-*,full,.flags} "$BUILT"
		return
	fi
	cp -a "$SOLVED"/{Makefile,0[1-7]-*} "$BUILT"
	make -s -k -j2 -C "$BUILT" CFLAGS=-O1 0{1-unshare,2-rootfs,3-mounts,4-userns,5-cgroups,6-veth,7-nat} 2>/dev/null || : # what fails shows later
}
tree() {
	cp -a "$BUILT" "$T/$1"
	mkdir "$T/$1/tmp"
}

# try_tree NAME TESTS: in TAP.
try_tree() {
	make -s -C "$T/$1" "$STEP" ${FLAGS:+"$FLAGS"} 2>&1 || return 0
	env -i PATH="${PATH//"$BATS_LIBEXEC:"/}" HOME="$HOME" TMPDIR="$T/$1/tmp" TRIES="${TRIES-}" \
		"$TOP/tests/workshop/contain" "${LIMIT:-60}" "$T/$1" bats --tap -f "$2" "$T/$1/tests/${STEP/#full/full-enter}.bats" 2>&1 || :
}

# --- mistakes ---------------------------------------------------------------------

# get_their_hints EXERCISE: its mistakes, each the hint that its patch has. What is tried
# for in vain is not waited for long.
get_their_hints() {
	local TESTS
	export TRIES=150
	row "$1"
	[ "$STEP" != full ] || TRIES=300 # a container takes its time to start
	built
	at_once gets_its_hint "$TOP/tests/workshop/mistakes/$1"-*.patch
}

gets_its_hint() {
	local name wanted HINT FAILED HERE=$TOP/tests/workshop
	name=$(basename "$1" .patch)
	FAILED=$T/$name/failed
	! grep -qx 'Needs: root' "$1" || is_root || return 0
	tree "$name"
	patch -s -p1 -d "$T/$name" <"$1"
	try_tree "$name" "$TESTS" >"$T/$name/tap"
	# shellcheck source=tests/workshop/report.bash
	. "$HERE/report.bash"
	failures <"$T/$name/tap"
	if [ ! -e "$FAILED/1" ]; then
		if grep '^ok' "$T/$name/tap" | grep -qv '# skip'; then
			echo "$name: passes"
			return 1
		fi
		return 0 # an ordinary user: all was skipped
	fi
	hint_for "${name%%-*}"
	wanted=$(sed -n 's/^Hint: //p' "$1")
	[[ $HINT == *"$wanted"* ]] || {
		echo "$name: \"$wanted\" is not in: $HINT"
		cat "$FAILED"/*
		return 1
	}
}

# --- solutions in other styles ----------------------------------------------------

# styles_pass STEP: with the first solutions of all its exercises in other styles all that
# the exercises are tried by passes, and what -v says; and so with the second ones, and the
# third.
styles_pass() {
	local TESTS
	STEP=$1
	TESTS="$(table | awk -F '\t' -v s="$1" '$2 == s { print $5 }' | paste -s -d '|')|-v (says|prints)"
	built
	at_once style_passes 1 2 3
}

style_passes() {
	local name what file
	tree "$1"
	while IFS=$'\t' read -r name _ what _; do
		file=$(printf '%s\n' "$TOP/tests/workshop/solutions/$name"-*.c | sed -n "$1p")
		put_solution "$file" "$T/$1/$STEP" "$what"
	done < <(table | grep $'\t'"$STEP"$'\t')
	try_tree "$1" "$TESTS" >"$T/$1/tap"
	! all_skipped_in "$T/$1/tap" || return 0
	if ! grep -q '^ok' "$T/$1/tap" || grep -q '^not ok' "$T/$1/tap"; then
		echo "the solutions number $1:"
		cat "$T/$1/tap"
		return 1
	fi
}

# put_solution FILE FOLDER WHAT: in FOLDER the functions WHAT become those of FILE. If it is
# just one, then with all that stands around it in FILE.
put_solution() {
	local what text find=(awk -f "$TOP/tests/workshop/functions.awk")
	for what in $3; do
		text=$(<"$1")
		[ "$what" = "$3" ] || text=$("${find[@]}" -v act=take -v name="${what#*:}" "$1")
		FUNCTION=$text "${find[@]}" -v act=put -v name="${what#*:}" "$2/${what%:*}" >"$2/new"
		cat "$2/new" >"$2/${what%:*}"
		rm "$2/new"
	done
}
