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

/* Leave the namespaces of the kinds in FLAGS for new ones. A new pid or time namespace is
 * for children made later: this process itself stays (on a newer kernel an exec, too,
 * enters the new time namespace). Exits 1 on error. unshare(2) */
void namespaces_unshare(int flags);

/* Fork, and return in the child only: the parent waits for it, and exits with its
 * exit_status(). Exits 1 on error. fork(2), waitpid(2) */
void go_on_as_child(void);

/* Turn the STATUS of waitpid(2) into $? of a shell: the exit status of the process, or 128
 * plus the number of the signal that ended it. */
int exit_status(int status);

/* Mount a proc file system on DIR. Exits 1 on error. proc(5) */
void mount_proc(const char *dir);

/*
 * Beside the lesson, in parent.c: a child that ends when its parent ends.
 */

/* Call this before fork(2): returns a descriptor of this process, for end_with_parent() in
 * the child. Exits 1 on error. pidfd_open(2) */
int parent_open(void);

/* Call this in the child: asks to be killed when the parent ends, and exits 1 if it has
 * ended already. Closes PARENT, from parent_open(). Exits 1 on error.
 * PR_SET_PDEATHSIG(2const) */
void end_with_parent(int parent);

#endif
