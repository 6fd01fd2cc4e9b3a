/* SPDX-License-Identifier: MIT */
#ifndef PROCESS_H
#define PROCESS_H

#include <sys/types.h>

/* Start a copy of this process, as fork(2) does, in new namespaces of the kinds in
 * FLAGS (0: none). CGROUP is a descriptor of the cgroup (version 2) in which the copy
 * starts, or -1. Returns 0 in the copy, and its pid in the caller. Exits 1 on error.
 * clone(2), "clone3()" */
pid_t spawn(int flags, int cgroup);

/* Wait until the child PID has ended, and return its exit_status(). Exits 1 on error.
 * waitpid(2) */
int wait_for(pid_t pid);

/* Have the kernel kill this process when its parent ends. A parent that has ended before
 * this call is not noticed. Exits 1 on error. PR_SET_PDEATHSIG(2const) */
void die_with_parent(void);

#endif
