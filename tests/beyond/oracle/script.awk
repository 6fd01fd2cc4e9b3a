# SPDX-License-Identifier: MIT
#
# script.awk - make a script of what a program said with -v.
#
# A line with + is the script's own. If it begins a shell, the lines with # that come
# after it are that shell's input: a here-document for a shell that the script waits
# for; a FIFO (-v fifo=PATH) for one that goes on beside it, and which answers on
# another FIFO when a line is done.
#
# If nothing comes after a shell that the script waits for, it becomes that shell, as
# our program became what it ran.

function emit(text) { out[++n] = text }

function quoted(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}

function send(text) {
	if (fed == "document")
		emit(text)
	else if (text ~ /^exec .* sh -e$/) # the last that this shell may read
		emit("printf '%s\\n' " quoted("echo >&8; " text) " >&9; read -r -t 10 <&8")
	else if (text ~ /^exec /)
		emit("printf '%s\\n' " quoted(text) " >&9; exec 9>&-")
	else
		emit("printf '%s\\n' " quoted(text) " 'echo >&8' >&9; read -r -t 10 <&8")
}

function end_document() {
	if (fed == "document") {
		emit("INSIDE")
		fed = ""
	}
}

/^# / { send(substr($0, 3)) }

/^\+ / {
	line = substr($0, 3)
	end_document()
	if (line ~ /(^| )sh( -e)?$/) {
		emit(line " <<'INSIDE'")
		start = n
		fed = "document"
	} else if (i = index(line, " < FIFO & ")) {
		emit("mkfifo " fifo " " fifo ".done")
		emit("exec 8<> " fifo ".done")
		emit(substr(line, 1, i) "< " fifo " &")
		emit("exec 9> " fifo) # which lets that shell begin
		emit(substr(line, i + 10))
		# It has a user namespace to write to as soon as it has left ours.
		emit("while [ /proc/$PID/ns/user -ef /proc/$$/ns/user ]; do :; done")
		fed = "fifo"
	} else {
		emit(line)
	}
}

END {
	if (fed == "document")
		out[start] = "exec " out[start]
	end_document()
	for (i = 1; i <= n; i++)
		print out[i]
}
