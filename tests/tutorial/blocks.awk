# SPDX-License-Identifier: MIT
#
# blocks.awk - the fenced blocks of a Markdown text: for each a line "block LINE INFO",
# and after it its own lines, each with a tab in front.

/^```/ {
	inside = !inside
	if (inside)
		print "block", FNR, substr($0, 4)
	next
}

inside { print "\t" $0 }
