/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 3: what a container sees when it looks at its files.
 *
 *	sudo mount --bind /dev ~/container/dev
 *	sudo mount -t proc none ~/container/proc
 *	sudo mount -t sysfs none ~/container/sys
 *	sudo mount -t tmpfs none ~/container/tmp
 *	sudo umount ~/container/{proc,sys,dev,tmp}
 *	/bin/chroot ~/container /bin/sh -c "source /etc/profile && exec /bin/sh"
 *
 * To mount is to lay a file system over a directory. None of the four here is on a
 * disk: the kernel makes up proc and sysfs while they are read, tmpfs lives in memory,
 * and dev shows the host's /dev at a second place.
 */
#include "mounts.h"
#include "lesson.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>

void mounts_add(void)
{
	/* place("proc") is a path to the directory proc here. It exits if proc is a
	 * symbolic link or a mount point. All four are checked before the first mount,
	 * so mount_failed() may unmount whatever it finds mounted on them. */
	const char *dev = place("dev"), *proc = place("proc");
	const char *sys = place("sys"), *tmp = place("tmp");

	/* In a user namespace, where on_host() is false, the kernel refuses to bind /dev
	 * alone: that would show what the mounts below it hide. rbind binds these, too. */
	say("mount --%s /dev dev", on_host() ? "bind" : "rbind");
	if (mount("/dev", dev, NULL, MS_BIND | (on_host() ? 0 : MS_REC), NULL))
		mount_failed("/dev", "dev");

	say("mount -t proc none proc");
	if (mount("none", proc, "proc", 0, NULL))
		mount_failed("proc", "proc");

	say("mount -t sysfs none sys");
	if (mount("none", sys, "sysfs", 0, NULL))
		mount_failed("sysfs", "sys");

	say("mount -t tmpfs none tmp");
	if (mount("none", tmp, "tmpfs", 0, NULL))
		mount_failed("tmpfs", "tmp");
}

/* Unmount NAME if something is mounted on it. Returns how many it unmounted: 1 or 0. */
static int unmount(const char *name, int flags)
{
	int error = umount2(name, flags | UMOUNT_NOFOLLOW) ? errno : 0;

	if (error == EINVAL || error == ENOENT) /* NAME is no mount point */
		return 0;
	say("umount %s%s", flags & MNT_DETACH ? "-l " : "", name);
	if (error)
		errx(1, "umount %s: %s", name, strerror(error));
	return 1;
}

int mounts_remove(void)
{
	int count = unmount("tmp", 0);

	count += unmount("sys", 0);
	count += unmount("proc", 0);
	/* After an rbind there are mounts below dev. -l unmounts them too. */
	count += unmount("dev", on_host() ? 0 : MNT_DETACH);
	return count;
}

/* The article's way. A program that runs as root can escape: it calls chroot(2) again, for a
 * directory further down. Its working directory is then outside of its root, and from there
 * "cd .." leads up to the host's /. */
void run_chrooted(const char *dir, char *argv[])
{
	say("chroot %s%s", quoted(dir), typed(argv));
	if (chroot(dir))
		err(1, "chroot %s", dir);
	/* The working directory is still outside. */
	if (chdir("/"))
		err(1, "cd /");
	close_from(3); /* an open directory of the host would be a way out */
	verbose = 0;   /* exec_command() would say the command again */
	exec_command(argv);
}

/* Make DIR a mount point, and enter it. */
static void root_bind(const char *dir)
{
	/* pivot_root takes only a mount point, so DIR is mounted over itself. */
	say("mount --bind %s %s", quoted(dir), quoted(dir));
	if (mount(dir, dir, NULL, MS_BIND, NULL))
		err(1, "mount --bind %s", dir);

	/* After the mount, because before it DIR is the directory that the mount covers. */
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
}

void root_enter(void)
{
	/* pivot_root NEW OLD makes NEW the root, and mounts the old root on OLD. If both
	 * are ".", the old root is mounted on top of the new one. */
	say("pivot_root . .");
	if (syscall(SYS_pivot_root, ".", ".")) /* libc has no pivot_root */
		err(1, "pivot_root . .");

	/* Unmount what is on top, the old root. MNT_DETACH: with all mounts in it. */
	say("umount -l .");
	if (umount2(".", MNT_DETACH))
		err(1, "umount -l .");

	say("cd /");
	if (chdir("/"))
		err(1, "cd /");
}

/* This way is better: in a mount namespace of our own, the old root can be unmounted. */
void run_pivoted(const char *dir, char *argv[])
{
	say("unshare -m --propagation unchanged sh");
	if (unshare(CLONE_NEWNS))
		err(1, "unshare -m");
	say_inside();
	mounts_private();
	root_bind(dir); /* now we are in DIR */
	mounts_add();
	root_enter();
	close_from(3);
	exec_command(argv);
}
