/* SPDX-License-Identifier: MIT */
#ifndef UNSHARE_H
#define UNSHARE_H

#include <sys/types.h>

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

/* Start a copy of this process: fork(2), if FLAGS is 0 and CGROUP is -1. It gets
 * new namespaces of the kinds in FLAGS, and is born in the cgroup (v2) whose
 * directory CGROUP is open on. Returns as fork does; exits 1 on error. clone(2),
 * "clone3()". */
pid_t spawn(int flags, int cgroup);

/* Have this process killed when its parent ends. PR_SET_PDEATHSIG(2const). */
void die_with_parent(void);

/* From here on Ctrl-C and Ctrl-\ mean nothing to this process; or what they meant
 * before. sigaction(2). */
void terminal_signals_ignore(void);
void terminal_signals_restore(void);

/* STATUS, as wait(2) gave it, in the way of the shell: the exit status, or 128
 * and the number of the signal that ended the process. */
int exit_status(int status);

/* Wait for the process PID to end; returns its exit_status. waitpid(2). */
int wait_for(pid_t pid);

/* Cut the ties of this mount namespace to the one it was copied from, so that
 * what is mounted here stays here. Exits 1 on error. mount_namespaces(7). */
void propagation_private(void);

/* Mount a proc on DIR; it shows the pid namespace of this process. Exits 1 on
 * error. proc(5). */
void mount_proc(const char *dir);

#endif
