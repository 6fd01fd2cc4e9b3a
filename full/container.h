/* SPDX-License-Identifier: MIT */
#ifndef CONTAINER_H
#define CONTAINER_H

#include "../05-cgroups/cgroups.h"
#include "../06-veth/veth.h"
#include "../07-nat/nat.h"
#include "addresses.h"
#include "args.h"

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

/* The kinds of namespace that a container is born into. The eighth comes later: a
 * cgroup namespace shows as its root the cgroup that a process is in when it makes
 * one, and with cgroups v1 nobody is born in his. */
#define NAMESPACES                                                             \
	(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET |            \
	 CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWTIME)

/* All that there is to know of the container that is being made. */
struct container {
	/* As the command line has it; see "container --help". */
	const char *name, *hostname, *busybox;
	char rootfs[PATH_MAX];
	struct limits limits, asked; /* those that were asked for */
	struct end host, far;	     /* the ends of the cable */
	const char *uplink;	     /* NULL: that of the default route */
	char **command;
	bool network; /* a cable to the host, and NAT? */
	bool addresses_given;
	bool rootless; /* made by somebody who is not root? */
	bool check;    /* only say whether it would start */

	/* What comes to be known on the way. */
	pid_t launcher; /* us, the process that makes it all and undoes it */
	int line;  /* a socket to the other process: launcher or container */
	uid_t uid; /* outside, of what is root inside */
	gid_t gid;
	unsigned ids;		/* how many there are inside, from 0 on */
	uid_t caller;		/* without root: who we are to the host */
	const char *one_id;	/* why there are no more, if there could be */
	char program[PATH_MAX]; /* without root: this program's file */
	const struct cgroups *cgroups; /* the version in use */
	char group[2 * PATH_MAX];      /* the container's own, */
	char above[PATH_MAX];	       /* and the one above; "": the root */
	bool alone;		 /* without root: are only we in that one? */
	bool cgroup_stays;	 /* the next run needs the note on it */
	char nameservers[3][64]; /* for etc/resolv.conf; "" ends them */
};

/*
 * The steps of main(), each in the file of its name or the one that is given. On
 * error they exit with one line on stderr, and what was made until then is undone
 * by exit(3).
 */

/* Fill C in from the command line; exits 2 if that makes no sense. (options.c) */
void read_options(struct container *c, int argc, char *argv[]);

/* If root of the container could write to this program's file: start the program once
 * more, from a mount of the file that nobody can write through. Main begins anew then:
 * so nothing is made before this. (program.c) */
void protect_program(const struct container *c, char *argv[]);

/* Keep C->name for us alone, or refuse it if a running container has it. (group.c) */
void take_name(const struct container *c);

/* Look at what can be said of the network before anything is made. (network.c) */
void check_network(const struct container *c);

/* Hold back the signals that are to end us until attend(). (attend.c) */
void hold_signals(void);

/* Print whether the container would start here, and what is in the way. Returns the
 * exit status: 0 if it would. (check.c) */
int check(struct container *c);

/* Choose C->uid and C->gid, who root is to the host, and leave what else the caller has:
 * open files, groups and, without root, the user namespace. (ids.c) */
void choose_ids(struct container *c);

/* Make root of the container PID that user of the host; and others in there, if C->ids
 * is more than one, those after him. (ids.c) */
void map_ids(const struct container *c, pid_t pid);

/* See to it that C->rootfs stands, and belongs to C->uid; and enter it. (files.c) */
void prepare_rootfs(struct container *c);

/* Make the cgroup and set its limits; an empty one of that name, which a launcher
 * that was killed has left, is cleared away first. (group.c) */
void make_cgroup(struct container *c);

/* End the container's process PID, whatever it does, when we exit. (group.c) */
void end_with_us(pid_t pid);

/* Connect the network namespace of process PID to the internet. (network.c) */
void connect_network(struct container *c, pid_t pid);

/* Read the servers for names, for make_resolv_conf in there. (resolv.c) */
void read_resolv_conf(struct container *c);

/* In the new process: become the container, and COMMAND. (inside.c) */
__attribute__((noreturn)) void become_container(struct container *c);

/* Stand between the container and the terminal, if there is one, and wait for the
 * end. Returns the exit status. (attend.c) */
int attend(struct container *c, pid_t pid);

/*
 * What these, and check(), are made of.
 */

/* Look at the rootfs, if it stands, and else whether there is a busybox to make one
 * with. (files.c) */
void check_rootfs(struct container *c);

/* Note in C->program where this program's file is, while its mount can be seen.
 * (program.c) */
void find_program(struct container *c);

/* Could protect_program do it? (program.c) */
void check_program(struct container *c);

/* Without root: become root of a user namespace, with mounts of its own, which is enough
 * for all but the network and the limits; and choose C->ids. (rootless.c) */
void become_root(struct container *c);

/* Exit 1 with the reason if we may not have a user namespace here. (allowed.c) */
void try_user_namespace(void);

/* Without root: find a cgroup that is the caller's own, as C->above. (delegated.c) */
void find_own_group(struct container *c);

/* The cgroups of a container without root, in C->above; or of one that has no group,
 * where there is none above. Says which of C->limits are not set. (delegated.c) */
const struct cgroups *own_cgroups(struct container *c);

/* Put the path of the container's group into C->group. (group.c) */
void name_group(struct container *c);

/* Choose the addresses, unless they were given. (network.c) */
void choose_network(struct container *c);

/* Put C's network as step 7 wants it into NAT; its text goes to SUBNET. (network.c) */
void describe_nat(const struct container *c, const char *uplink,
		  struct nat *nat, char subnet[INET_ADDRSTRLEN + 4]);

/* Note, where it outlasts us, that ip_forward was off before the container NAME;
 * and forget all such notes, once it is off again. (leftover.c) */
void note_forward(const char *name);
void forget_forward(void);

/* Has a launcher that was killed left ip_forward on, and nobody needs it? And turn
 * it off then. (leftover.c) */
bool forward_left(void);
void put_back_forward(void);

/* Say, on stderr, if a chain that is not ours drops what NAT lets out, and the
 * commands that would change that. (firewall.c) */
void warn_of_firewall(struct netlink *nl, const struct nat *nat);

/* Fill the container's /dev, relative to the new root, the working directory. (dev.c) */
void make_dev(void);

/* Write /etc/resolv.conf. (resolv.c) */
void make_resolv_conf(const struct container *c);

/* If the launcher is on a terminal: open another one for the container in its /dev,
 * and give the launcher the end that it speaks through. (terminal.c) */
void open_terminal(const struct container *c);

/* In the container: become user and group 0, once the maps are there. (ids.c) */
void userns_become_root(void);

/* Give up for good what no lesson needs: capabilities, the caller's keys, system calls.
 * Beyond the article. capabilities(7), seccomp(2) (confine.c) */
void confine(void);

/* Undo what hold_signals did. (attend.c) */
void release_signals(void);

#endif
