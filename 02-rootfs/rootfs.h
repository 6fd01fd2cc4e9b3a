/* SPDX-License-Identifier: MIT */
#ifndef ROOTFS_H
#define ROOTFS_H

#include "lesson.h"

/* GIVEN, or ~/container if that is NULL. Exits 2 if GIVEN is empty, or HOME is not set. */
static inline const char *container_dir(const char *given)
{
	const char *home = getenv("HOME");
	char *path;

	if (!given && home && *home &&
	    asprintf(&path, "%s/container", home) > 0)
		given = path;
	if (!given || !*given)
		errx(2, "which DIR? See --help");
	return given;
}

/* On error all of these exit 1, with one line on stderr. */

/* Enter the directory DIR. Makes it if it does not exist. mkdir(2), chdir(2) */
void rootfs_enter(const char *dir);

/* Make the tree in the working directory, with a copy of BUSYBOX, a descriptor of FILE, and a
 * link to the copy for each of APPLETS, a name on each line. Keeps what exists already, and
 * writes nothing through a symbolic link. symlink(2) */
void rootfs_build(int busybox, const char *file, char *applets);

/* The rest is in busybox.c. */

/* The absolute path of the busybox GIVEN; if that is NULL, of the first static one found. */
const char *busybox_find(const char *given);

/* Open the busybox FILE: a static program for this machine, executable for all. elf(5) */
int busybox_open(const char *file);

/* The applets of BUSYBOX, a descriptor of FILE: a name on each line, none with a slash. Valid
 * until the next call. fexecve(3) */
char *busybox_list(int busybox, const char *file);

#endif
