/* SPDX-License-Identifier: MIT */
#ifndef VETH_H
#define VETH_H

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
 * On error these exit 1 with one line on stderr, in the kernel's own words,
 * unless it says otherwise.
 */

/* Open the network namespace of process PID, which must not be our own: a cable
 * from a room into the same room leads nowhere. Returns a descriptor.
 * namespaces(7). */
int netns_open(pid_t pid);

/* Open NL as a NETLINK_ROUTE socket that acts in the namespace NETNS. The caller
 * is back in its own when this returns. setns(2). */
void netns_socket(struct netlink *nl, int netns);

/* Is there an interface NAME here? Exits 1 if the kernel does not say.
 * rtnetlink(7), RTM_GETLINK. */
bool interface_exists(const char *name);

/* Does an interface here, other than EXCEPT, have an address in the network of
 * ADDRESS/LENGTH? Then its name goes to NAME, IF_NAMESIZE bytes.
 * rtnetlink(7), RTM_GETADDR. */
bool network_taken(struct in_addr address, unsigned char length,
		   const char *except, char *name);

/* Make a pair of interfaces: HOST here, FAR born in the namespace NETNS. On error
 * none is made. veth(4). */
void veth_create(const char *host, const char *far, int netns);

/* Set HOST up, here, and give it its address. rtnetlink(7). */
void veth_connect_host(const struct end *host);

/* The same for FAR, and a default route by way of GATEWAY; THERE is a socket of
 * netns_socket. GATEWAY must be in FAR's network and up. rtnetlink(7). */
void veth_connect_far(struct netlink *there, const struct end *far,
		      struct in_addr gateway);

/* Set the loopback interface up, where THERE acts. */
void loopback_up(struct netlink *there);

/* Remove the interface NAME, and with it the other end. 0; or -ENODEV if there is
 * none, or another -errno after a warning. Never exits. rtnetlink(7). */
int veth_remove(const char *name);

#endif
