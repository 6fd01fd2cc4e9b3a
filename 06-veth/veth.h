/* SPDX-License-Identifier: MIT */
#ifndef VETH_H
#define VETH_H

#include <net/if.h>
#include <netinet/in.h>
#include <sys/types.h>

struct netlink;

/* One end of the cable. */
struct end {
	const char *name;	/* of the interface, 1 to 15 bytes */
	const char *text;	/* "192.168.1.123/24" */
	struct in_addr address; /* 192.168.1.123, in network byte order */
	unsigned char length;	/* 24: bits of the network part, 0 to 32 */
};

/*
 * The lesson: veth.c. HERE and THERE are sockets for the namespaces of the two ends. On
 * error these functions exit 1 with one line on stderr.
 */

/* Make a pair of interfaces: HOST in this network namespace, and FAR in the namespace NETNS,
 * a descriptor. On error neither is made. veth(4). */
void veth_create(struct netlink *here, const char *host, const char *far,
		 int netns);

/* Set both ends up, give them their addresses, and make HOST the default gateway of FAR.
 * Set up FAR's loopback interface as well. rtnetlink(7). */
void veth_connect(struct netlink *here, struct netlink *there,
		  const struct end *host, const struct end *far);

/* Set the interface NAME up, in the namespace of NL. rtnetlink(7), RTM_NEWLINK. */
void link_up(struct netlink *nl, const char *name);

/* Open NL for messages to the network namespace of this process. netlink(7). */
void socket_here(struct netlink *nl);

/* Open NL for messages to the network namespace NETNS, a descriptor. -v prints its commands
 * with $PID, so the caller says "PID=..." before. setns(2). */
void socket_there(struct netlink *nl, int netns);

/* Remove the interface NAME and the other end, unless they are gone already. Returns 0, or -1
 * after a warning. Never exits. rtnetlink(7), RTM_DELLINK. */
int veth_remove(const char *name);

/*
 * Questions about what exists: taken.c. On error these exit 1 as well.
 */

/* Open the network namespace of process PID, which must not be our own. Returns a
 * descriptor. namespaces(7). */
int netns_open(pid_t pid);

/* Exit if there is an interface END->name, or one whose network overlaps with that of END. NL
 * is from socket_here(). rtnetlink(7), RTM_GETADDR. */
void check_free(struct netlink *nl, struct end *end);

/* Exit unless the interface END->name is an end of a veth pair. NL is from socket_here().
 * rtnetlink(7), RTM_GETLINK. */
void check_veth(struct netlink *nl, struct end *end);

#endif
