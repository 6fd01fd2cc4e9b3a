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
		/^<picture>/ { pictures++ }
		/^\|/ { lines++ }
		END { row() }' "$1"
}
@test "tutorial: the two languages have the same headings, with as much below each" { both outline; }

# How a picture begins. (GitHub has its own theme take the place of the browser's scheme.)
DARK='^<picture><source media="\(prefers-color-scheme: dark\)" srcset="[^"]*-dark\.svg">$'
# pictures FILE: the files that it shows, the one for dark pages before the one for light.
pictures() { grep -oE '(srcset|src)="[^"]*"' "$1" | cut -d '"' -f 2; }
@test "tutorial: the two languages have the same pictures" { both pictures; }

# is_paired FILE: has each picture both sides, a text for those who do not see it, and no other form?
is_paired() {
	pictures "$1" >"$BATS_TEST_TMPDIR/pictures"
	same_lines <(sed -n 's/-dark\.svg$//p' "$BATS_TEST_TMPDIR/pictures") \
		<(sed -n '/-dark\.svg$/d; s/\.svg$//p' "$BATS_TEST_TMPDIR/pictures") &&
		same_lines <(grep -cE "$DARK" "$1") \
			<(grep -cE '^alt="[^"]{30,}"></picture>$' "$1") &&
		same_lines <(grep -c '^<img src="' "$1") <(grep -c '<picture' "$1") &&
		! grep -n '!\[' "$1"
}
@test "tutorial: every picture is there for light and for dark pages, and in words" {
	local text bad=0
	for text in README.md "${TEXTS[@]}" "${TEXTS[@]/%.md/.ru.md}"; do
		is_paired "$text" || { echo "$text"; bad=1; }
	done
	[ "$bad" -eq 0 ]
}

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
		done < <(sed '/^```/,/^```/d' "$file" | grep -o ']([^)]*)' | sed 's/](\(.*\))/\1/'
			pictures "$file")
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

# svgs: the pictures for light pages. What is asked of them, those for dark pages have too.
svgs() { printf '%s\n' {0[1-7]-*,full,tests/beyond/bench}/*.svg | grep -v -e '-dark\.svg$'; }

@test "tutorial: the dark pictures are made from the light ones" {
	local picture bad=0
	while read -r picture; do
		same_lines "${picture%.svg}-dark.svg" <(sed -f "$HERE/dark.sed" "$picture") || bad=1
	done < <(svgs)
	[ "$bad" -eq 0 ]
}

# colours FILE: of fills, lines and text. (gnuplot defines two filters that it does not use.)
colours() {
	grep -v flood-color "$1" |
		grep -oiE "#[0-9a-f]{3,8}\b|rgb\([^)]*\)|(fill|stroke|color) *[:=] *[\"']?[a-z]{3,}" |
		grep -viE '(none|currentColor|rgb)$' | sort -u
}
@test "tutorial: no colour of a light picture is left in a dark one" {
	local picture bad=0
	while read -r picture; do
		[ -n "$(colours "$picture")" ] || { echo "$picture: no colours"; bad=1; }
		comm -12 <(colours "$picture") <(colours "${picture%.svg}-dark.svg") |
			sed "s,^,$picture: ," | grep . && bad=1
	done < <(svgs)
	[ "$bad" -eq 0 ]
}

# The style and the legend; what gnuplot draws has others.
head_of() { sed -n '/^<!-- From here/,/^<!-- end of head/p' "$1"; }
@test "tutorial: the pictures of all chapters have the same head" {
	local first picture bad=0
	first=$(svgs | head -n 1)
	[ "$(head_of "$first" | wc -l)" -gt 9 ]
	for picture in $(svgs | grep -v '^tests/'); do
		same_lines <(head_of "$first") <(head_of "$picture") || { echo "$picture"; bad=1; }
	done
	[ "$bad" -eq 0 ]
}

# GitHub shows them at their own width, up to 838 pixels.
@test "tutorial: the pictures are at most 760 pixels wide, and their text is at least 13 high" {
	local picture bad=0
	while read -r picture; do
		tr '\n' ' ' <"$picture" | grep -o '<svg [^>]*' | grep -o ' width="[0-9]*"' |
			awk -F '"' '{ width = $2 } END { exit !(width > 0 && width <= 760) }' ||
			{ echo "$picture: its width"; bad=1; }
		grep -oE 'font(-size)?[:=] *"?[0-9.]+' "$picture" | grep -oE '[0-9.]+$' |
			awk '$1 < 13 { small = 1 } END { exit small || NR == 0 }' ||
			{ echo "$picture: its text"; bad=1; }
	done < <(svgs)
	[ "$bad" -eq 0 ]
}

@test "tutorial: every picture is in the texts" {
	local picture
	for picture in {0[1-7]-*,full,tests/beyond/bench}/*.svg; do
		grep -qE "(src|srcset)=\"($picture|${picture##*/})\"" "${TEXTS[@]}" ||
			{ echo "$picture"; return 1; }
	done
}
