/* SPDX-License-Identifier: MIT */
#ifndef MOUNTS_H
#define MOUNTS_H

/*
 * In all of these DIR is the path of a rootfs, without a slash at its end. On
 * error they exit 1 with one line on stderr, unless it says otherwise.
 */

/* Give this process a mount namespace of its own, in which nothing is tied to
 * the host's mounts any more. mount_namespaces(7), unshare(2). */
void mounts_unshare(void);

/* Cut the tie of every mount here to the host's, for a process that has a mount
 * namespace of its own already. mount(2), mount_namespaces(7). */
void mounts_private(void);

/* Mount the article's four: the host's /dev on DIR/dev, and a proc, a sysfs and
 * a tmpfs on DIR/proc, DIR/sys, DIR/tmp. What was mounted before an error stays,
 * for mounts_undo. mount(2). */
void mounts_add(const char *dir);

/* Take back what mounts_add mounted in this process, and nothing older. Warns,
 * and never exits. */
void mounts_undo(const char *dir);

/* Unmount whichever of the four are mounted. Returns how many were, or -1 after
 * a warning; never exits. umount2(2). */
int mounts_remove(const char *dir);

/* Mount a file system of TYPE ("proc") on the directory DIR/NAME, with mount(2)'s
 * FLAGS (MS_RDONLY) and DATA ("mode=755", or NULL); TYPE NULL binds SOURCE there.
 * Refuses a NAME that is a symbolic link or a mount point. openat2(2). */
void mount_on(const char *source, const char *type, unsigned long flags,
	      const char *data, const char *dir, const char *name);

/* Make DIR a mount point, bound onto itself, and the working directory. */
void root_bind(const char *dir);

/* Make the working directory the root, and let go of the old root for good.
 * Wants mounts_private and root_bind first. pivot_root(2). */
void root_enter(void);

/* Close every descriptor from FIRST on. An open directory of the old root would be a way
 * back to it; and "close on exec" is too late, since exec looks its program up first.
 * close_range(2). */
void close_from(int first);

#endif
