# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # HERE, STEP, FAILED: of workshop; HINT, SHOWN: for it
#
# report.bash - what a learner is told about tests that failed; part of workshop.

# tests_of STEP: the file that has its tests; full has many, and the exercise is about one.
tests_of() { echo "tests/${1/#full/full-enter}.bats"; }

# failures: split what TAP on standard input says into $FAILED/1, 2 ...: a file for each
# test that failed, its name first and then what it printed.
failures() {
	rm -rf "$FAILED"
	mkdir "$FAILED"
	awk -v folder="$FAILED" '
		/^(not )?ok / { file = "" }
		/^not ok / { file = folder "/" ++count; sub(/^not ok [0-9]+ /, "# ") }
		file && /^#/ && !/^# [( ](from function|in test file)/ {
			sub(/^# ?/, "")
			print >file
		}'
}

# hint_for NAME: the first one that fits a test that failed, into HINT; and into SHOWN
# the number of that test.
hint_for() {
	local name test symptom text
	for ((SHOWN = 1; ; SHOWN++)); do
		[ -e "$FAILED/$SHOWN" ] || break
		! crashed "$FAILED/$SHOWN" || {
			HINT="Hint: The program has crashed: it has used memory that is not its own. Often that is a pointer that a function has returned as NULL, or one that was never set. Build it with make SANITIZE=1 and run it: it says at which line that is."
			return
		}
	done
	while IFS=$'\t' read -r name test symptom text; do
		[[ $name == "$1" && $test != - ]] || continue
		for ((SHOWN = 1; ; SHOWN++)); do
			[ -e "$FAILED/$SHOWN" ] || break
			! fits "$FAILED/$SHOWN" "$test" "$symptom" || { HINT="Hint: $text" && return; }
		done
	done <"$HERE/hints"
	SHOWN=1
	if was_stopped "$FAILED/1"; then
		HINT="No hint fits that. Either a loop goes on, or a call waits for something that does not come: strace -f shows the last call."
	else
		HINT="No hint fits that. Read what this test does, in $(tests_of "$STEP"), and look at what your program does: -v, strace -f."
	fi
}

# By SIGABRT, SIGBUS or SIGSEGV. A line about what was done says "status", too.
crashed() { grep -Eq '(failed with status|^status) 1(34|35|39)(,|$)' "$1"; }
was_stopped() { tail -n 1 "$1" | grep -q '^still running after '; }

# fits FILE TEST SYMPTOM: that test that failed to these two patterns? One that was stopped
# has no symptom but that.
fits() {
	head -n 1 "$1" | grep -Eq -- "$2" && tail -n +2 "$1" | grep -Eq -- "$3" &&
		{ [ "$3" != . ] || ! was_stopped "$1"; }
}

# symptoms NUMBER: what that test has seen, and the names of all others that failed.
symptoms() {
	local other
	sed -n '1s/^/This test fails: /p' "$FAILED/$1"
	sed '1d; /^--- this:$/,$d' "$FAILED/$1" | explained | folded 10
	! grep -qx -- '--- this:' "$FAILED/$1" || differences "$FAILED/$1" | folded 16
	for other in "$FAILED"/*; do
		[ "$other" = "$FAILED/$1" ] || sed -n '1s/^/And this one: /p' "$other"
	done
}

# explained: what check() of lab.bash has to say, in words for people who do not know it.
explained() {
	local line
	while IFS= read -r line; do
		if [[ $line =~ ^status\ ([0-9]+),\ not\ ([0-9]+):\ (.*) ]]; then
			echo "The exit status is ${BASH_REMATCH[1]}$(signal "${BASH_REMATCH[1]}"), and should be ${BASH_REMATCH[2]}."
			[ -z "${BASH_REMATCH[3]}" ] || echo "printed: ${BASH_REMATCH[3]}"
		elif [[ $line =~ ^\"(.*)\"\ is\ not\ in:\ (.*) ]]; then
			echo "missing: ${BASH_REMATCH[1]}"
			echo "printed: ${BASH_REMATCH[2]:-(nothing)}"
		else
			echo "$line"
		fi
	done
}

# signal STATUS: which one it stands for, if it does.
signal() {
	[ "$1" -le 128 ] || [ "$1" -gt 192 ] || echo " (128 + $(($1 - 128)): ended by SIG$(kill -l "$1"))"
}

# differences FILE: of the two texts that same() of lab.bash has printed into it.
differences() {
	local yours wanted
	yours=$(sed '1,/^--- this:$/d; /^--- is not this:$/,$d' "$1")
	wanted=$(sed '1,/^--- is not this:$/d' "$1")
	if [ "$(sort <<<"$yours")" = "$(sort <<<"$wanted")" ] || [ -z "$yours" ] || [ -z "$wanted" ]; then
		printf 'yours:  %s\n' "${yours:-(nothing)}"
		printf 'wanted: %s\n' "${wanted:-(nothing)}"
	else
		diff <(echo "$yours") <(echo "$wanted") |
			sed -n 's/^</yours: /p; s/^>/wanted:/p' |
			awk '{ lines[NR] = $0; sides[$1]++ }
				END {
					for (i = 1; i <= NR; i++)
						print lines[i]
					if (!sides["yours:"])
						print "yours:  (has no such line)"
					if (!sides["wanted:"])
						print "wanted: (no such line)"
				}'
	fi
}

# folded COUNT: that many lines at most, and no part of one is cut off.
folded() {
	fold -s -w 80 | sed 's/ *$//' | awk -v most="$1" 'NR <= most { print } END { if (NR > most) print "(and " NR - most " more lines)" }'
}
