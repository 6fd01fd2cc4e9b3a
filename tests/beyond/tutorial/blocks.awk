# SPDX-License-Identifier: MIT
#
# blocks.awk - the fenced blocks of a Markdown text: for each a line "block LINE INFO",
# and after it its own lines, each with a tab in front. With -v chapter=5 only those
# below the heading "## 5. ...".

BEGIN { here = chapter == "" }

/^## / && !inside && chapter != "" { here = $2 == chapter "." }

/^```/ {
	inside = !inside
	if (inside && here)
		print "block", FNR, substr($0, 4)
	next
}

inside && here { print "\t" $0 }
