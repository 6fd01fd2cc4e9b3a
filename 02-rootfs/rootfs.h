/* SPDX-License-Identifier: MIT */
#ifndef ROOTFS_H
#define ROOTFS_H

/*
 * On error all of these exit 1, with one line on stderr.
 */

/* Find the first static busybox in the usual places. */
const char *busybox_find(void);

/* Open the busybox FILE: a static program for this machine that all may run. elf(5). */
int busybox_open(const char *file);

/* What BUSYBOX --list prints: an applet, a command that busybox can be, on each line, and
 * none with a slash. Valid until the next call. FILE is for messages. fexecve(3). */
char *busybox_list(int busybox, const char *file);

/* Make the tree of the article in the working directory: seven directories, bin/busybox with
 * a link for each of APPLETS, and three files in etc. BUSYBOX is from busybox_open, FILE
 * is its name, and APPLETS is from busybox_list. What is there already is kept, so a
 * second run finishes what a first one began; nothing is written through a symbolic
 * link. mkdir(2), symlink(2), open(2). */
void rootfs_build(int busybox, const char *file, char *applets);

#endif
