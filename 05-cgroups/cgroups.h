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
 * These functions use version 1 or 2 of cgroups, whichever cgroup_choose() or cgroup_find()
 * has chosen. On error they print one line and exit 1; those that return 0 or -1 only print
 * it. Defined in controllers.c. cgroups(7)
 */

/* Choose the version that can set LIMITS on this machine, or exit. */
void cgroup_choose(const struct limits *limits);

/* Choose the version that has a group NAME. Returns false if neither has one. */
bool cgroup_find(const char *name);

/* Make the group NAME, which must not exist. mkdir(2) */
void cgroup_make(const char *name);

/* Set the limits that are not 0. */
void cgroup_limit(const char *name, const struct limits *limits);

/* Move process PID into the group NAME, or into the root group if NAME is "". */
int cgroup_join(const char *name, pid_t pid);

/* Open the group, so that clone3(2) can start a process in it. Returns a descriptor, or -1
 * in version 1, which lacks this. Only full/ calls this. */
int cgroup_open(const char *name);

/* The ids of the processes in the group, as "12 34", or "". Valid until the next call. */
const char *cgroup_pids(const char *name);

/* Kill all processes in the group. */
int cgroup_kill(const char *name);

/* Remove the group, which must be empty; wait for killed processes to end, about five
 * seconds at most. rmdir(2) */
int cgroup_remove(const char *name);

/*
 * The same for version 2, in the lesson cgroups.c; and for version 1, in v1.c and v1-limits.c.
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

/* Enable CONTROLLER, such as "cpu", for the groups below the root group, unless it is enabled
 * already. Exits 1 on error, or if the root group has processes and is not the machine's root.
 * In controllers.c. cgroups(7), "Cgroups v2 subtree control" */
void v2_enable(const char *controller);

/*
 * The files of a group, in files.c. On error these functions, too, print one line and exit 1;
 * those that return 0 or -1 only print it.
 */

/* The path of FILE, or of the group NAME itself if FILE is "". NAME is "" for the root group.
 * TREE is a controller, such as "cpu". v1_path() is in v1.c. */
const char *v2_path(const char *name, const char *file);
const char *v1_path(const char *tree, const char *name, const char *file);

/* Write the text FORMAT, as in printf(3), to the file PATH in one write(2). With -v, print
 * the echo(1) that does the same. */
__attribute__((format(printf, 2, 3))) void echo(const char *path,
						const char *format, ...);

/* Write TEXT in the same way. */
int echo_or_warn(const char *path, const char *text);

/* Write the number PID, for which -v prints $PID. The caller says "PID=..." before. */
int echo_pid(const char *path, pid_t pid);

/* The contents of the file PATH, with blanks in place of newlines; "" if it does not exist or
 * may not be read. Valid until the next call. */
char *read_words(const char *path);

/* Remove the group DIR. While its processes end, this tries again, for about five seconds.
 * rmdir(2) */
int rmdir_patiently(const char *dir);

/*
 * These are for main.c. They are in limits.c and group.c.
 */

/* Read the value TEXT of --cpus (LETTER is 'c'), --memory ('m') or --pids ('p') into LIMITS.
 * Exits 2 if it is wrong. */
void read_limit(struct limits *limits, int letter, const char *text);

/* Make the group NAME with LIMITS. CPU time and memory that are 0 there get the article's
 * limits. If the group exists already, only set LIMITS. Then run the program ARGV in it, or move
 * the processes PIDS to it. On error these exit, and remove the group if they have made it. */
_Noreturn void run_in_group(const char *name, struct limits limits,
			    char *argv[]);
void move_to_group(const char *name, struct limits limits, char *pids[]);

/* Remove the group NAME. If KILLING, kill its processes first. Returns the exit status. */
int remove_group(const char *name, bool killing);

#endif
