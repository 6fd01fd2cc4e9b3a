/* SPDX-License-Identifier: MIT */
#ifndef MOUNTS_H
#define MOUNTS_H

#include <stdbool.h>

/* On error all of these exit 1. "Here" is the working directory, the rootfs. */

/* Mount the host's /dev on dev here, a proc on proc, a sysfs on sys and a tmpfs on tmp. On
 * error none of the four stays. mount(2) */
void mounts_add(void);

/* Unmount those of the four that are mounted, and return their number. umount2(2) */
int mounts_remove(void);

/* Run the program ARGV with DIR, an absolute path, as its root. chroot(2) */
_Noreturn void run_chrooted(const char *dir, char *argv[]);

/* The same in a new mount namespace, with the four mounted and the old root unmounted. */
_Noreturn void run_pivoted(const char *dir, char *argv[]);

/* Make the working directory the root, and unmount the old root. pivot_root(2) */
void root_enter(void);

/* Stop mounts and unmounts from propagating between this mount namespace and others. In
 * private.c. mount_namespaces(7), "SHARED SUBTREES" */
void mounts_private(void);

/* The rest is in place.c. */

/* A path to the directory NAME here that stays valid if NAME is renamed or replaced. Exits
 * 1 if NAME is a symbolic link or a mount point. openat2(2) */
const char *place(const char *name);

/* Is this the host's own user namespace? user_namespaces(7) */
bool on_host(void);

/* Report that TYPE ("proc", or "/dev") could not be mounted on NAME, with errno as the reason,
 * unmount the four and exit 1. */
_Noreturn void mount_failed(const char *type, const char *name);

/* Close every descriptor from FIRST on. close_range(2) */
void close_from(int first);

#endif
