/* SPDX-License-Identifier: MIT */
#ifndef NAT_H
#define NAT_H

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>

struct netlink;

/* What is to be let out, and where. */
struct nat {
	const char *table;	/* name of our table: "container-nat" */
	const char *subnet;	/* "192.168.1.0/24", */
	struct in_addr network; /* the same, in network byte order, */
	unsigned char length;	/* and its bits: 0 to 32 */
	const char *uplink;	/* the interface that leads out */
};

/*
 * All of these speak through NL, a NETLINK_NETFILTER socket. On error they exit 1
 * with one line on stderr, unless it says otherwise.
 */

/* Make the table with its chains and rules, all or nothing. It must not exist. The
 * comment of its first rule is nat_comment(NAT, FORWARD_WAS). With OWNED the table
 * goes when NL is closed, however this process ends. nft(8). */
void nat_add(struct netlink *nl, const struct nat *nat, int forward_was,
	     bool owned);

/* Remove the table. 0, or -1 after a warning; never exits. */
int nat_remove(struct netlink *nl, const char *table);

/* Put "192.168.1.0/24 leaves by eth0; ip_forward was 0" into TEXT, SIZE bytes. */
void nat_comment(const struct nat *nat, int forward_was, char *text,
		 size_t size);

/* What tables of ours, those whose rules have such a comment, have in them. */
struct found {
	const char *table;	/* in: the one that is meant */
	char comment[128];	/* its comment, or "" if it is not there */
	int forward_was;	/* what it says of ip_forward, or -1 */
	int others_forward_was; /* what another table says, or -1 */
};

/* Fill FOUND in for FOUND->table. 0, or -1 after a warning; never exits. */
int nat_find(struct netlink *nl, struct found *found);

/* Keep others of us from changing NAT and ip_forward until the descriptor that
 * this returns is closed. -1 after a warning; never exits. flock(2). */
int forward_lock(void);

/* The value of ip_forward: 0 or 1. */
int forward_get(void);

/* Write VALUE to ip_forward. 0, or -1 after a warning; never exits. The kernel's
 * networking/ip-sysctl. */
int forward_set(int value);

/* The interface of the default route into NAME. False if there is none. */
bool uplink_find(char name[IF_NAMESIZE]);

#endif
