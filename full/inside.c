/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The process that becomes the container: process 1 of its pid namespace, in new
 * namespaces of all kinds. It starts where the launcher is: in its rootfs.
 */
#include "../01-unshare/unshare.h"
#include "../03-mounts/mounts.h"
#include "../06-veth/netlink.h"
#include "../06-veth/veth.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Close what the launcher has open, but for stdin, stdout, stderr and our end of the line.
 * What it holds by a descriptor (beyond/name.c: the name) has to end with it, not with us. */
static void close_all_but_line(struct container *c)
{
	if (c->line != 3 && dup2(c->line, 3) < 0)
		err(1, "dup2");
	c->line = 3;
	close_from(4);
}

/* Wait until the launcher lets us go. If it has ended, so do we. */
static void wait_to_be_let_go(int line)
{
	char byte;
	ssize_t n = read(line, &byte, 1);

	if (n < 0)
		err(1, "wait for the launcher");
	if (n == 0)
		_exit(1);
}

/* Become the root that map_ids() has made. */
static void become_root_inside(void)
{
	say("exec setpriv --reuid 0 --regid 0 --keep-groups sh -e");
	if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
		err(1, "setpriv --reuid 0 --regid 0");
}

/* Be killed when the launcher ends. The line shows whether it ended before this call.
 * (getppid() does not: in a pid namespace of our own it is always 0.) */
static void bind_to_launcher(int line)
{
	char byte;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		err(1, "PR_SET_PDEATHSIG");
	if (recv(line, &byte, 1, MSG_DONTWAIT) == 0)
		_exit(1);
}

static void set_lo_up(void)
{
	struct netlink here;

	socket_here(&here);
	link_up(&here, "lo");
	close(here.fd);
}

/* pivot_root wants a mount point: bind the working directory, the rootfs, onto /tmp, which
 * every system has. Only this mount namespace sees it there. */
static void mount_rootfs(const char *dir)
{
	say("mount --bind . /tmp");
	/* Without MS_REC one would see what mounts in it cover: in a user namespace the
	 * kernel refuses that. */
	if (mount(".", "/tmp", NULL, MS_BIND, NULL)) {
		if (errno != EINVAL)
			err(1, "mount --bind . /tmp");
		errx(1,
		     "something is mounted in %s; to take it off: 03-mounts/mounts --umount %s",
		     dir, quoted(dir));
	}

	say("cd /tmp");
	if (chdir("/tmp"))
		err(1, "cd /tmp");
}

/* Mount the article's four in the working directory. */
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

	make_dev(); /* beyond the article */
}

static void set_hostname(const char *name)
{
	say("hostname %s", name);
	if (sethostname(name, strlen(name)))
		err(1, "hostname %s", name);
}

/* An environment that tells nothing about the host. */
static void set_environment(void)
{
	static char *variables[] = { "PATH=/bin:/sbin:/usr/bin:/usr/sbin",
				     "HOME=/root", NULL, NULL };
	const char *term = getenv("TERM");

	if (asprintf(&variables[2], "TERM=%s", term && *term ? term : "dumb") <
	    0)
		err(1, "env -i");
	say("umask 022"); /* our caller may have one that closes new files */
	umask(022);
	say("exec env -i%s sh -e", typed(variables));
	environ = variables;
}

void become_container(struct container *c)
{
	close_all_but_line(c);
	/* Until then we have no ids, and there is no network. */
	wait_to_be_let_go(c->line);

	say_inside();
	become_root_inside();
	/* After the ids, since changing them clears the order to die with the parent. */
	bind_to_launcher(c->line);
	/* The root of this namespace is the cgroup that we are in: the container's. */
	say("exec unshare -C sh -e");
	namespaces_unshare(CLONE_NEWCGROUP);
	if (!c->network) /* else step 6 has done it, from outside */
		set_lo_up();
	/* Before the first mount, or it would turn up on the host. */
	mounts_private();
	mount_rootfs(c->rootfs);
	/* While the host's /dev can still be seen. */
	mount_all();
	root_enter();
	/* Here, where hostname(1) is busybox's: Debian's refuses the "_". */
	set_hostname(c->hostname);

	set_environment();
	finish_inside(c); /* beyond the article */
	/* The line too; it was the last way to the launcher. */
	close_from(3);
	release_signals();
	exec_command(c->command);
}
