# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
#
# article.bash - the article's commands, from the file "article", in a world.
#
# They are run as they stand there. Adapted are the paths of chroot and, where the
# machine has version 1 of cgroups, of the limits; the pid; and the name of the uplink.
# Who runs them is user 1234, for whom sudo is a matter of course; wget finds its file
# on this machine.

# article_adapted: the file, adapted.
article_adapted() {
	sed -e 's,/bin/chroot,chroot,; s/<PID>/$PID/; s/enp3s0/uplink/' \
		"$HERE/article" | if [ "${#TREES[@]}" -gt 1 ]; then
		sed -e 's,mkdir /sys/fs/cgroup/,&{cpu\,memory}/,' \
			-e 's,"200000 100000",200000,; s,/my_container/cpu.max,/cpu/my_container/cpu.cfs_quota_us,' \
			-e 's,/my_container/memory.max,/memory/my_container/memory.limit_in_bytes,' \
			-e 's,/my_container/cgroup.procs,/{cpu\,memory}/my_container/cgroup.procs,'
	else
		cat
	fi
}

# article_by_ours: the file, adapted; unshare and chroot are our programs, by their names.
article_by_ours() {
	article_adapted | sed "s,^unshare,$TOP/01-unshare/unshare,; s, chroot , $TOP/03-mounts/mounts --chroot ,"
}

# article_script [COMMAND]: a script that does all of it and goes on; $GLUE/pid gets the PID.
article_script() {
	cat <<-END
		GLUE=$GLUE
		BUSYBOX=$BUSYBOX
	END
	cat <<-'END'
		# What has sudo in it is done by root, the rest by the user, where the
		# last one has gone to.
		sudo() { "$@"; }
		user() {
			cd "$(setpriv --reuid 1234 --regid 1235 --clear-groups bash -ec '
				wget() { cp "$busybox" busybox; }
				busybox=$2; eval "$1" >&2; pwd' bash "$1" "$BUSYBOX")"
		}
		# The process that PID has become or started, if that is the last shell.
		last_shell() {
			local pid=$1
			while child=$(pgrep -P "$pid"); do pid=$child; done
			[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" = "/bin/sh " ] && echo "$pid"
		}
	END
	"${1:-article_adapted}" | sed '/^# step:.*later/,$d; /^#/d' | while IFS= read -r command; do
		case $command in
		*unshare\ -f*)
			# It is for another terminal: nobody types anything there.
			echo 'mkfifo "$GLUE/terminal"; exec 7<>"$GLUE/terminal"'
			echo "(user ${command@Q}) <&7 >/dev/null 2>&1 &"
			echo 'until PID=$(last_shell $!); do :; done'
			;;
		*sudo*) echo "$command" ;;
		*) echo "user ${command@Q}" ;;
		esac
	done
	echo 'echo "$PID" >"$GLUE/pid"'
	echo 'wait'
}

# article_pieces: a line for each simple command: STEP, a tab, the command as it stands,
# a tab, and what a step has to say for it.
article_pieces() {
	local step='' line piece command
	while IFS= read -r line; do
		case $line in
		"# step: "*) step=${line#"# step: "} step=${step%,*} ;;
		"#"*) ;;
		*)
			while IFS= read -r piece; do
				expanded "$piece" | while IFS= read -r command; do
					printf '%s\t%s\t%s\n' "$step" "$piece" "$command"
				done
			done <<<"${line// && /$'\n'}"
			;;
		esac
	done < <(article_adapted)
}

# expanded COMMAND: as our programs would say it: without sudo, with whole paths, and
# one line for each of several operands.
expanded() {
	local command=${1#sudo } target file
	case $command in
	"echo "*" | sudo tee "*)
		target=${command##*tee }
		for file in $(eval "echo $target"); do
			echo "${command%% | *} > $file"
		done
		;;
	"umount "* | "mkdir /"*)
		for file in $(HOME=$WORLD/home eval "echo ${command#* }"); do
			echo "${command%% *} $file"
		done
		;;
	"mkdir -p ./"*) (HOME=$WORLD/home eval "echo ${command//.\//\~/container/}") ;;
	*) echo "$command" ;;
	esac | sed "s,~,$WORLD/home,g; s/['\"]//g"
}
