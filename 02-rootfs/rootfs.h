/* SPDX-License-Identifier: MIT */
#ifndef ROOTFS_H
#define ROOTFS_H

/*
 * On error all of these exit 1, with one line on stderr.
 */

/* Make the directory DIR, unless it is there, and enter it. mkdir(2), chdir(2) */
void rootfs_enter(const char *dir);

/* Make the tree in the working directory: seven directories, a copy of BUSYBOX with a link
 * for each of APPLETS, and three files in etc. BUSYBOX is a descriptor of FILE. What is
 * there already is kept, and nothing is written through a symbolic link. symlink(2) */
void rootfs_build(int busybox, const char *file, char *applets);

/*
 * Beside the lesson, in busybox.c: which busybox.
 */

/* Find the first static one in the usual places. */
const char *busybox_find(void);

/* Open the busybox FILE: a static program for this machine that all may run. elf(5) */
int busybox_open(const char *file);

/* The applets of BUSYBOX, which are the commands that it can be: a name on each line, none
 * with a slash. Valid until the next call. FILE is for messages. fexecve(3) */
char *busybox_list(int busybox, const char *file);

#endif
