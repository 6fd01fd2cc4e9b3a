/* SPDX-License-Identifier: MIT */
#ifndef NAT_H
#define NAT_H

#include <netinet/in.h>
#include <stdbool.h>

struct netlink;

/* The network to let out, and the way out. */
struct nat {
	const char *table;	/* name of our table: "container-nat" */
	const char *subnet;	/* "192.168.1.0/24" */
	struct in_addr network; /* 192.168.1.0, in network byte order */
	unsigned char length;	/* 24: bits of the network part, 0 to 32 */
	const char *uplink;	/* the interface that leads out */
};

#define IP_FORWARD "/proc/sys/net/ipv4/ip_forward"

/*
 * The lesson: nat.c. These functions never exit.
 */

/* Write DIGIT, "1" or "0", to ip_forward. Returns 0, or -1 after a warning. See
 * networking/ip-sysctl in the kernel's documentation. */
int forward_set(const char *digit);

/* Make the table with its chains and rules. NL is a NETLINK_NETFILTER socket. If OWNED, the
 * kernel removes the table when NL is closed; only full/ sets this. Returns 0, or -errno with
 * the reason in NL->error; it is -EEXIST if there is a table of that name. On error nothing has
 * changed. nft(8) */
int nat_add(struct netlink *nl, const struct nat *nat, bool owned);

/* Remove the table and everything in it. Returns 0, or -errno with the reason in NL->error.
 * On error nothing has changed. nft(8). */
int nat_remove(struct netlink *nl, const char *table);

/*
 * Questions about what exists: found.c.
 */

/* Is ip_forward 1? Exits 1 on error. */
bool forward_is_on(void);

/* The interface that leads to the internet, or NULL with the reason in NL->error. NL is a
 * NETLINK_ROUTE socket. Never exits. rtnetlink(7), RTM_GETROUTE. */
const char *uplink_find(struct netlink *nl);

/* The interface ASKED, which must exist, or the one that leads to the internet if ASKED is NULL.
 * Exits 1 on error. */
const char *uplink_choose(const char *asked);

/* The comment in our table: "192.168.1.0/24 leaves by eth0". */
const char *comment_of(const struct nat *nat);

/* The comment in TABLE, or "" if there is no such table or it is not ours. Exits 1 on
 * error. */
const char *comment_found(struct netlink *nl, const char *table);

#endif
