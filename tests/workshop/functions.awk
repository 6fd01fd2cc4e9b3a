# SPDX-License-Identifier: MIT
#
# functions.awk - find one function in a C file of kernel style: it begins at the left
# edge, and its body lies between a { and a } there.
#
#   awk -v name=NAME -v act=ACT -f functions.awk FILE
#
# ACT is "take", the function; "show", the same with the comment above it; "contract",
# the comment above its declaration (in a header) or else above itself; "strip", all of
# FILE, with a stub in place of the function's body; or "put", all of FILE, with the text
# in the environment's FUNCTION in its place. Exits 1 if there is no such function.

# The body of the stub: the commands that BODY says. One that it says and does at once
# is kept as a comment.
function stub(body,    lines, count, i, line, kept, cut, inside, end)
{
	count = split(body, lines, "\n")
	for (i = 1; i <= count; i++) {
		line = lines[i]
		if (match(line, /^\t+(say|echo)\(/)) {
			inside = 1
			end = line ~ /^\t+echo/ ? " */" : ""
			match(line, /^\t+/)
			cut = RLENGTH
			line = substr(line, 1, cut) (end ? "/* " : "") \
				substr(line, cut + 1)
		}
		if (!inside)
			continue
		inside = line !~ /;$/
		kept = kept substr(line, cut) (inside ? "" : end) "\n"
	}
	return kept "\terrx(3, \"" name ": yours to write\");\n"
}

function out(text)
{
	if (act == "strip" || act == "put")
		printf "%s", text
}

!inside && !waiting && $0 ~ "^[a-z].*[ *]" name "\\(" {
	waiting = 1
	head = ""
}
waiting && $0 == "{" {
	waiting = 0
	inside = found = 1
	body = ""
	next
}
waiting {
	head = head $0 "\n"
	if (/;$/) { # but a declaration
		waiting = 0
		out(head)
		if (act == "contract" && (found = 1))
			printf "%s", above
	}
	next
}
inside && $0 == "}" {
	inside = 0
	if (act == "show" || act == "contract")
		printf "%s", above
	if (act == "show" || act == "take")
		printf "%s{\n%s}\n", head, body
	else if (act == "strip")
		printf "%s{\n%s}\n", head, stub(body)
	else if (act == "put")
		print ENVIRON["FUNCTION"]
	next
}
inside {
	body = body $0 "\n"
	next
}
{
	above = /^$/ ? "" : above $0 "\n"
	out($0 "\n")
}
END { exit !found }
