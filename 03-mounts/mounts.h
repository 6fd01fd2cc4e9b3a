/* SPDX-License-Identifier: MIT */
#ifndef MOUNTS_H
#define MOUNTS_H

#include <stdbool.h>

/*
 * The lesson, mounts.c. The rootfs is the working directory, or DIR, an absolute path. On
 * error these exit 1 with one line on stderr, unless they say otherwise.
 */

/* Mount the article's four, or on error none: the host's /dev on dev, and a proc, a sysfs
 * and a tmpfs on proc, sys and tmp. mount(2). */
void mounts_add(void);

/* Unmount those of the four that are mounted. Returns how many they were, or -1 after a
 * warning. umount2(2). */
int mounts_remove(void);

/* Become the program ARGV with DIR as its root. chroot(1), chroot(2). */
__attribute__((noreturn)) void run_chrooted(const char *dir, char *argv[]);

/* The same with the four mounted in DIR, in a mount namespace that has no other root.
 * mount_namespaces(7), pivot_root(2). */
__attribute__((noreturn)) void run_pivoted(const char *dir, char *argv[]);

/* Its steps: keep mounts made here from appearing elsewhere; make DIR a mount point and
 * the working directory; make that the root, and unmount the old root. */
void mounts_private(void);
void root_bind(const char *dir);
void root_enter(void);

/*
 * Beside the lesson: place.c.
 */

/* A path of the directory NAME here that stays good whatever becomes of the name. Exits 1
 * if NAME is a symbolic link or a mount point. openat2(2). */
const char *place(const char *name);

/* Is NAME, a directory here, a mount point? */
bool is_mounted(const char *name);

/* Is this the host's own user namespace? user_namespaces(7). */
bool on_host(void);

/* Exit 1 with errno's reason why TYPE ("proc", or "/dev") could not be mounted on NAME;
 * before that unmount the four. */
__attribute__((noreturn)) void mount_failed(const char *type, const char *name);

/* Close every descriptor from FIRST on. close_range(2). */
void close_from(int first);

/* ARGV as it is typed: its words quoted, and a blank before each. */
const char *typed(char *argv[]);

#endif
