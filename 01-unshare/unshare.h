/* SPDX-License-Identifier: MIT */
#ifndef UNSHARE_H
#define UNSHARE_H

#include <stdbool.h>

/*
 * On error all of these exit 1, with one line on stderr.
 */

/* The flag of unshare(2) for a LETTER of unshare(1), such as CLONE_NEWNS for 'm'. */
int namespace_flag(int letter);

/* Run the program ARGV in new namespaces of the kinds in FLAGS, in a child if FORKED; be
 * root in there if MAP_ROOT, and mount a proc on the directory PROC, if it is not NULL.
 * unshare(1) */
__attribute__((noreturn)) void run_unshared(int flags, bool forked,
					    bool map_root, const char *proc,
					    char *argv[]);

/* Leave the namespaces of the kinds in FLAGS for new ones. A new pid or time namespace is
 * for children that are made later. unshare(2) */
void namespaces_unshare(int flags);

/* Turn the STATUS of waitpid(2) into $? of a shell: the exit status of the process, or 128
 * plus the number of the signal that ended it. */
int exit_status(int status);

/*
 * Beside the lesson, in parent.c: a child that ends when its parent ends.
 */

/* Before fork(2): returns a descriptor that stands for this process. pidfd_open(2) */
int parent_open(void);

/* In the child: ask to be killed when the parent ends, and exit 1 if it has ended already.
 * Closes PARENT, which is from parent_open(). PR_SET_PDEATHSIG(2const) */
void end_with_parent(int parent);

#endif
