/* SPDX-License-Identifier: MIT */
#ifndef CONTAINER_H
#define CONTAINER_H

#include "../05-cgroups/cgroups.h"
#include "../06-veth/veth.h"

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

/* An unused id: distributions and directory services assign smaller ones, and systemd leaves
 * this one free. https://systemd.io/UIDS-GIDS */
#define SPARE 2100000000

/* The container that is being made. */
struct container {
	/* From the command line; see "container --help". */
	const char *name, *hostname;
	const char *rootfs;
	const char *busybox; /* absolute path; NULL for the first static one */
	struct limits limits;
	struct end host, far; /* of the cable; text is NULL until chosen */
	char **command;
	bool network;  /* has a cable to the host, and NAT */
	bool rootless; /* made by an ordinary user: no network, no limits */

	/* Found on the way. */
	uid_t uid; /* the id on the host of the container's root */
	gid_t gid;
	pid_t pid; /* the id on the host of the container's process 1 */
	int line;  /* a socket between the launcher and the container */
};

/*
 * The steps of main(). On error they exit with one line on stderr, and what was made until
 * then is undone.
 */

/* Fill in C from the command line. Exits 2 if that is wrong. (options.c) */
void read_options(struct container *c, int argc, char *argv[]);

/* Choose C->uid and C->gid, and drop the supplementary groups. (ids.c) */
void choose_ids(struct container *c);

/* hold_signals() blocks the signals that would end this process, release_signals() restores
 * the caller's mask. (attend.c) */
void hold_signals(void);
void release_signals(void);

/* Does this process ignore the signal N? While a signal is blocked, it can be pending even if
 * it is ignored. (attend.c) */
bool is_ignored(int n);

/* Make C->rootfs for C->uid, or complete it, and enter it. (rootfs.c) */
void prepare_rootfs(struct container *c);

/* If C->network is true, connect the container to the host and through it to other
 * networks. (network.c) */
void connect_network(struct container *c);

/* In the new process: become the container, and then C->command. (inside.c) */
__attribute__((noreturn)) void become_container(struct container *c);

/* Take an environment that tells nothing about the host. (inside.c) */
void set_environment(void);

/* Wait until the container ends, and end it on a signal. Returns the exit status.
 * (attend.c) */
int attend(struct container *c);

/* The same for the process PID, a child, alone. (attend.c) */
int wait_or_end(pid_t pid);

/*
 * The line between the launcher and the container's process: line.c. In each of the two,
 * C->line is its own end. On error these exit 1.
 */

/* In the launcher: let the waiting process go on. */
void let_go(const struct container *c);

/* In the process: close all descriptors but stdin, stdout, stderr and C->line, which becomes
 * 3. */
void close_all_but_line(struct container *c);

/* In the process: wait for let_go(). If the launcher has ended, exit. */
void wait_to_be_let_go(int line);

/* In the process, after that: have the kernel kill us when the launcher ends. prctl(2) */
void bind_to_launcher(int line);

/*
 * What the steps share: process.c.
 */

/* Have UNDO called when the launcher exits; the functions are called in reverse order. On
 * error UNDO prints a warning and does not exit. atexit(3) */
void at_end(struct container *c, void (*undo)(struct container *c));

/* CLONE_NEWTIME, the flag for a time namespace; or 0 if the kernel has no time namespaces, as
 * on 32-bit ARM. time_namespaces(7) */
int new_time(void);

/* Start a copy of this process, as fork(2) does, but in new namespaces of the kinds in FLAGS
 * (0: none), and in the cgroup of version 2 that the descriptor CGROUP stands for (-1: ours).
 * With CLONE_PARENT in FLAGS the copy is a child of our parent. Returns its pid, or 0 in the
 * copy, which undoes nothing. Exits 1 on error. clone(2), "clone3()" */
pid_t spawn(int flags, int cgroup);

/* Wait until the child PID has ended, and return its exit_status(). Exits 1 on error.
 * waitpid(2) */
int wait_for(pid_t pid);

#endif
