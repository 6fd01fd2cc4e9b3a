/* SPDX-License-Identifier: MIT */
#ifndef ROOTFS_H
#define ROOTFS_H

/*
 * On error all of these exit 1, with one line on stderr.
 */

/* Make the article's tree in the working directory: seven directories, bin/busybox with
 * a link for each of APPLETS, and three files in etc. BUSYBOX is from busybox_open, FILE
 * is its name, and APPLETS is from busybox_list. What is there already is kept, so a
 * second run finishes what a first one began; nothing is written through a symbolic
 * link. mkdir(2), symlink(2), open(2). */
void rootfs_build(int busybox, const char *file, char *applets);

/* The first static busybox where distributions install it. */
const char *busybox_find(void);

/* Open the busybox FILE, which must be statically linked, for this machine, and a program
 * that everyone may run. elf(5). */
int busybox_open(const char *file);

/* What BUSYBOX, whose name is FILE, prints for --list: the name of an applet on each line,
 * and none with a slash. The next call overwrites it. fexecve(3). */
char *busybox_list(int busybox, const char *file);

#endif
