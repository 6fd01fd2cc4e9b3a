/* SPDX-License-Identifier: MIT */
#ifndef NAT_H
#define NAT_H

#include <netinet/in.h>
#include <stdbool.h>

struct netlink;

/* Which network is let out, and where. */
struct nat {
	const char *table;	/* name of our table: "container-nat" */
	const char *subnet;	/* "192.168.1.0/24" */
	struct in_addr network; /* the same, in network byte order */
	unsigned char length;	/* and its bits, 0 to 32 */
	const char *uplink;	/* the interface that leads out */
};

#define IP_FORWARD "/proc/sys/net/ipv4/ip_forward"

/*
 * The lesson: nat.c. These never exit.
 */

/* Write DIGIT, "1" or "0", to ip_forward. 0, or -1 after a warning. The kernel's
 * networking/ip-sysctl. */
int forward_set(const char *digit);

/* Make the table with its chains and rules. NL is a NETLINK_NETFILTER socket. 0; -EEXIST if
 * there is a table of that name; or another -errno, with the reason in NL->error. On error
 * nothing has changed. With OWNED, which only full sets, the kernel removes the table when
 * NL is closed, however this process ends. nft(8) has no option for that: the table would go
 * as soon as nft ends. */
int nat_add(struct netlink *nl, const struct nat *nat, bool owned);

/* Remove the table and all that is in it. 0; or -errno with the reason in NL->error, and then
 * nothing has changed. nft(8). */
int nat_remove(struct netlink *nl, const char *table);

/*
 * What there is already: found.c.
 */

/* Is ip_forward 1? Exits 1 on error. */
bool forward_is_on(void);

/* The interface that leads to the internet. NULL if there is none, with the reason in
 * NL->error; NL is a NETLINK_ROUTE socket. Never exits. rtnetlink(7), RTM_GETROUTE. */
const char *uplink_find(struct netlink *nl);

/* The comment that our table has: "192.168.1.0/24 leaves by eth0". */
const char *comment_of(const struct nat *nat);

/* The comment that TABLE has, or "" if there is no such table or it is not one of ours.
 * Exits 1 if the kernel does not say. */
const char *comment_found(struct netlink *nl, const char *table);

#endif
