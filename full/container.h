/* SPDX-License-Identifier: MIT */
#ifndef CONTAINER_H
#define CONTAINER_H

#include "../05-cgroups/cgroups.h"
#include "../06-veth/veth.h"

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#define NAME_LETTERS                                                           \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

/* The container that is being made. */
struct container {
	/* From the command line; see "container --help". */
	const char *name, *hostname;
	const char *rootfs;
	const char *busybox; /* absolute; NULL: the first static one */
	struct limits limits;
	struct end host, far; /* of the cable; .text is NULL until chosen */
	char **command;
	bool network;  /* with a cable to the host, and NAT */
	bool rootless; /* by an ordinary user: no network, no limits */

	/* Found on the way. */
	uid_t uid; /* root of the container, as the host sees it */
	gid_t gid;
	pid_t pid; /* the container's process 1, as the host sees it */
	int line;  /* the socket between the launcher and the container */
};

/*
 * The steps of main(), each in the file that is named. On error they exit with one
 * line on stderr, and what was made until then is undone.
 */

/* Fill in C from the command line. Exits 2 if that makes no sense. (options.c) */
void read_options(struct container *c, int argc, char *argv[]);

/* Choose C->uid and C->gid, and leave the caller's groups. (ids.c) */
void choose_ids(struct container *c);

/* Block the signals that end us; restore the mask for COMMAND. (attend.c) */
void hold_signals(void);
void release_signals(void);

/* Make C->rootfs for C->uid, unless it is complete, and enter it. (rootfs.c) */
void prepare_rootfs(struct container *c);

/* Connect the container to the host, and to what is beyond the host, unless C->network
 * is false. (network.c) */
void connect_network(struct container *c);

/* In the new process: become the container, and then C->command. (inside.c) */
__attribute__((noreturn)) void become_container(struct container *c);

/* Wait for the container to end, or end it when a signal says so. Returns the exit
 * status. (attend.c) */
int attend(struct container *c);

/*
 * What they share.
 */

/* Have UNDO called when the launcher exits: the last one that was given is called first.
 * An UNDO warns on error, and does not exit. (process.c) */
void at_end(struct container *c, void (*undo)(struct container *c));

/* Start a copy of this process, as fork(2) does, in new namespaces of the kinds in
 * FLAGS (0: none). CGROUP is a descriptor of the cgroup (version 2) in which the copy
 * starts, or -1. Returns 0 in the copy, which undoes nothing, and its pid in the caller.
 * Exits 1 on error. (process.c) clone(2), "clone3()" */
pid_t spawn(int flags, int cgroup);

/* Wait until the child PID has ended, and return its exit_status(). Exits 1 on error.
 * (process.c) waitpid(2) */
int wait_for(pid_t pid);

#endif
