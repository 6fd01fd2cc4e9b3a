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

/* Could root of the container write to this program's file? He can if it belongs to one
 * of the container's ids. (An access list shows in the bits of the group.) */
static bool is_exposed(const struct container *c)
{
	struct statvfs fs;
	struct stat st;

	if (stat("/proc/self/exe", &st) || statvfs("/proc/self/exe", &fs))
		err(1, "/proc/self/exe");
	return !(fs.f_flag & ST_RDONLY) && (st.st_uid - c->uid < c->ids ||
					    st.st_mode & (S_IWGRP | S_IWOTH));
}

void find_program(struct container *c)
{
	ssize_t length = readlink("/proc/self/exe", c->program,
				  sizeof c->program - 1);

	if (length < 0)
		err(1, "/proc/self/exe");
	c->program[length] = 0;
}

/* Mount this program's file once more, read-only, and in no directory: only the
 * descriptor that is returned leads there. open_tree(2), mount_setattr(2) */
static int mount_read_only(const struct container *c)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };
	/* Where become_root has copied all mounts that link leads to the old ones:
	 * by its name then. */
	const char *path = c->rootless ? c->program : "/proc/self/exe";
	struct stat ours, st;
	int file;

	/* libc may lack both. */
	file = (int)syscall(SYS_open_tree, AT_FDCWD, path,
			    OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	if (file < 0 || syscall(SYS_mount_setattr, file, "", AT_EMPTY_PATH,
				&read_only, sizeof read_only))
		err(1, "mount %s read-only", path);
	if (stat("/proc/self/exe", &ours) || fstat(file, &st) ||
	    st.st_dev != ours.st_dev || st.st_ino != ours.st_ino)
		errx(1, "%s is another file by now", path);
	return file;
}

void check_program(struct container *c)
{
	if (is_exposed(c))
		close(mount_read_only(c));
}

void protect_program(const struct container *c, char *argv[])
{
	if (is_exposed(c)) {
		fexecve(mount_read_only(c), argv, environ);
		err(1, "run this program's file from a read-only mount");
	}
	prctl(PR_SET_NAME, "container"); /* fexecve has made it a number */
}
