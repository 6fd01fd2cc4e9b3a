/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beyond the article: this program's own file, kept from the container.
 *
 * /proc/self/exe is the file a process was started from, whatever its root is now. A
 * COMMAND that is a script for the interpreter /proc/self/exe starts that file once
 * more, inside, and so holds a file of the host's. It belongs to whoever built it,
 * who may well be root in there, and the host's root runs it next time. (CVE-2019-5736
 * was this, in runc.) Where that is so, the program starts once more, from a mount of
 * its file that nobody can write through.
 */
#include "container.h"
#include "lesson.h"

#include <linux/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

/* Could root of the container write to this program's file? To the host he is the
 * user C->uid. (An access list shows in the bits of the group.) */
static bool is_exposed(const struct container *c)
{
	struct statvfs fs;
	struct stat st;

	if (stat("/proc/self/exe", &st) || statvfs("/proc/self/exe", &fs))
		err(1, "/proc/self/exe");
	return !(fs.f_flag & ST_RDONLY) &&
	       (st.st_uid == c->uid || st.st_mode & (S_IWGRP | S_IWOTH));
}

/* Mount this program's file once more, read-only, and in no directory: only the
 * descriptor that is returned leads there. open_tree(2), mount_setattr(2) */
static int mount_read_only(const struct container *c)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };
	char path[PATH_MAX] = "/proc/self/exe";
	ssize_t length;
	int file;

	/* become_root has copied all mounts, and the link leads to where it led
	 * before: by name, then. */
	if (c->rootless) {
		length = readlink("/proc/self/exe", path, sizeof path - 1);
		path[length > 0 ? length : 0] = 0;
	}
	/* libc may lack both. */
	file = (int)syscall(SYS_open_tree, AT_FDCWD, path,
			    OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	if (file < 0 || syscall(SYS_mount_setattr, file, "", AT_EMPTY_PATH,
				&read_only, sizeof read_only))
		err(1, "mount %s read-only", path);
	return file;
}

void protect_program(const struct container *c, char *argv[])
{
	if (is_exposed(c)) {
		fexecve(mount_read_only(c), argv, environ);
		err(1, "run this program's file from a read-only mount");
	}
	prctl(PR_SET_NAME, "container"); /* fexecve has made it a number */
}
