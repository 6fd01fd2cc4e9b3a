# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2154 # tree and system are the caller's
#
# tree.bash - how to fill the folder $tree with programs of the system in $system (of this
# machine, if that is empty), and with the libraries that they need.

# The name of this architecture in paths, such as x86_64-linux-gnu.
triplet=$(cd "$system/usr/lib" && echo ./*-linux-gnu*)
triplet=${triplet##*/}
library_dirs=(/usr/lib/"$triplet" /lib/"$triplet" /lib64 /lib /usr/lib)

# What is missing there is no error here: a test that wants it says so.
copied=" "

# from NAME DIR...: the first DIR/NAME that there is, below $system.
from() {
	local name=$1 dir
	shift
	for dir in "$@"; do
		[ ! -e "$system$dir/$name" ] || { echo "$dir/$name" && return; }
	done
	return 1
}

# place PATH: copy what is at $system/PATH to that place in the tree, and what it
# needs. Links are followed, also those that are absolute below $system.
place() {
	local path=$1 link library
	case $copied in *" $path "*) return ;; esac
	copied="$copied$path "
	mkdir -p "$tree${path%/*}"
	if [ -L "$system$path" ]; then
		link=$(readlink "$system$path")
		cp -P "$system$path" "$tree$path"
		case $link in
		/*) place "$link" ;;
		*) place "$(realpath -ms "/${path%/*}/$link")" ;;
		esac
		return
	fi
	cp "$system$path" "$tree$path"
	for library in $(needed "$system$path"); do
		path=$(from "${library##*/}" "${library%/*}" "${library_dirs[@]}") && place "$path"
	done
}

# needed FILE: the libraries and the loader that an ELF file names.
needed() {
	readelf -dl "$1" 2>/dev/null |
		sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p; s/.*program interpreter: \(.*\)\]/\1/p'
}

# place_commands NAME...: the same for the programs with these names, where there are such.
place_commands() {
	local name path
	for name in "$@"; do
		if path=$(from "$name" /usr/bin /usr/sbin /bin /sbin); then
			place "$path"
		fi
	done
}
