/* SPDX-License-Identifier: MIT */
#ifndef CGROUPS_H
#define CGROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What a cgroup may use. 0: not limited, or as it was. */
struct limits {
	long cpu_quota; /* microseconds of CPU time in each 100000: 200000 is two */
	long long memory; /* bytes */
	bool no_swap;	  /* the memory limit counts swap too */
	long pids;	  /* processes and threads */
};

/* What there is to do with a cgroup NAME, which for version 2 may be a path from the
 * root of the tree; there are two ways of doing it. On error
 * these exit 1 with one line on stderr, unless it says otherwise. cgroups(7). */
struct cgroups {
	/* Make the group. False if it stood there before. */
	bool (*make)(const char *name);
	/* Write the limits that are not 0. */
	void (*limit)(const char *name, const struct limits *limits);
	/* Move process PID into the group. */
	void (*join)(const char *name, pid_t pid);
	/* Open the group for spawn of step 1, which has a child be born in it, and say
	 * what join says; -1 if this way has no such thing. */
	int (*open)(const char *name);
	/* Put the pids in it into TEXT, SIZE bytes: "12 34". Returns how many. */
	int (*pids)(const char *name, char *text, size_t size);
	/* End all that runs in it, and wait until it is gone. 0, or -1 after a
	 * warning; never exits. */
	int (*kill)(const char *name);
	/* Remove the empty group. 0, or -1 after a warning; never exits. */
	int (*remove)(const char *name);
};

/* Version 2, one tree for all resources: the kernel's admin-guide/cgroup-v2. */
extern const struct cgroups cgroups_v2;

/* Version 1, a tree for each resource: the kernel's admin-guide/cgroup-v1. */
extern const struct cgroups cgroups_v1;

/* The version that can set LIMITS on this machine; exits 1 if none can. */
const struct cgroups *cgroups_for(const struct limits *limits);

/* The version in which a group NAME stands, or NULL. */
const struct cgroups *cgroups_of(const char *name);

/* For those two: does the version have CONTROLLER ("cpu"), and a group NAME? */
bool v2_has(const char *controller);
bool v2_exists(const char *name);
bool v1_has(const char *controller);
bool v1_exists(const char *name);

/* Could a v2 group NAME have CONTROLLER: does the group above it? */
bool v2_offers(const char *name, const char *controller);

/* Put the pids in the file DIR/cgroup.procs into TEXT: "12 34". Returns how many. */
int read_pids(const char *dir, char *text, size_t size);

#endif
