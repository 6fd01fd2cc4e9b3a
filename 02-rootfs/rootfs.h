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
		errx(2, "which DIR?%s", given ? "" : " HOME is not set");
	return given;
}

/* The functions below exit 1 on error. BUSYBOX is a descriptor of the program FILE. APPLETS are
 * the names of its commands, one on each line. */

/* Enter the directory DIR. Makes it if it does not exist. mkdir(2), chdir(2) */
void rootfs_enter(const char *dir);

/* Make the tree in the working directory. Keeps what exists already, and writes nothing through
 * a symbolic link. symlink(2) */
void rootfs_build(int busybox, const char *file, char *applets);

/* In busybox.c: the absolute path of GIVEN, or if that is NULL, of the first static busybox. */
const char *busybox_find(const char *given);

/* Open FILE, which must be a static program for this machine that all may execute. elf(5) */
int busybox_open(const char *file);

/* The APPLETS that BUSYBOX lists, none with a slash. Valid until the next call. fexecve(3) */
char *busybox_list(int busybox, const char *file);

#endif
