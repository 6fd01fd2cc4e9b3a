/* SPDX-License-Identifier: MIT */
#ifndef BEYOND_H
#define BEYOND_H

#include "container.h"

#include <getopt.h>

/*
 * The places where the container goes beyond the article. Each function is defined twice:
 * in article.c, which does what the article does, and in beyond/, which does what a
 * container needs on a real machine, with a chapter in each file. full/article is built with
 * the former, full/container with the latter.
 */

/* Handle OPTION, which goes beyond the article, with its VALUE. Exits 2 if it is wrong. */
void read_more(struct container *c, const struct option *option,
	       const char *value);

/* Before anything is made, check what may be in the way. ARGV is the command line. */
void look_first(struct container *c, char *argv[]);

/* The container's process has started, and waits. Map root of its user namespace to C->uid
 * and C->gid. user_namespaces(7) */
void map_ids(struct container *c);

/* Something is mounted in the directory ROOTFS: exit 1, and say how to take it off. */
__attribute__((noreturn)) void refuse_mounts(const char *rootfs);

/* In the container: put devices into the directory dev of the rootfs. */
void make_dev(void);

/* In the container: the last step before COMMAND. */
void finish_inside(const struct container *c);

/* Choose the addresses of the cable, unless they are set. Until let_out() returns, no other
 * container may change the network. */
void choose_network(struct container *c);

/* The cable has been made, but is not up yet. NETNS is a descriptor of the container's
 * network namespace. */
void prepare_cable(const struct container *c, int netns);

/* The cable is up. Let the container reach other networks, until the end. */
void let_out(struct container *c);

/* Pass on what is typed and printed at the terminal, until the end. */
void serve_terminal(struct container *c);

#endif
