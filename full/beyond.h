/* SPDX-License-Identifier: MIT */
#ifndef BEYOND_H
#define BEYOND_H

#include "../07-nat/nat.h"
#include "container.h"

/*
 * The places at which this container goes beyond the article's. Each function is called
 * once and has two bodies. What the article does there is in article.c; what a container
 * needs on a real machine is in beyond/, a chapter in each file. "make ARTICLE=1" builds
 * the program with the first, which is full/article.
 */

/* Before anything is made. ARGV is the command line. */
void look_first(struct container *c, char *argv[]);

/* Let id 0 of the user namespace of process PID stand for C->uid and C->gid. */
void map_ids(const struct container *c, pid_t pid);

/* In the container: put devices into dev, a directory of the working directory. */
void make_dev(void);

/* In the container, which lacks nothing now but its command. */
void finish_inside(const struct container *c);

/* Choose the addresses of the cable, unless they are set. */
void choose_network(struct container *c);

/* Have the host pass packets on, until the end. */
void forward_packets(struct container *c);

/* The network is complete. NAT are the rules that lead out, made by way of the socket
 * NL; or NULL if there is no way out. */
void look_at_network(const struct container *c, struct netlink *nl,
		     const struct nat *nat);

/* While the container runs; and when it has ended. */
void serve_terminal(const struct container *c);
void leave_terminal(void);

#endif
