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
			cp "$TOP/$step/${what%:*}" "$SOLVED/$step"
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

# row NAME: its row into STEP and NEEDS; skips what cannot be here.
row() {
	IFS=$'\t' read -r _ STEP _ NEEDS _ < <(table | grep "^$1"$'\t')
	[ "$NEEDS" = - ] || need "$NEEDS"
}

# all_skipped: the last run had tests, and all were skipped: an ordinary user's.
all_skipped() { [[ $output == *'# skip'* ]] && ! grep -v '# skip' <<<"$output" | grep -q '^ok'; }

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

# gets_its_hint NAME: the mistake of that name.
gets_its_hint() {
	local patch=$TOP/tests/workshop/mistakes/$1.patch hint
	EXERCISE=${1%%-*} TRIES=100
	row "$EXERCISE"
	! grep -qx 'Needs: root' "$patch" || need root
	cp -a "$SOLVED" "$WORKSHOP"
	patch -s -p1 -d "$WORKSHOP" <"$patch"
	run workshop check "$STEP"
	[[ $output != *'not here'* ]] || skip "needs root"
	check 1 "not yet   $EXERCISE"
	hint=$(tr -s ' \n' ' ' <<<"$output")
	run echo "$hint"
	check 0 "$(sed -n 's/^Hint: //p' "$patch")"
}
