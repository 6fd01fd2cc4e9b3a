# SPDX-License-Identifier: MIT
#
# awk -f mutate.awk [VARIABLE=VALUE...] unnoticed FILE...: print the mutants of these C sources
# that "unnoticed" does not list, one on each line:
#
#     FILE <tab> the line's number <tab> FUNCTION <tab> the line as it is in this mutant
#
#     all=1           also those that are listed
#     size=N seed=N   a random sample of N of them
#     only=FOLDERS    only some FILEs are given, and "unnoticed" may have lines for others
#
# Only bodies of functions are changed. Their braces stand in column 0.

FILENAME ~ /unnoticed$/ {
	if (/^[^#]/)
		listed[$0] = 1
	next
}

FNR == 1 { inside = 0; comment = 0; previous = "" }

{ code = masked($0) }

code ~ /^}/ { inside = 0 }
inside && code !~ /^#/ { mutate() }
code ~ /^{/ { inside = 1 }

# The name of a function is the last word before a "(" in a line that begins in column 0.
!inside && code ~ /^[a-z_]/ {
	for (rest = code; match(rest, /[a-z_0-9]+\(/); rest = substr(rest, RSTART + RLENGTH))
		name = substr(rest, RSTART, RLENGTH - 1)
}

code ~ /[^ \t]/ { previous = code }

# TEXT with a blank for each character of a comment, and a _ for each of a string.
function masked(text,    out, i, c, quote) {
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (comment || (!quote && substr(text, i, 2) == "/*")) {
			comment = 1
			out = out " "
			if (c == "/" && substr(text, i - 1, 1) == "*")
				comment = 0
		} else if (quote) {
			if (c == "\\") {
				out = out "_"
				i++
			} else if (c == quote)
				quote = ""
			out = out "_"
		} else if (c == "\"" || c == "'") {
			quote = c
			out = out "_"
		} else
			out = out c
	}
	sub(/ +$/, "", out)
	return out
}

# Make a mutant: NEW in place of the LENGTH characters at AT.
function put(at, length_, new,    text, where) {
	text = substr($0, 1, at - 1) new substr($0, at + length_)
	gsub(/\t+/, " ", text)
	sub(/^ +/, "", text)
	if (seen[FILENAME, FNR, text]++)
		return
	where = FILENAME ": " name "()"
	needed[where] = needed[where ": " text] = 1
	if (all || !(where in listed || where ": " text in listed))
		mutant[n++] = FILENAME "\t" FNR "\t" name "\t" text
}

# Make a mutant for each place that matches RE, with NEW in place of the match or of its first
# LENGTH characters. None lacks O_CLOEXEC: tests/beyond/breakout shows which descriptors a
# program gets.
function each(re, new, length_,    at) {
	for (at = 1; match(substr(code, at), re); at += RSTART - 1 + RLENGTH)
		if (new != "" || substr(code, at + RSTART - 1, RLENGTH) !~ /CLOEXEC/)
			put(at + RSTART - 1, length_ ? length_ : RLENGTH, new)
}

END {
	srand(seed)
	for (i = 0; i < n; i++)
		# as many as are still wanted, of those that are still there
		if (!size || rand() * (n - i) < size - taken) {
			print mutant[i]
			taken++
		}
	for (line in listed)
		if (!only && !(line in needed)) {
			print "unnoticed: there is no such mutant: " line >"/dev/stderr"
			status = 1
		}
	exit status
}

function mutate() {
	each(" == ", " != ")
	each(" != ", " == ")
	# Not "< 0", a test for an error: the calls that are tested so seldom return 0.
	each(" < [^0]", " <= ", 3)
	each(" <= ", " < ")
	each(" > ", " >= ")
	each(" >= [^0]", " > ", 4)
	each(" &&", " ||")
	each(" [|][|]", " &&")
	each(" [+] ", " - ")
	each(" - ", " + ")
	each(" [+]= ", " -= ")
	each(" & ", " | ")
	each("![a-z_(*]", "", 1)
	each(" [|] [A-Z][A-Z_0-9]+", "")
	each("[A-Z][A-Z_0-9]+ [|]( |$)", "")
	each("[ \t][?] ", " && 0 ? ")
	each("[ \t][?] ", " || 1 ? ")
	negate()
	change_return()
	# Not err(): tests/beyond/faults shows what happens after a system call has failed.
	if (code ~ /^\t+[a-z_0-9]+\(/ && code !~ /^\t+err\(/ &&
	    previous ~ /[;{}:)]$|else$/)
		put(match(code, /[a-z_]/), 0, "while (0) ")
}

# Negate the condition of an if or a while that is in one line. If it is one comparison, or
# begins with "!", the mutants above negate it already.
function negate(    at, inner) {
	if (!match(code, /^\t+(} )?(else )?(if|while) \(.*\)( {)?$/))
		return
	at = index(code, "(") + 1
	inner = substr(code, at)
	sub(/\)( {)?$/, "", inner)
	if (inner ~ /&&|[|][|]/ || (inner !~ /^!/ && inner !~ / [!=]= /))
		put(at, length(inner), "!(" substr($0, at, length(inner)) ")")
}

function change_return(    at, value, other) {
	if (!match(code, /return.*;$/))
		return
	at = RSTART
	value = substr($0, at, RLENGTH)
	other = value == "return;" ? ";" : "return 0;"
	if (value == "return 0;")
		other = "return 1;"
	if (value == "return false;")
		other = "return true;"
	if (value != "return NULL;")
		put(at, RLENGTH, other)
}
