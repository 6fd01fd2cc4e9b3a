# SPDX-License-Identifier: MIT
#
# quote.awk - is the text in standard input a quote of what SOURCE defines as NAME?
#
#     awk -v source=FILE -v name=NAME -f quote.awk < QUOTE
#
# A quote is whole lines of the definition, or of the comment above it, in their order;
# if NAME is empty, of the whole file. Where some are left out a line has … in it and
# nothing else. Prints what is wrong.

# The definition of NAME, a function or a table, goes to text[1..n].
function read_source(line, start, kept)
{
	while ((getline line < source) > 0) {
		if (name == "") {
			text[++kept] = line
			continue
		}
		if (!start && line == "")
			kept = 0 # a comment belongs to what follows at once
		text[++kept] = line
		if (!start && line ~ "^[a-z].*[ *]" name "[[(]" && line !~ /;$/)
			start = kept
		if (start && line ~ /^}/)
			return kept
	}
	return name == "" ? kept : 0
}

BEGIN {
	n = read_source()
	if (!n) {
		print source " defines no " name
		exit
	}
}

/^[ \t]*…$/ { gap = 1; next }

{
	from = at + 1
	for (at = from; at <= n && text[at] != $0; at++)
		;
	if (at > n) {
		print "not there, or not after the line before: " $0
		exit
	}
	if (at > from && NR > 1 && !gap) {
		print "lines are left out before: " $0
		exit
	}
	gap = 0
}
