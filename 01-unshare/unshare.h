/* SPDX-License-Identifier: MIT */
#ifndef UNSHARE_H
#define UNSHARE_H

#include <stdbool.h>

/* Run the program ARGV in new namespaces of the kinds in FLAGS (CLONE_NEW...): in a child if
 * FORKED, as root if MAP_ROOT, and with a proc mounted on the directory PROC if that is not
 * NULL. Exits 1 on error. unshare(1) */
_Noreturn void run_unshared(int flags, bool forked, bool map_root,
			    const char *proc, char *argv[]);

/* Move this process to new namespaces of the kinds in FLAGS. New pid and time namespaces are
 * only for its later children. Exits 1 on error. unshare(2) */
void namespaces_unshare(int flags);

/* The exit status that a shell reports for STATUS, which is from waitpid(2): 128 + N if signal
 * N ended the process. */
int exit_status(int status);

#endif
