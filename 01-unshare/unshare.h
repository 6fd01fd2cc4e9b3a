/* SPDX-License-Identifier: MIT */
#ifndef UNSHARE_H
#define UNSHARE_H

/* A kind of namespace. */
struct kind {
	int flag;    /* for unshare(2) and clone(2) */
	char letter; /* the option of unshare(1) */
};

/* The eight kinds; a FLAG of 0 ends the list. namespaces(7) */
extern const struct kind kinds[];

/* The kinds in FLAGS as options of unshare(1), such as " -m -p". The text is valid
 * until the next call. */
const char *namespace_letters(int flags);

/* Leave the namespaces of the kinds in FLAGS for new ones. A new pid namespace takes
 * in only the children of this process, and a new time namespace only its children
 * and the programs that it executes. Exits 1 on error. unshare(2) */
void namespaces_unshare(int flags);

/* Return in a child process. The parent does not return: it waits for the child, and
 * exits with its exit_status(). Exits 1 on error. fork(2), waitpid(2) */
void go_on_as_child(void);

/* STATUS, as waitpid(2) gives it, in the form of $? in a shell: the exit status of the
 * process; or 128 plus the number of the signal that ended it. */
int exit_status(int status);

/* Let no mount or unmount in this mount namespace appear in another one, or the other
 * way round. Exits 1 on error. mount_namespaces(7) */
void propagation_private(void);

/* Mount a proc on DIR. Exits 1 on error. proc(5) */
void mount_proc(const char *dir);

/*
 * Beside the lesson, in parent.c: a child that ends when its parent ends.
 */

/* A descriptor of this process, to be called before fork(2), for the child. Exits 1 on
 * error. pidfd_open(2) */
int parent_open(void);

/* In the child: be killed when the parent ends, which has opened PARENT; or exit 1 if it
 * has ended already. Closes PARENT. Exits 1 on error. PR_SET_PDEATHSIG(2const) */
void end_with_parent(int parent);

#endif
