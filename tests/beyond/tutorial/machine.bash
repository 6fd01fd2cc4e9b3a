# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# machine.bash - the reader's machine, for "run": a lab of namespaces that looks like one.
#
# To be used in namespaces of one's own: mounts, network, pids, hostname, IPC. Its name is
# laptop; user "you" (1000) has a home with a copy of this repository, and may use sudo.
# A cable leads to an internet where example.com is 1.1.1.1 and has a web server:
#
#     enp3s0 10.0.2.15/24  ---  10.0.2.2/24 (internet: 1.1.1.1, 9.9.9.9)

# A copy of /etc in memory, with our user in it and nobody else of that id.
machine_etc() {
	local dir=$1
	mkdir "$dir/etc"
	cp -a /etc/. "$dir/etc"
	sed -i '/^[^:]*:[^:]*:1000:/d; /^you:/d' "$dir/etc/passwd" "$dir/etc/group"
	echo 'you:x:1000:1000::/home/you:/bin/bash' >>"$dir/etc/passwd"
	echo 'you:x:1000:' >>"$dir/etc/group"
	echo 'you:*:19000:0:99999:7:::' >>"$dir/etc/shadow"
	printf '127.0.0.1 localhost laptop\n' >"$dir/etc/hosts"
	rm -f "$dir/etc/resolv.conf"
	echo 'nameserver 9.9.9.9' >"$dir/etc/resolv.conf"
	printf '%s\n' 'Defaults env_reset, !use_pty, !lecture, secure_path="/usr/sbin:/usr/bin:/sbin:/bin"' \
		'root ALL=(ALL) ALL' 'you ALL=(ALL) NOPASSWD: ALL' >"$dir/etc/sudoers"
	chmod 440 "$dir/etc/sudoers"
	mount --bind "$dir/etc" /etc
}

# The home, with what git would give a new user; or, for one chapter, what stands built.
machine_home() {
	local home=/home/you/my-first-container
	mount -t tmpfs -o mode=755 none /home
	mkdir -p "$home"
	if [ -n "$1" ]; then
		mount --bind "$TOP" "$home"
	else
		(cd "$TOP" && git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
			xargs -0 cp -a --parents -t "$home")
		chown -R 1000:1000 /home/you
	fi
	chown 1000:1000 /home/you
}

# In a small machine without sudo, root is the reader.
machine_sudo() {
	command -v sudo >/dev/null && return
	mkdir "$1/bin"
	printf '#!/bin/sh\nexec "$@"\n' >"$1/bin/sudo"
	chmod 755 "$1/bin/sudo"
	SUDO=$1/bin
}

machine_network() {
	ip link set lo up
	unshare -n tail -f /dev/null &
	INTERNET=$!
	until [ "$(readlink "/proc/$INTERNET/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
		sleep 0.02
	done
	ip link add enp3s0 type veth peer name eth0 netns "$INTERNET"
	ip addr add 10.0.2.15/24 dev enp3s0
	ip link set enp3s0 up
	internet ip addr add 10.0.2.2/24 dev eth0
	internet ip link set eth0 up
	internet ip link set lo up
	internet ip addr add 1.1.1.1/32 dev lo
	internet ip addr add 9.9.9.9/32 dev lo
	ip route add default via 10.0.2.2
	echo 0 >/proc/sys/net/ipv4/ip_forward
}

internet() { nsenter -t "$INTERNET" -n -- "$@"; }

# What answers on the internet: names, and a page.
machine_servers() {
	local dir=$1
	mkdir "$dir/www"
	echo '<h1>Example Domain</h1>' >"$dir/www/index.html"
	! command -v dnsmasq >/dev/null || internet dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts \
		--listen-address=9.9.9.9 --bind-interfaces --user=root --pid-file= \
		--address=/example.com/1.1.1.1 >/dev/null 2>&1 &
	internet "$BUSYBOX" httpd -f -p 1.1.1.1:80 -h "$dir/www" &
}

# you COMMAND...: run it as the reader would, in the repository.
you() {
	cd /home/you/my-first-container || return
	local who=(setpriv --reuid 1000 --regid 1000 --clear-groups)
	[ -z "${SUDO-}" ] || who=()
	exec "${who[@]}" env -i HOME=/home/you USER=you \
		LOGNAME=you SHELL=/bin/bash TERM=dumb LC_ALL=C.UTF-8 \
		PATH="${SUDO:+$SUDO:/usr/sbin:/sbin:}/usr/local/bin:/usr/bin:/bin" "$@"
}
