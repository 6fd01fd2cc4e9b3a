/* SPDX-License-Identifier: MIT */
#ifndef UNSHARE_H
#define UNSHARE_H

/* A kind of namespace. */
struct kind {
	int flag;	  /* for unshare(2) and clone(2) */
	char letter;	  /* for unshare(1) */
	const char *name; /* its long option, without the -- */
};

/* All eight, and after them one whose flag is 0. namespaces(7). */
extern const struct kind kinds[9];

/* Put "-m -p", the letters of FLAGS, into TEXT: 25 bytes. */
void namespace_letters(int flags, char *text);

/* Leave the namespaces of the kinds in FLAGS for new ones. A new pid namespace
 * takes the children only, the first as its PID 1; so does a new time namespace,
 * until the next exec. Exits 1 on error. unshare(2). */
void namespaces_unshare(int flags);

/* STATUS, as wait(2) gave it, in the way of the shell: the exit status, or 128
 * and the number of the signal that ended the process. */
int exit_status(int status);

/* Cut the ties of this mount namespace to the one it was copied from, so that
 * what is mounted here stays here. Exits 1 on error. mount_namespaces(7). */
void propagation_private(void);

/* Mount a proc on DIR; it shows the pid namespace of this process. Exits 1 on
 * error. proc(5). */
void mount_proc(const char *dir);

#endif
