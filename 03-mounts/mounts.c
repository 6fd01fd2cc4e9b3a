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
 * and dev is a second way into a directory that is there already.
 */
#include "mounts.h"
#include "lesson.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>

void mounts_add(void)
{
	/* place("proc") is a path of the directory proc here. It exits if that is a
	 * symbolic link or a mount point. So it looks at all four before the first
	 * mount: on an error, what is mounted on them is ours to unmount. */
	const char *dev = place("dev"), *proc = place("proc");
	const char *sys = place("sys"), *tmp = place("tmp");

	/* A user namespace may not uncover what lies below the mounts that it has
	 * copied: there /dev comes with all that is mounted in it. */
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

int mounts_remove(void)
{
	static const char *const names[4] = { "tmp", "sys", "proc", "dev" };
	int count = 0;

	for (int i = 0; i < 4; i++) {
		/* What came along with /dev goes only together with it. */
		bool all = i == 3 && !on_host();

		if (!is_mounted(names[i]))
			continue;
		say("umount %s%s", all ? "-l " : "", names[i]);
		if (umount2(names[i],
			    UMOUNT_NOFOLLOW | (all ? MNT_DETACH : 0))) {
			warn("umount %s", names[i]);
			return -1;
		}
		count++;
	}
	return count;
}

/* The article's way. Root in there can get out again: the old root is still mounted, and
 * all that keeps a process in is that ".." stops at its root. A second chroot(2), into a
 * subdirectory, leaves the working directory where it is, above the new root; and from
 * there ".." never meets that root, and goes on to the host's. */
void run_chrooted(const char *dir, char *argv[])
{
	say("chroot %s%s", quoted(dir), typed(argv));
	if (chroot(dir))
		err(1, "chroot %s", dir);
	/* The working directory is still outside. */
	if (chdir("/"))
		err(1, "cd /");
	close_from(3);
	verbose = 0; /* the exec was said, too */
	exec_command(argv);
}

/* The better way: in a mount namespace of our own the old root can be unmounted. */
void run_pivoted(const char *dir, char *argv[])
{
	say("unshare -m --propagation unchanged sh");
	if (unshare(CLONE_NEWNS))
		err(1, "unshare -m");
	say_inside();
	mounts_private();
	root_bind(dir);
	mounts_add();
	root_enter();
	close_from(3); /* an open directory could lead back to the old root */
	exec_command(argv);
}

void mounts_private(void)
{
	/* systemd makes / "shared": what is mounted in one namespace appears in its
	 * copies, too. So this comes before our mounts, and is for all below / as
	 * well (MS_REC); otherwise ours would appear on the host. */
	say("mount --make-rprivate /");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		err(1, "mount --make-rprivate /");
}

void root_bind(const char *dir)
{
	/* pivot_root takes only a mount point. DIR becomes one, over itself. */
	say("mount --bind %s %s", quoted(dir), quoted(dir));
	if (mount(dir, dir, NULL, MS_BIND, NULL))
		err(1, "mount --bind %s", dir);

	/* Not before: we would be in the directory below the new mount. */
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
}

void root_enter(void)
{
	/* The working directory becomes the root, and the old root is mounted on
	 * top of it: that needs no directory to put it in. */
	say("pivot_root . .");
	if (syscall(SYS_pivot_root, ".", ".")) /* libc has no pivot_root */
		err(1, "pivot_root . .");

	/* Unmount it, with all that is mounted in it: no path leads there now. */
	say("umount -l .");
	if (umount2(".", MNT_DETACH))
		err(1, "umount -l .");

	say("cd /");
	if (chdir("/"))
		err(1, "cd /");
}
