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
	/* place("proc") is a path to the directory proc here. It exits if that is a
	 * symbolic link or a mount point. All four are checked before the first
	 * mount; so, on error, what is mounted on them is ours to unmount. */
	const char *dev = place("dev"), *proc = place("proc");
	const char *sys = place("sys"), *tmp = place("tmp");

	/* In a user namespace the kernel refuses to bind /dev without the mounts in
	 * it: that would show what they hide. There, take them along (rbind). */
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
		/* The mounts that rbind took along go only together with it. */
		bool all = i == 3 && !on_host();

		if (!is_mounted(names[i]))
			continue;
		say("umount %s%s", all ? "-l " : "", names[i]);
		if (umount2(names[i], UMOUNT_NOFOLLOW | (all ? MNT_DETACH : 0)))
			err(1, "umount %s", names[i]);
		count++;
	}
	return count;
}

/* The article's way. Root in there can get out again, since ".." stops only at the root:
 * it can call chroot(2) again, on a subdirectory; its working directory is then outside
 * that root, and "cd .." climbs to the host's /. */
void run_chrooted(const char *dir, char *argv[])
{
	say("chroot %s%s", quoted(dir), typed(argv));
	if (chroot(dir))
		err(1, "chroot %s", dir);
	/* The working directory is still outside. */
	if (chdir("/"))
		err(1, "cd /");
	close_from(3); /* an open directory of the host would be a way out */
	verbose = 0;   /* the first line has said the exec, too */
	exec_command(argv);
}

void root_bind(const char *dir)
{
	/* pivot_root takes only a mount point, so DIR is mounted over itself. */
	say("mount --bind %s %s", quoted(dir), quoted(dir));
	if (mount(dir, dir, NULL, MS_BIND, NULL))
		err(1, "mount --bind %s", dir);

	/* Only now: before, we would stay in the directory under the new mount. */
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
}

void root_enter(void)
{
	/* pivot_root NEW OLD makes NEW the root, and moves the old root to OLD. With
	 * "." for both the old root lands on top of the new one, and needs no
	 * directory of its own. */
	say("pivot_root . .");
	if (syscall(SYS_pivot_root, ".", ".")) /* libc has no pivot_root */
		err(1, "pivot_root . .");

	/* Unmount what is on top here, the old root. Without MNT_DETACH that would
	 * fail: mounts are in it. */
	say("umount -l .");
	if (umount2(".", MNT_DETACH))
		err(1, "umount -l .");

	say("cd /");
	if (chdir("/"))
		err(1, "cd /");
}

/* The better way: in a mount namespace of our own the old root can be unmounted. */
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
