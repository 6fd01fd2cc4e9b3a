/* SPDX-License-Identifier: MIT */
#ifndef BEYOND_H
#define BEYOND_H

#include "container.h"

#include <getopt.h>

/*
 * The places at which this container goes beyond the article's. Each function has two
 * bodies. What the article does there is in article.c; what a container needs on a real
 * machine is in beyond/, a chapter in each file. "make ARTICLE=1" builds the program with
 * the first, which is full/article.
 */

/* Read OPTION, which is none of the article's, and its VALUE. Exits 2 if that makes no
 * sense. */
void read_more(struct container *c, const struct option *option,
	       const char *value);

/* Before anything is made: check what may be in the way. ARGV is the command line. */
void look_first(struct container *c, char *argv[]);

/* The container's process has started, and waits. Let id 0 of the user namespace of C->pid
 * stand for C->uid and C->gid. */
void map_ids(struct container *c);

/* In the container: put devices into dev, a directory of the working directory. */
void make_dev(void);

/* In the container: the last step before COMMAND. */
void finish_inside(const struct container *c);

/* Choose the addresses of the cable, unless they are set; and keep others from changing
 * the network, until let_out() returns. */
void choose_network(struct container *c);

/* The cable is there, and not yet up. NETNS is a descriptor of the container's network
 * namespace. */
void prepare_cable(const struct container *c, int netns);

/* The cable is up: let the container reach what is beyond the host, until the end. */
void let_out(struct container *c);

/* Start to pass on the terminal, until the end. */
void serve_terminal(struct container *c);

#endif
