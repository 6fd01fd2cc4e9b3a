/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The process that becomes the container. It is process 1 of its pid namespace, and its
 * other namespaces are new as well. Its working directory is the rootfs.
 */
#include "../01-unshare/unshare.h"
#include "../03-mounts/mounts.h"
#include "../06-veth/netlink.h"
#include "../06-veth/veth.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

/* Become root of the user namespace, which map_ids() has mapped. */
static void become_root_inside(void)
{
	say("exec setpriv --reuid 0 --regid 0 --keep-groups sh -e");
	if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
		err(1, "setpriv --reuid 0 --regid 0");
}

static void set_lo_up(void)
{
	struct netlink here;

	socket_here(&here);
	link_up(&here, "lo");
	close(here.fd);
}

/* The new root must be a mount point. So bind the rootfs, our working directory, on /tmp, which
 * every system has. Only this mount namespace sees it there. */
static void mount_rootfs(const char *dir)
{
	say("mount --bind . /tmp");
	/* Without MS_REC, this would show what other mounts in the rootfs hide. In a user
	 * namespace the kernel refuses that with EINVAL. */
	if (mount(".", "/tmp", NULL, MS_BIND, NULL)) {
		if (errno != EINVAL)
			err(1, "mount --bind . /tmp");
		refuse_mounts(dir);
	}

	say("cd /tmp");
	if (chdir("/tmp"))
		err(1, "cd /tmp");
}

/* Mount the article's four filesystems in the rootfs. */
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

void set_environment(void)
{
	static char *env[] = { "PATH=/bin:/sbin:/usr/bin:/usr/sbin",
			       "HOME=/root", NULL, NULL };
	const char *term = getenv("TERM");

	if (asprintf(&env[2], "TERM=%s", term && *term ? term : "dumb") < 0)
		err(1, "env -i");
	say("umask 022"); /* our caller's may be stricter */
	umask(022);
	say("exec env -i%s sh -e", typed(env));
	environ = env;
}

void become_container(struct container *c)
{
	close_all_but_line(c);
	/* Until then our ids are not mapped, and there is no network. */
	wait_to_be_let_go(c->line);

	say_inside();
	become_root_inside();
	/* After the ids: the kernel forgets this when they change. */
	bind_to_launcher(c->line);
	/* The root of this namespace is our cgroup, the container's. */
	say("exec unshare -C sh -e");
	namespaces_unshare(CLONE_NEWCGROUP);
	if (!c->network) /* otherwise step 6 has done it from outside */
		set_lo_up();
	/* Before the first mount: what the host mounts later would otherwise appear here. */
	mounts_private();
	mount_rootfs(c->rootfs);
	/* While the host's /dev is still visible. */
	mount_all();
	root_enter();
	/* After root_enter(): busybox's hostname(1) accepts "_", Debian's does not. */
	set_hostname(c->hostname);

	set_environment();
	finish_inside(c); /* beyond the article */
	/* Close the line as well, the last connection to the launcher. */
	close_from(3);
	release_signals();
	exec_command(c->command);
}
