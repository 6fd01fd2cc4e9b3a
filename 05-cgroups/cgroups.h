/* SPDX-License-Identifier: MIT */
#ifndef CGROUPS_H
#define CGROUPS_H

#include <stdbool.h>
#include <sys/types.h>

/* What the processes of a group may use together. A limit that is 0 is left unchanged. */
struct limits {
	long cpu_quota; /* microseconds of CPU time in each period of 100000 */
	long long memory; /* bytes */
	bool no_swap;	  /* use no swap (only full/ sets this) */
	long pids;	  /* number of processes and threads */
};

/*
 * These functions work with version 1 or 2 of cgroups, whichever cgroup_choose() or
 * cgroup_find() chose last. On error they exit 1 with one line on stderr, but those that
 * return 0 or -1 only print a warning. Defined in controllers.c. cgroups(7)
 */

/* Choose the version that can set LIMITS on this machine, or exit. */
void cgroup_choose(const struct limits *limits);

/* Choose the version that has a group NAME. Returns false if neither has one. */
bool cgroup_find(const char *name);

/* Make the group NAME, which must not exist. mkdir(2) */
void cgroup_make(const char *name);

/* Set the limits that are not 0. */
void cgroup_limit(const char *name, const struct limits *limits);

/* Move process PID into the group NAME, or into the root group if NAME is "". Returns 0 or
 * -1. */
int cgroup_join(const char *name, pid_t pid);

/* Open the group for clone3(2), which can start a process in it; with -v, print the echo
 * that does the same. Returns a descriptor, or -1 for version 1, which lacks this. Exits 1
 * on error. Only full/ calls this. */
int cgroup_open(const char *name);

/* The ids of the processes in the group, as "12 34", or "". Valid until the next call. */
const char *cgroup_pids(const char *name);

/* Kill all processes in the group. Returns 0 or -1. */
int cgroup_kill(const char *name);

/* Remove the group, which must be empty; wait for killed processes to end, about five
 * seconds at most. Returns 0 or -1. rmdir(2) */
int cgroup_remove(const char *name);

/*
 * The same for version 2, in the lesson cgroups.c, and for version 1, in v1.c.
 */

void v2_make(const char *name);
void v2_limit(const char *name, const struct limits *limits);
int v2_join(const char *name, pid_t pid);
int v2_kill(const char *name);
int v2_remove(const char *name);

bool v1_has(const char *controller);
bool v1_exists(const char *name);
void v1_make(const char *name);
void v1_limit(const char *name, const struct limits *limits);
int v1_join(const char *name, pid_t pid);
const char *v1_pids(const char *name);
int v1_kill(const char *name);
int v1_remove(const char *name);

/*
 * For cgroups.c and v1.c; defined in controllers.c.
 */

/* The path of FILE in the group NAME of version 2. NAME is "" for the root group, FILE is ""
 * for the group itself. Exits 1 on error. */
const char *v2_path(const char *name, const char *file);

/* Unless it is enabled already, enable CONTROLLER, such as "cpu", for the groups below the
 * root group: write "+cpu" to the root group's cgroup.subtree_control. Exits 1 on error; it
 * is one if the root group has processes and is not the machine's root group. cgroups(7) */
void v2_enable(const char *controller);

/* Write the text FORMAT, as in printf(3), to the file PATH in one write(2). With -v, print
 * the echo(1) that does the same. Exits 1 on error. */
__attribute__((format(printf, 2, 3))) void echo(const char *path,
						const char *format, ...);

/* Write PID to PATH, a cgroup.procs. -v prints $PID instead of the number, so the caller
 * says "PID=..." before. Returns 0, or -1 after a warning. */
int echo_pid(const char *path, pid_t pid);

/* The contents of the file PATH, with blanks in place of newlines; "" if it cannot be read.
 * Valid until the next call of any function here. */
const char *read_words(const char *path);

/* Repeat rmdir(2) for about five seconds while the group is busy. Returns 0, or -1 with errno
 * set: to ENOTEMPTY if there are groups in it, where rmdir(2) itself gives EBUSY. */
int rmdir_patiently(const char *dir);

#endif
