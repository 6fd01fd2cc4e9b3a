/* SPDX-License-Identifier: MIT */
#ifndef ROOTFS_H
#define ROOTFS_H

#include <stddef.h>

/* Open FILE, which must be a busybox that runs without anything else: an ELF
 * program for this machine, statically linked. Returns a descriptor; or -1, and
 * in *PROBLEM the reason. elf(5). */
int busybox_open(const char *file, const char **problem);

/* The path of the first such busybox where distributions put it, or NULL. */
const char *busybox_find(void);

/* Have BUSYBOX, which is from busybox_open, print its applets, and put them into LIST,
 * SIZE bytes: a name on each line. FILE is its name, for messages. The copy in the
 * rootfs is not asked: it may have been replaced since. Exits 1 on error.
 * fexecve(3). */
void busybox_list(int busybox, const char *file, char *list, size_t size);

/* Make, in the directory ROOT is open on, the article's tree: seven directories,
 * bin/busybox with a link for each of its applets, and three files in etc. What
 * stands there already is kept; nothing is ever done through a symbolic link.
 * DIR is ROOT's name, for messages; BUSYBOX is from busybox_open, and FILE its
 * name. Exits 1 on error, and then rootfs_undo has something to do. */
void rootfs_build(int root, const char *dir, int busybox, const char *file);

/* Take back what rootfs_build of this process made, if it did not get to the end.
 * Warns, and never exits. */
void rootfs_undo(void);

#endif
