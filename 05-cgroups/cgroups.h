/* SPDX-License-Identifier: MIT */
#ifndef CGROUPS_H
#define CGROUPS_H

#include <stdbool.h>
#include <sys/types.h>

/* What the processes of a group may use together. A member that is 0: leave that limit
 * as it is. */
struct limits {
	long cpu_quota; /* microseconds of CPU time in each 100000: 200000 is two CPUs */
	long long memory; /* bytes */
	bool no_swap;	  /* and none of it in swap; for full */
	long pids;	  /* processes and threads */
};

/*
 * What main.c calls, and full, the last step; defined in controllers.c. There are two
 * versions of cgroups. These functions work with the one that cgroup_choose() or
 * cgroup_find() took last. On error they exit 1 with one line on stderr, unless their
 * comment says otherwise. cgroups(7)
 */

/* Take the version that can set LIMITS here. Exits 1 if none can, and says why. */
void cgroup_choose(const struct limits *limits);

/* Take the version in which there is a group NAME. False if there is none. */
bool cgroup_find(const char *name);

/* Make the group NAME. It is an error if there is one. mkdir(2) */
void cgroup_make(const char *name);

/* Set those of LIMITS that are not 0. */
void cgroup_limit(const char *name, const struct limits *limits);

/* Move process PID into the group; "" is the root group. 0, or -1 after a warning; never
 * exits. */
int cgroup_join(const char *name, pid_t pid);

/* For full: open the group, so that a process can start in it. With -v prints the command
 * for that. Returns a descriptor; -1 in version 1, where a process can only join. clone3(2) */
int cgroup_open(const char *name);

/* The ids of the processes in the group, "12 34", or "". Valid until the next call. */
const char *cgroup_pids(const char *name);

/* Kill all processes in the group. 0, or -1 after a warning; never exits. */
int cgroup_kill(const char *name);

/* Remove the empty group. Killed processes take a while to end: waits for them up to
 * about five seconds. 0, or -1 after a warning; never exits. rmdir(2) */
int cgroup_remove(const char *name);

/*
 * What the functions above call: for version 2 cgroups.c, the lesson; for version 1 v1.c.
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
 * What cgroups.c and v1.c call; defined in controllers.c.
 */

/* The path of FILE in the group NAME of version 2; of the group itself if FILE is "". */
const char *v2_path(const char *name, const char *file);

/* Have the root group enable CONTROLLER ("cpu") for the groups in it, where that is not
 * so already: write "+cpu" into its cgroup.subtree_control. A group with processes in it
 * cannot enable a controller, except the machine's root. Exits 1 on error, with the
 * reason. */
void v2_enable(const char *controller);

/* Write the text FORMAT, as in printf(3), to the file PATH in one write(2), and say so as
 * echo(1). Exits 1 on error. */
__attribute__((format(printf, 2, 3))) void echo(const char *path,
						const char *format, ...);

/* Write PID to PATH, a cgroup.procs. -v prints $PID for it, which the caller has to set by
 * say("PID=..."). 0, or -1 after a warning; never exits. */
int echo_pid(const char *path, pid_t pid);

/* What the file PATH holds, with blanks in place of newlines; "" if it cannot be read. Valid
 * until the next call of any function here. */
const char *read_words(const char *path);

/* rmdir(2), repeated for about five seconds while the group is busy. 0, or -1 with errno:
 * ENOTEMPTY if there are groups in it, where rmdir(2) itself gives EBUSY. */
int rmdir_patiently(const char *dir);

#endif
