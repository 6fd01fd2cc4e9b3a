#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2001 # sed says it shorter
load lab

setup() {
	lab_setup
	ROOTFS=$TOP/02-rootfs/rootfs
	DIR=$HOME/container
	umask 022
}
teardown() { lab_teardown; }

rootfs() { "$ROOTFS" "$@"; }

# tree DIR: its paths, modes, types and links. state DIR: and which files and how old.
# Two words for one way are one: ./busybox and ../bin/busybox, in bin.
tree() { find "$1" -printf '%P %m %y %l\n' | sed 's,\(bin/[^/]* l \)\(\./\|\.\./bin/\)busybox$,\1busybox,' | sort; }
state() { find "$1" -printf '%P %m %y %l %u %g %i %s %T@ %C@\n' | sort; }

# refused STATUS WORD ARG...: "rootfs ARG..." ends with STATUS and one line that has
# WORD in it, and all in the test's directory is as it was.
refused() {
	local wanted=$1 word=$2 before
	shift 2
	before=$(tree "$T")
	run timeout 10 "$ROOTFS" "$@"
	check "$wanted" "rootfs: " "$word" && one_line && same "$(tree "$T")" "$before"
}

# refused_busybox WORD FILE: the same, of a FILE that is no busybox for us: the line
# names it, and says how to get the right one.
refused_busybox() {
	refused 1 "rootfs: $2: $1" --busybox "$2" "$T/new" && check 1 busybox-static
}

# byte FILE OFFSET: its value. patch FILE OFFSET VALUE...: put others there.
byte() { od -An -v -tu1 -j "$2" -N 1 "$1" | tr -d ' '; }
patch() {
	local file=$1 offset=$2
	shift 2
	# shellcheck disable=SC2059 # the format is the bytes
	printf "$(printf '\\%03o' "$@")" |
		dd of="$file" bs=1 seek="$offset" conv=notrunc status=none
}

# applets: what is to be linked.
applets() { "$BUSYBOX" --list | grep -vx busybox | sort; }

@test "02: makes the article's seven directories, and DIR" {
	run rootfs "$DIR"
	check 0
	same "$output" ""
	same "$(find "$DIR" -maxdepth 1 -printf '%P %m %y\n' | sort)" " 755 d
bin 755 d
dev 755 d
etc 755 d
proc 755 d
root 755 d
sys 755 d
tmp 755 d"
	same "$(find "$DIR"/{dev,proc,root,sys,tmp} -mindepth 1)" ""
}

@test "02: bin holds the busybox and a link for each of its applets" {
	local links
	rootfs "$DIR"
	cmp "$BUSYBOX" "$DIR/bin/busybox"
	same "$(stat -c '%a %F' "$DIR/bin/busybox")" "755 regular file"
	links=$(find "$DIR/bin" -type l -printf '%f\n' | sort)
	same "$links" "$(applets)"
	grep -x sh <<<"$links"
	# They lead to it, and from within the tree.
	same "$(find -L "$DIR/bin" -mindepth 1 ! -samefile "$DIR/bin/busybox")" ""
	same "$(find "$DIR/bin" -type l -lname '/*')" ""
	same "$(find "$DIR/bin" -mindepth 1 ! -type l)" "$DIR/bin/busybox"
}

@test "02: etc has the article's three files, byte for byte" {
	rootfs "$DIR"
	same "$(ls -A "$DIR/etc")" $'group\npasswd\nprofile'
	cmp <(echo 'export PATH=/bin') "$DIR/etc/profile"
	cmp <(echo 'root:x:0:0:root:/root:/bin/sh') "$DIR/etc/passwd"
	cmp <(echo 'root:x:0:') "$DIR/etc/group"
	same "$(stat -c '%a %F' "$DIR"/etc/*)" $'644 regular file\n644 regular file\n644 regular file'
}

@test "02: it is a system to live in" {
	rootfs "$DIR"
	# shellcheck disable=SC2016 # for the shell inside
	run env HOME=/root unshare -r "$BUSYBOX" chroot "$DIR" /bin/sh -lc \
		'echo "$PATH"; cd; pwd; id -un; id -gn; ls -d /*; echo written >/tmp/file'
	check 0
	same "$output" $'/bin\n/root\nroot\nroot\n/bin\n/dev\n/etc\n/proc\n/root\n/sys\n/tmp'
	same "$(<"$DIR/tmp/file")" written
}

@test "02: a second run changes nothing" {
	local before
	rootfs "$DIR"
	before=$(state "$DIR")
	run rootfs "$DIR"
	check 0
	same "$output" ""
	same "$(state "$DIR")" "$before"
	rootfs --busybox "$BUSYBOX" "$DIR/"
	same "$(state "$DIR")" "$before"
}

@test "02: the user's own files are kept" {
	local before mine=(etc/passwd etc/group bin/ls bin/cat bin/ps bin/busybox home/file file tmp)
	mkdir -p "$DIR"/{bin/ps,etc,home,tmp}
	chmod 1777 "$DIR/tmp"
	cd "$DIR"
	tee etc/passwd bin/ls bin/busybox home/file file <<<mine
	ln -s sh bin/cat
	ln -s nowhere etc/group
	before=$(stat -c '%N %a %F %i %s %y %z' "${mine[@]}")
	rootfs "$DIR"
	same "$(stat -c '%N %a %F %i %s %y %z' "${mine[@]}")" "$before"
	same "$(cat etc/passwd bin/ls bin/busybox home/file file)" $'mine\nmine\nmine\nmine\nmine'
	same "$(<etc/profile)" "export PATH=/bin"
	[ bin/sh -ef bin/busybox ]
}

@test "02: what is missing is put back, and no more" {
	local path before
	rootfs "$DIR"
	for path in bin/ls bin/busybox etc/passwd tmp; do
		before=$(state "$DIR" | grep -Ev "^($path|${path%/*}|) ")
		rm -r "${DIR:?}/$path"
		rootfs "$DIR"
		same "$(state "$DIR" | grep -Ev "^($path|${path%/*}|) ")" "$before"
	done
	rootfs "$T/fresh"
	same "$(tree "$DIR")" "$(tree "$T/fresh")"
}

@test "02: DIR is ~/container, or any path" {
	local dir
	rootfs
	rootfs "$T/fresh"
	same "$(tree "$HOME/container")" "$(tree "$T/fresh")"
	cd "$T"
	for dir in "with blank" relative ./dotted/ "$T/it's \$(odd)"; do
		rootfs -- "$dir"
		same "$(tree "$dir/")" "$(tree "$T/fresh")"
	done
}

@test "02: in a home that is closed to others root makes it, from a busybox there" {
	local mode
	need root
	rootfs "$T/fresh"
	for mode in 700 750 711; do
		mkdir -m "$mode" "$T/home$mode"
		cp "$BUSYBOX" "$T/home$mode/busybox"
		chown -R 1234:1234 "$T/home$mode"
		rootfs --busybox "$T/home$mode/busybox" "$T/home$mode/container"
		same "$(tree "$T/home$mode/container")" "$(tree "$T/fresh")"
	done
}

@test "02: a link, file or fifo in a directory's place is refused, the host untouched" {
	local name
	mkdir "$T/outside"
	for name in proc sys dev tmp bin root etc; do
		mkdir "$DIR"
		ln -s "$T/outside" "$DIR/$name"
		refused 1 "$DIR/$name is a link or a file" "$DIR"
		ln -sfn ../../outside "$DIR/$name"
		refused 1 "$DIR/$name is a link or a file" "$DIR"
		ln -sfn "$T/nowhere" "$DIR/$name"
		refused 1 "$DIR/$name is a link or a file" "$DIR"
		rm "$DIR/$name"
		echo mine >"$DIR/$name"
		refused 1 "$DIR/$name is a link or a file" "$DIR"
		rm "$DIR/$name"
		mkfifo "$DIR/$name"
		refused 1 "$DIR/$name is a link or a file" "$DIR"
		rm "$DIR/$name"
		rmdir "$DIR"
	done
	mkdir "$DIR" "$DIR/bin"
	ln -s bin "$DIR/etc"
	refused 1 "$DIR/etc is a link or a file" "$DIR"
}

@test "02: a link in a file's place leads nothing out" {
	local name before
	mkdir -p "$DIR/bin" "$DIR/etc" "$T/outside"
	echo host >"$T/outside/file"
	for name in bin/busybox etc/passwd etc/group etc/profile bin/ls bin/.new etc/.new; do
		ln -s "$T/outside/${name//\//-}" "$DIR/$name"
	done
	before=$(state "$T/outside")
	rootfs "$DIR" || :
	same "$(state "$T/outside")" "$before"
	same "$(readlink "$DIR/bin/busybox")" "$T/outside/bin-busybox"

	for name in bin/busybox etc/passwd etc/group etc/profile bin/ls bin/.new etc/.new; do
		ln -sf "$T/outside/file" "$DIR/$name"
	done
	before=$(state "$T/outside")
	rootfs "$DIR" || :
	same "$(state "$T/outside")" "$before"
}

@test "02: what a killed run left half-made does not stay" {
	mkdir -p "$DIR/bin" "$DIR/etc"
	head -c 1000 "$BUSYBOX" >"$DIR/bin/.new"
	echo half >"$DIR/etc/.new"
	rootfs "$DIR"
	rootfs "$T/fresh"
	same "$(tree "$DIR")" "$(tree "$T/fresh")"
	cmp "$BUSYBOX" "$DIR/bin/busybox"
}

# whole DIR: of the files in DIR none is half: each is missing, or as it is to be.
whole() {
	local file
	same "$(on_host find "$1" -name .new)" "" || return 1
	for file in bin/busybox etc/passwd etc/group etc/profile; do
		on_host test ! -e "$1/$file" || on_host cmp "$1/$file" "$T/fresh/$file" || return 1
	done
}

@test "02: where there is no room, what was made is whole and stays, and a second run makes the rest" {
	local limit all
	lab_host
	rootfs "$T/fresh"
	mkdir "$T/small"
	all=$(applets | wc -l)
	# Room for no busybox; for no files; for some links; for all but /etc/passwd.
	for limit in size=200k nr_inodes=2 nr_inodes=6 nr_inodes=9 nr_inodes=60 \
		nr_inodes=$((all + 9)) nr_inodes=$((all + 11)); do
		on_host mount -t tmpfs -o "$limit" none "$T/small"
		run on_host "$ROOTFS" "$T/small/new"
		check 1 "rootfs: " "No space left on device"
		one_line
		whole "$T/small/new"
		on_host cp -a "$T/small/new" "$T/large"
		on_host umount "$T/small"
		rootfs "$T/large"
		same "$(tree "$T/large")" "$(tree "$T/fresh")"
		whole "$T/large"
		rm -r "$T/large"
	done
	for limit in size=200k nr_inodes=15 nr_inodes=$((all + 11)); do
		on_host mount -t tmpfs -o "$limit" none "$T/small"
		on_host mkdir -p "$T/small/old/bin" "$T/small/old/etc"
		echo mine | on_host tee "$T/small/old/bin/ls" "$T/small/old/etc/profile"
		run on_host "$ROOTFS" "$T/small/old"
		check 1 "rootfs: " "No space left on device"
		one_line
		same "$(on_host cat "$T/small/old/bin/ls" "$T/small/old/etc/profile")" $'mine\nmine'
		same "$(on_host find "$T/small" -name .new)" ""
		on_host umount "$T/small"
	done
}

@test "02: a file that cannot be written whole is not there, under no name" {
	run sh -c 'trap "" XFSZ; ulimit -f 100; exec "$@"' sh "$ROOTFS" "$DIR"
	check 1 "rootfs: write busybox: File too large"
	one_line
	same "$(ls -A "$DIR/bin" "$DIR/etc")" "$DIR/bin:

$DIR/etc:"
	rootfs "$DIR"
	cmp "$BUSYBOX" "$DIR/bin/busybox"
}

@test "02: a caller that ignores SIGCHLD gets its rootfs" {
	run env --ignore-signal=CHLD "$ROOTFS" "$DIR"
	check 0
	same "$output" ""
	rootfs "$T/fresh"
	same "$(tree "$DIR")" "$(tree "$T/fresh")"
}

@test "02: a caller that has closed stdin, stdout or stderr gets its rootfs, and nothing else in it" {
	local closed path
	rootfs "$T/fresh"
	for closed in '0>&-' '1>&-' '2>&-' '0>&- 1>&-' '1>&- 2>&-' '0>&- 1>&- 2>&-'; do
		rm -rf "$DIR"
		sh -c "exec \"\$@\" $closed" sh "$ROOTFS" -v "$DIR" 2>"$T/said"
		same "$(tree "$DIR")" "$(tree "$T/fresh")"
		for path in bin/busybox etc/profile etc/passwd etc/group; do
			cmp "$DIR/$path" "$T/fresh/$path"
		done
	done
}

@test "02: a directory that may not be entered is one clear line, and is left alone" {
	local user=()
	mkdir -p "$DIR/bin"
	chmod 0 "$DIR/bin"
	if is_root; then
		chown -R 65534 "$T"
		user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	fi
	run "${user[@]}" "$ROOTFS" "$DIR"
	check 1 "rootfs: cd bin: Permission denied"
	one_line
	[ ! -e "$DIR/busybox" ]
}

@test "02: a busybox that is not there, or no program, is refused" {
	refused_busybox "No such file or directory" "$T/none"
	mkdir "$T/dir"
	refused_busybox "not a file" "$T/dir"
	mkfifo "$T/fifo"
	refused_busybox "not a file" "$T/fifo"
	refused_busybox "not a file" /dev/zero
	: >"$T/empty"
	printf '#!/bin/sh\necho ls\n' >"$T/script"
	head -c 4 "$BUSYBOX" >"$T/magic"
	chmod 755 "$T"/{empty,script,magic}
	refused_busybox "not an ELF program" "$T/empty"
	refused_busybox "not an ELF program" "$T/script"
	refused_busybox "not an ELF program" "$T/magic"
	cp "$BUSYBOX" "$T/plain"
	chmod 644 "$T/plain"
	refused_busybox "not executable" "$T/plain"
}

@test "02: a busybox that needs a loader is refused" {
	[ "$(head -c 4 "$BASH" | tail -c 3)" = ELF ]
	refused_busybox "dynamically linked" "$BASH"
	ln -s "$BASH" "$T/link"
	refused_busybox "dynamically linked" "$T/link"
}

@test "02: a busybox for another machine is refused" {
	local offset
	# EI_CLASS and EI_DATA are 1 or 2; e_machine is none that there is.
	for offset in 4 5; do
		cp "$BUSYBOX" "$T/other"
		patch "$T/other" "$offset" $((3 - $(byte "$T/other" "$offset")))
		refused_busybox "not an ELF program for this machine" "$T/other"
	done
	cp "$BUSYBOX" "$T/other"
	patch "$T/other" 18 254 254
	refused_busybox "not an ELF program for this machine" "$T/other"
}

@test "02: half a busybox is refused, and nothing is made" {
	local size
	: >"$T/half"
	chmod 755 "$T/half"
	head -c 20 "$BUSYBOX" >"$T/half"
	refused_busybox "not an ELF program" "$T/half"
	for size in 64 100; do
		head -c "$size" "$BUSYBOX" >"$T/half"
		refused_busybox "cut short" "$T/half"
	done
	for size in 1000 20000 200000; do
		head -c "$size" "$BUSYBOX" >"$T/half"
		refused 1 "$T/half" --busybox "$T/half" "$T/new"
		mkdir "$T/new"
		refused 1 "$T/half" --busybox "$T/half" "$T/new"
		rmdir "$T/new"
	done
}

@test "02: a busybox that cannot be started is one clear line, and nothing is made" {
	lab_host
	mkdir "$T/disk"
	on_host mount -t tmpfs -o noexec none "$T/disk"
	on_host cp "$BUSYBOX" "$T/disk/busybox"
	run on_host "$ROOTFS" --busybox "$T/disk/busybox" "$T/new"
	check 1 "rootfs: $T/disk/busybox: Permission denied"
	one_line
	[ ! -e "$T/new" ]
}

@test "02: a program that lists nothing is refused" {
	need compiler
	echo 'int main(void) { return 0; }' >"$T/nothing.c"
	cc -static -o "$T/nothing" "$T/nothing.c"
	refused 1 "no list; is it a whole busybox?" --busybox "$T/nothing" "$T/new"
}

@test "02: a busybox whose list would lead out of bin is refused" {
	local offset
	cp "$BUSYBOX" "$T/busybox-evil"
	# The names stand one after the other, with a NUL between.
	for offset in $(grep -zabo -x wget "$T/busybox-evil" | tr '\0' '\n' | cut -d : -f 1); do
		patch "$T/busybox-evil" $((offset + 1)) 47
	done
	"$T/busybox-evil" --list | grep -x w/et || skip "this busybox keeps its names elsewhere"
	refused 1 "busybox-evil --list: a name with a slash" --busybox "$T/busybox-evil" "$T/new"
	mkdir -p "$T/new/bin/w"
	refused 1 "busybox-evil --list: a name with a slash" --busybox "$T/busybox-evil" "$T/new"
}

# with_tools DIR COMMAND...: run it where DIR stands in the place of each directory of programs.
with_tools() {
	mkdir -p "$T/tools" && cp "$BUSYBOX" "$T/tools/busybox"
	# shellcheck disable=SC2016 # for that shell
	unshare -m "$T/tools/busybox" sh -c 'dir=$1 busybox=$2; shift 2
		for place in /bin /usr/bin /usr/sbin; do "$busybox" mount --bind "$dir" "$place"; done
		exec "$@"' - "$1" "$T/tools/busybox" "${@:2}"
}

@test "02: a static busybox is found where each distribution has it" {
	need root
	local name
	for name in busybox busybox.static busybox-static; do
		mkdir "$T/$name.dir"
		cp "$BUSYBOX" "$T/$name.dir/$name"
		run with_tools "$T/$name.dir" "$ROOTFS" -v "$T/$name"
		check 0 "/$name busybox"
	done
	mkdir "$T/none"
	run with_tools "$T/none" "$ROOTFS" "$T/new"
	check 1 "rootfs: /bin/busybox: No such file or directory" busybox-static
	one_line
}

@test "02: a command line that is wrong is one clear line and exit status 2" {
	refused 2 "b: only one DIR" "$T/a" "$T/b"
	refused 2 "bad" --bad
	refused 2 "x" -x "$DIR"
	refused 2 "busybox" --busybox
	refused 2 "which DIR?" ""
	HOME='' refused 2 "which DIR? HOME is not set"
	unset HOME
	refused 2 "which DIR? HOME is not set"
	"$ROOTFS" --help >"$T/out" 2>"$T/err"
	grep -F -- "--busybox FILE" "$T/out"
	[ ! -s "$T/err" ]
}

@test "02: a DIR that cannot be is one clear line and exit status 1" {
	refused 1 "$T/none/dir: No such file or directory" "$T/none/dir"
	echo >"$T/file"
	refused 1 "$T/file: Not a directory" "$T/file"
	refused 1 "$T/file/dir: Not a directory" "$T/file/dir"
	ln -s "$T/nowhere" "$T/dangling"
	refused 1 "$T/dangling" "$T/dangling"
}

@test "02: the caller's umask does not change the modes" {
	rootfs "$T/fresh"
	umask 077
	rootfs "$DIR"
	same "$(tree "$DIR")" "$(tree "$T/fresh")"
	umask 000
	rootfs "$T/open"
	same "$(tree "$T/open")" "$(tree "$T/fresh")"
}

# typed SAID: the output of "rootfs -v", as commands.
typed() { sed 's/^+ //' <<<"$1"; }

@test "02: -v says commands that do the same, the article's own as far as they are true" {
	local dir name
	for dir in plain "it's \$(odd)"; do
		mkdir -p "$T/ours" "$T/theirs"
		cd "$T/ours"
		run rootfs -v "$dir"
		check 0 "+ mkdir -p proc sys dev tmp bin root etc" "+ cd bin" \
			"+ $BUSYBOX --list | xargs -I {} ln -s busybox {} || :" \
			"+ echo 'export PATH=/bin' > profile"
		same "$(grep -v '^+ ' <<<"$output" || :)" ""
		cd "$T/theirs"
		run sh -ec "$(typed "$output")"
		check 0
		# As in the article, busybox is in its own list, and cannot be linked.
		same "$(sed 's/.*busybox.*File exists$//' <<<"$output")" ""
		same "$(tree "$T/theirs")" "$(tree "$T/ours")"
		for name in bin/busybox etc/profile etc/passwd etc/group; do
			cmp "$T/ours/$dir/$name" "$T/theirs/$dir/$name"
		done
		rm -r "$T/ours" "$T/theirs"
	done
}

@test "02: -v says no file that is there already, and what it says changes nothing then" {
	local before
	rootfs "$DIR"
	run rootfs --verbose "$DIR"
	check 0
	same "$output" "+ cd $DIR
+ mkdir -p proc sys dev tmp bin root etc
+ cd bin
+ $BUSYBOX --list | xargs -I {} ln -s busybox {} || :
+ cd ..
+ cd etc
+ cd .."
	before=$(state "$DIR")
	sh -ec "$(typed "$output")" 2>/dev/null
	same "$(state "$DIR")" "$before"
	rm "$DIR/etc/group"
	run rootfs -v "$DIR"
	check 0
	same "$(grep -F 'echo' <<<"$output")" "+ echo root:x:0: > group"
}

@test "02: what -v says can be typed where some of it stands already, and keeps that too" {
	mkdir -p "$T/ours/dir/bin" "$T/theirs/dir/bin"
	cp "$BUSYBOX" "$T/ours/busybox here"
	cp "$BUSYBOX" "$T/theirs/busybox here"
	chmod 711 "$T"/{ours,theirs}/"busybox here"
	ln -s elsewhere "$T/ours/dir/bin/ls"
	ln -s elsewhere "$T/theirs/dir/bin/ls"
	cd "$T/ours"
	run rootfs -v --busybox "busybox here" dir
	check 0 "+ '$T/ours/busybox here' --list | "
	cd "$T/theirs"
	run sh -ec "$(typed "$output")"
	check 0
	# ln says of each that it stands; nothing else is said.
	same "$(sed 's/.*\(busybox\|ls\).*File exists$//' <<<"$output" | tr -d '\n')" ""
	same "$(tree "$T/theirs")" "$(tree "$T/ours")"
}
