/* SPDX-License-Identifier: MIT */
/*
 * interface.h - the index of an interface. The lessons can be read without this file.
 */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "netlink.h"

#include <linux/rtnetlink.h>

/* For nl_ask(): take the index from the answer, which is of type RTM_NEWLINK. */
static inline void take_index(struct nlmsghdr *message, void *data)
{
	struct ifinfomsg *link = NLMSG_DATA(message);

	*(unsigned *)data = (unsigned)link->ifi_index;
}

/* The index of the interface NAME in the namespace of NL, a NETLINK_ROUTE socket; 0 if
 * there is none. Exits 1 on error. rtnetlink(7), RTM_GETLINK. */
static inline unsigned interface_index(struct netlink *nl, const char *name)
{
	struct ifinfomsg any = { .ifi_family = AF_UNSPEC };
	unsigned index = 0;
	int error;

	/* if_nametoindex(3) asks in this process's namespace, and makes the kernel run
	 * modprobe for a name that does not exist. */
	nl_begin(nl, RTM_GETLINK, NLM_F_ACK, &any, sizeof any);
	nl_put_string(nl, IFLA_IFNAME, name);
	error = nl_ask(nl, take_index, &index);
	if (error && error != -ENODEV)
		errx(1, "ip link show %s: %s", name, nl->error);
	return index;
}

#endif
