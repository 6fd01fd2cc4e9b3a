/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The process that becomes the container: process 1 of its pid namespace, in new
 * namespaces of all kinds, and from its first line on bound by its cgroup.
 *
 * It never walks a path to its rootfs. Its capabilities are those of a new user namespace
 * and open nothing of the host's: it could not pass through a home of mode 0700. But
 * the launcher can, and has entered the rootfs; a child begins in the same directory.
 */
#include "../01-unshare/unshare.h"
#include "../03-mounts/mounts.h"
#include "../04-userns/userns.h"
#include "container.h"
#include "lesson.h"

#include <poll.h>
#include <sched.h>
#include <sys/mount.h>

/* Close all descriptors but stdin, stdout, stderr and the line. One of the launcher's may
 * lead to the host, and "close on exec" would be too late: exec looks its program up
 * before it closes anything, and /bin/sh in the rootfs may be a link to
 * /proc/self/fd/6/.. and on to any program of the host. (CVE-2024-21626) */
static void close_all_but_line(struct container *c)
{
	if (c->line != 3 && dup2(c->line, 3) < 0)
		err(1, "dup2");
	c->line = 3;
	close_from(4);
}

/* Wait for the launcher's word; without a launcher there is nothing to be. */
static void wait_for_word(int line)
{
	char byte;
	ssize_t n = read(line, &byte, 1);

	if (n < 0)
		err(1, "wait for the launcher");
	if (n == 0)
		_exit(1);
}

/* Be killed when the launcher dies, and make sure that it has not died already:
 * getppid() cannot tell, it is 0 for a parent in another pid namespace. But then
 * the line is closed. */
static void bind_to_launcher(int line)
{
	struct pollfd closed = { .fd = line, .events = POLLIN };

	die_with_parent();
	switch (poll(&closed, 1, 0)) {
	case 0: break;
	case 1: _exit(1);
	default: err(1, "look for the launcher");
	}
}

/* pivot_root wants a mount point, so bind the rootfs, the working directory, onto a
 * directory that every system has. Only this mount namespace sees it there. */
static void mount_rootfs(void)
{
	say("mount --bind . /tmp");
	if (mount(".", "/tmp", NULL, MS_BIND, NULL))
		err(1, "mount --bind . /tmp");

	say("cd /tmp");
	if (chdir("/tmp"))
		err(1, "cd /tmp");
}

static void set_hostname(const char *name)
{
	say("hostname %s", name);
	if (sethostname(name, strlen(name)))
		err(1, "set the hostname %s", name);
}

/* The three that the article mounts, into the working directory; and /dev. */
static void mount_all(void)
{
	say("mount -t proc none ./proc");
	if (mount("none", place("proc"), "proc", 0, NULL))
		mount_failed("proc", "proc");

	say("mount -t sysfs -o ro none ./sys");
	if (mount("none", place("sys"), "sysfs", MS_RDONLY, NULL))
		mount_failed("sysfs", "sys");

	say("mount -t tmpfs none ./tmp");
	if (mount("none", place("tmp"), "tmpfs", 0, NULL))
		mount_failed("tmpfs", "tmp");

	make_dev();
}

/* An environment that says nothing of the host's. */
static void set_environment(void)
{
	const char *term = getenv("TERM");
	static char copy[64];

	snprintf(copy, sizeof copy, "%s", term && *term ? term : "dumb");
	say("exec env -i PATH=/bin:/sbin:/usr/bin:/usr/sbin HOME=/root TERM=%s sh -e",
	    quoted(copy));
	clearenv();
	setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 1);
	setenv("HOME", "/root", 1);
	setenv("TERM", copy, 1);
}

void become_container(struct container *c)
{
	close_all_but_line(c);
	wait_for_word(c->line);

	say_inside();
	userns_become_root(false);
	bind_to_launcher(c->line);
	say("exec unshare -C sh -e");
	namespaces_unshare(CLONE_NEWCGROUP);
	mounts_private();
	mount_rootfs();
	mount_all();
	root_enter();
	set_hostname(c->hostname);
	make_resolv_conf(c);

	open_terminal(c);
	release_signals();
	set_environment();
	close_from(3); /* the line, too */
	confine();
	exec_command(c->command);
}
