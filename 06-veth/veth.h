/* SPDX-License-Identifier: MIT */
#ifndef VETH_H
#define VETH_H

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/types.h>

struct netlink;

/* One end of the cable. */
struct end {
	const char *name; /* of the interface: 1 to 15 bytes */
	const char *text; /* its address as it was given: "192.168.1.123/24" */
	struct in_addr address; /* the same, in network byte order */
	unsigned char length;	/* bits of the network part, 0 to 32 */
};

/*
 * The lesson: veth.c. HERE and THERE are sockets for the namespaces of the two ends.
 * On error these exit 1 with one line on stderr, in the kernel's own words.
 */

/* Make a pair of interfaces: HOST here, FAR in the namespace NETNS. On error neither
 * is made. veth(4). */
void veth_create(struct netlink *here, const char *host, const char *far,
		 int netns);

/* Set both ends up, give them their addresses, and make HOST the default gateway of FAR.
 * The loopback interface there is set up too. rtnetlink(7). */
void veth_connect(struct netlink *here, struct netlink *there,
		  const struct end *host, const struct end *far);

/* Set the interface NAME up, in the namespace of NL. rtnetlink(7), RTM_NEWLINK. */
void link_up(struct netlink *nl, const char *name);

/* Open NL for messages to the network namespace of this process. netlink(7). */
void socket_here(struct netlink *nl);

/* Open NL for messages to the network namespace NETNS, a descriptor. -v prints the commands
 * for it with $PID, which the caller has to say. setns(2). */
void socket_there(struct netlink *nl, int netns);

/* Remove the interface NAME, and with it the other end. 0; -ENODEV if there is none;
 * or another -errno after a warning. Never exits. rtnetlink(7). */
int veth_remove(const char *name);

/*
 * What exists already: taken.c. On error these exit 1 as well.
 */

/* Open the network namespace of process PID, which must not be our own. Returns a
 * descriptor. namespaces(7). */
int netns_open(pid_t pid);

/* The name of an interface that has an address in a network that overlaps with
 * ADDRESS/LENGTH, or "". NL is a socket of socket_here(). rtnetlink(7), RTM_GETADDR. */
const char *network_taken(struct netlink *nl, struct in_addr address,
			  unsigned char length);

/* Is the interface NAME an end of a veth pair? NL is a socket of socket_here().
 * rtnetlink(7), RTM_GETLINK. */
bool is_veth(struct netlink *nl, const char *name);

#endif
