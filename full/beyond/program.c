/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * This program's own file, kept from the container.
 *
 * /proc/self/exe is the file that a process was started from, whatever its root is now.
 * If COMMAND is a script with the interpreter /proc/self/exe, the kernel starts this
 * program once more, as process 1 of the container: so /proc/1/exe in there is this
 * program's file on the host. If it belongs to the user who is root inside, root inside can
 * write to it; and the host's root runs it the next time. (CVE-2019-5736 was this, in runc.)
 *
 * So, if root of the container could write to it, the program starts itself anew from a
 * read-only mount of its file.
 */
#include "../lesson.h"
#include "chapters.h"

#include <linux/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

static char path[PATH_MAX]; /* of this program's file */

void find_program(void)
{
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	if (length < 0)
		err(1, "/proc/self/exe");
	path[length] = 0;
}

/* Could root of the container write to this program's file? Its owner can, and others if
 * its mode allows it. What an access control list allows shows in the group's bits. */
static bool is_exposed(const struct container *c)
{
	struct statvfs fs;
	struct stat st;

	if (stat("/proc/self/exe", &st))
		err(1, "/proc/self/exe");
	if (!c->rootless && st.st_uid != c->uid &&
	    !(st.st_mode & (S_IWGRP | S_IWOTH)))
		return false;
	if (statvfs("/proc/self/exe", &fs))
		err(1, "/proc/self/exe");
	return !(fs.f_flag & ST_RDONLY);
}

/* Mount this program's file once more, read-only, and in no directory: only the
 * descriptor that is returned leads there. open_tree(2), mount_setattr(2) */
static int mount_read_only(void)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };
	struct stat ours, st;
	int file;

	/* By path: a launcher without root has entered a copy of the mount namespace, and
	 * /proc/self/exe still leads to a mount of the old one, which it may not clone.
	 * (libc may lack both calls.) */
	file = (int)syscall(SYS_open_tree, AT_FDCWD, path,
			    OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	if (file < 0 || syscall(SYS_mount_setattr, file, "", AT_EMPTY_PATH,
				&read_only, sizeof read_only))
		err(1, "mount %s read-only", path);
	if (stat("/proc/self/exe", &ours) || fstat(file, &st))
		err(1, "stat %s", path);
	if (st.st_dev != ours.st_dev || st.st_ino != ours.st_ino)
		errx(1, "%s is another file by now", path);
	return file;
}

void protect_program(const struct container *c, char *argv[])
{
	if (is_exposed(c)) {
		fexecve(mount_read_only(), argv, environ);
		err(1, "run this program's file from a read-only mount");
	}
	prctl(PR_SET_NAME, "container"); /* fexecve has made it a number */
}
