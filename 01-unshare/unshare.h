/* SPDX-License-Identifier: MIT */
#ifndef UNSHARE_H
#define UNSHARE_H

#include <stdbool.h>

/*
 * On error all of these exit 1, with one line on stderr.
 */

/* Run the program ARGV in new namespaces of the kinds in FLAGS: in a child if FORKED, as
 * root if MAP_ROOT, and with a proc mounted on the directory PROC, unless that is NULL.
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

#endif
