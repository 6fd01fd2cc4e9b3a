/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Whose rootfs is it?
 *
 * The container's user fills it, so it has to belong to that user. Where it does not,
 * "Permission denied" is no help; and "chown -R" is good advice for a rootfs, but not for a
 * /usr that was given by mistake.
 */
#include "chapters.h"
#include "../lesson.h"

#include <dirent.h>
#include <sys/stat.h>

/* Is nothing in the directory PATH? */
static bool is_empty(const char *path)
{
	DIR *dir = opendir(path);
	int entries = 0;

	while (dir && entries <= 2 && readdir(dir))
		entries++;
	if (dir)
		closedir(dir);
	return entries == 2; /* . and .. */
}

/* Has step 2 filled the directory PATH? Then bin/ls is a link to busybox, and there is no
 * sbin. The root of a small system may have such a link, but has an sbin. */
static bool is_rootfs(const char *path)
{
	char name[PATH_MAX + 8], target[8];

	snprintf(name, sizeof name, "%s/sbin", path);
	if (!access(name, F_OK))
		return false;
	snprintf(name, sizeof name, "%s/bin/ls", path);
	return readlink(name, target, sizeof target) == 7 &&
	       !memcmp(target, "busybox", 7);
}

void check_owner(const struct container *c)
{
	uid_t wanted = c->rootless ? geteuid() : c->uid;
	struct stat st;

	if (stat(c->rootfs, &st) || st.st_uid == wanted)
		return;
	/* A new folder, of a launcher that was killed: see rootfs.c. */
	if (!c->rootless && !st.st_uid && (st.st_mode & 01777) == 01700)
		return;
	if (c->rootless)
		errx(1, "%s is not yours; choose another --rootfs", c->rootfs);
	if (!is_empty(c->rootfs) && !is_rootfs(c->rootfs))
		errx(1,
		     "%s belongs to user %u, not %u, and is no rootfs of ours; choose another --rootfs",
		     c->rootfs, st.st_uid, wanted);
	/* With -h, since a container may have left links to files of the host in there; and
	 * with "/.", since the path may be a link. */
	errx(1,
	     "%s belongs to user %u, not %u; if nothing else needs it: sudo chown -Rh %u:%u %s/.",
	     c->rootfs, st.st_uid, wanted, wanted, c->gid, quoted(c->rootfs));
}
