#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # ` in single quotes is Markdown's
#
# The tutorial and what belongs to it, as texts: what they quote is what the sources say,
# what they link to is there, and each says the same in both languages. What happens when
# their commands are typed: see "run".

HERE=$BATS_TEST_DIRNAME
TOP=$(cd "$HERE/../../.." && pwd)
TEXTS=(TUTORIAL.md tests/workshop/README.md
	tests/beyond/{bench,breakout,engine,oracle}/README.md)

setup() { cd "$TOP" || return; }

# blocks FILE [INFO]: its blocks, or those whose info begins with INFO.
blocks() {
	awk -f "$HERE/blocks.awk" "$1" | awk -v info="${2-}" '
		/^block / { $2 = ""; wanted = index($0, "block  " info) == 1 }
		wanted'
}

# same_lines FILE FILE: or show how they differ.
same_lines() { diff -u "$1" "$2"; }

# both COMMAND...: what it prints of a text is what it prints of the one in Russian.
both() {
	local text bad=0 any=''
	for text in "${TEXTS[@]}"; do
		"$@" "$text" >"$BATS_TEST_TMPDIR/en"
		"$@" "${text%.md}.ru.md" >"$BATS_TEST_TMPDIR/ru"
		[ ! -s "$BATS_TEST_TMPDIR/en" ] || any=yes
		same_lines "$BATS_TEST_TMPDIR/en" "$BATS_TEST_TMPDIR/ru" || bad=1
	done
	[ -n "$any" ] && [ "$bad" -eq 0 ]
}

@test "tutorial: the two languages have the same blocks" { both blocks; }

# The level of each heading, and how many blocks, pictures and tables come before the next.
outline() {
	awk '
		function row() { if (level) print level, blocks, pictures, lines }
		/^```/ { inside = !inside; blocks += inside }
		inside { next }
		/^#+ / { row(); level = $1; blocks = pictures = lines = 0 }
		/^!\[/ { pictures++ }
		/^\|/ { lines++ }
		END { row() }' "$1"
}
@test "tutorial: the two languages have the same headings, with as much below each" { both outline; }

pictures() { grep -o '^!\[[^]]*\]([^)]*)' "$1" | sed 's/.*(\(.*\))/\1/'; }
@test "tutorial: the two languages have the same pictures" { both pictures; }

links() {
	sed '/^```/,/^```/d' "$1" | grep -o ']([^)]*)' | sed 's/](\(.*\))/\1/; s/\.ru\.md/.md/' |
		sed 's/#.*//' | grep -v -e '^$' -e '^TUTORIAL' || :
}
@test "tutorial: the two languages have the same links" { both links; }

# What stands between ` and `, in the tables: it is the same in every language.
words() { grep '^|' "$1" | grep -o '`[^`]*`' || :; }
@test "tutorial: the two languages have the same code in their tables" { both words; }

numbers() { sed -n '/^<!-- costs/,/^<!-- end/p' "$1" | grep -o '[0-9][0-9]*' || :; }
@test "tutorial: the two languages have the same costs" { both numbers; }

# anchors FILE: what GitHub makes of its headings.
anchors() {
	sed '/^```/,/^```/d' "$1" | sed -n 's/^##* //p' |
		sed 's/\(.*\)/\L\1/; s/[^[:alnum:] _-]//g; s/ /-/g'
}

@test "tutorial: every link inside the repository leads somewhere" {
	local file link target bad=0
	for file in README.md "${TEXTS[@]}" "${TEXTS[@]/%.md/.ru.md}" tests/README.md \
		.github/CONTRIBUTING.md; do
		while read -r link; do
			case $link in
			http*) continue ;;
			'#'*) target=$file ;;
			*) target=${file%"${file##*/}"}${link%#*} ;;
			esac
			case $link in
			*'#'*) anchors "$target" | grep -qxF -- "${link#*#}" && continue ;;
			*) [ ! -e "$target" ] || continue ;;
			esac
			echo "$file: $link"
			bad=1
		done < <(sed '/^```/,/^```/d' "$file" | grep -o ']([^)]*)' | sed 's/](\(.*\))/\1/')
	done
	[ "$bad" -eq 0 ]
}

# each_block KIND FUNCTION: FUNCTION WHAT for each block "KIND WHAT", which it reads.
each_block() {
	local text
	for text in "${TEXTS[@]}"; do
		each_block_of "$text" "$@" || return 1
	done
}
each_block_of() {
	local record what='' text=''
	while IFS= read -r record; do
		case $record in
		'block  '*)
			[ -z "$what" ] || printf '%s' "$text" | "$3" "$what" || return 1
			what=${record#"block  $2"} what=${what# } text=''
			;;
		*) text+=${record#?}$'\n' ;;
		esac
	done < <(blocks "$1" "$2"; echo 'block  ')
}

# quote FILE:NAME: standard input is a quote of it.
quote() {
	local wrong
	wrong=$(awk -v source="${1%:*}" -v name="${1##*:}" -f "$HERE/quote.awk")
	[ -z "$wrong" ] || { echo "$1: $wrong"; return 1; }
}
@test "tutorial: the code that is quoted is the sources'" {
	each_block 'c ' quote
}

# A file that defines nothing, as JSON is, is quoted from as a whole.
quote_file() { quote "$1:"; }
@test "tutorial: the JSON that is quoted is the files'" {
	each_block 'json ' quote_file
}

# The article's commands are those that the oracle runs.
article() {
	local line
	while IFS= read -r line; do
		grep -qxF -- "$line" tests/beyond/oracle/article || { echo "$line"; return 1; }
	done
}
@test "tutorial: the article's commands are those that test-oracle runs" {
	blocks TUTORIAL.md 'sh article' | sed -n 's/^\t//p' | article
}

@test "tutorial: every block is run, or held against something" {
	local info text bad=0
	while read -r info; do
		case $info in
		console | 'console host' | 'console container' | 'console v1' | 'console v2') ;;
		'sh article' | 'c '*:* | 'json '*) ;;
		*) echo "$info"; bad=1 ;;
		esac
	done < <(for text in "${TEXTS[@]}"; do blocks "$text"; done | sed -n 's/^block  //p')
	[ "$bad" -eq 0 ]
}

# words_of SVG: all text in it, in order.
words_of() { grep -o '>[^<>]*</text>' "$1" | sort; }

@test "tutorial: the pictures are what their sources draw" {
	local source bad=0
	command -v dot >/dev/null || skip "needs dot (package graphviz)"
	for source in {0[1-7]-*,full}/*.dot; do
		dot -Tsvg "$source" >"$BATS_TEST_TMPDIR/svg"
		# The places of things differ between versions of dot.
		diff <(words_of "$BATS_TEST_TMPDIR/svg") <(words_of "${source%.dot}.svg") || bad=1
	done
	[ "$bad" -eq 0 ]
}

@test "tutorial: every picture is in the texts" {
	local picture
	for picture in {0[1-7]-*,full,tests/beyond/bench}/*.svg; do
		grep -qF -e "]($picture)" -e "](${picture##*/})" "${TEXTS[@]}" || { echo "$picture"; return 1; }
	done
}
