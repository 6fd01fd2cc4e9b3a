# SPDX-License-Identifier: MIT
#
# differences.awk - hold what differs against the list of what is meant to.
#
# -v step='STEP...': those whose differences count; in the list, too, a step may be
# several. Prints the lines of the second file, a diff, that the first, the list, has no
# pattern for; the patterns that had a line are appended to the file -v used=FILE. With
# -v list=1 it prints STEP's patterns.

BEGIN {
	facts = ARGV[2]
	split(step, word, " ")
	for (i in word)
		wanted[word[i]]
}

FILENAME != facts && /^step: / {
	counts = 0
	for (i = 2; i <= NF; i++)
		counts = counts || $i in wanted
}
FILENAME != facts && /^only [a-z]+: / && counts {
	pattern[++n] = $0
	side[n] = /^only ours: / ? "<" : ">"
	sub(/^only [a-z]+: /, "")
	regex[n] = $0
}

FILENAME == facts {
	found = 0
	for (i = 1; i <= n; i++)
		if (substr($0, 1, 1) == side[i] && substr($0, 3) ~ regex[i]) {
			found = occurred[i] = 1
			break
		}
	if (!found)
		print
}

END {
	for (i = 1; i <= n; i++)
		if (list)
			print pattern[i]
		else if (occurred[i])
			print pattern[i] >> used
}
