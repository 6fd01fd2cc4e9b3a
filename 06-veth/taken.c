/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What there is already: names of interfaces, and networks.
 */
#include "args.h"
#include "lesson.h"
#include "netlink.h"
#include "veth.h"

#include <ifaddrs.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

/* Not by if_nametoindex(3): for a name that there is not, the kernel would look for a
 * module of that name, and start modprobe for it. */
bool interface_exists(const char *name)
{
	struct ifinfomsg any = { .ifi_family = AF_UNSPEC };
	struct netlink nl;
	int error;

	nl_open(&nl, NETLINK_ROUTE);
	nl_begin(&nl, RTM_GETLINK, NLM_F_ACK, &any, sizeof any);
	nl_put(&nl, IFLA_IFNAME, name, strlen(name) + 1);
	error = nl_send(&nl);
	if (nl.fd >= 0)
		close(nl.fd);
	if (error && error != -ENODEV)
		errx(1, "%s: %s", name, nl.error);
	return !error;
}

bool network_taken(struct in_addr address, unsigned char length,
		   const char *except, char *name)
{
	struct ifaddrs *list;
	bool taken = false;

	if (getifaddrs(&list))
		err(1, "list the addresses");
	for (struct ifaddrs *i = list; i && !taken; i = i->ifa_next) {
		in_addr_t other, mask;

		if (!i->ifa_addr || i->ifa_addr->sa_family != AF_INET ||
		    !i->ifa_netmask || !strcmp(i->ifa_name, except))
			continue;
		other = ((struct sockaddr_in *)i->ifa_addr)->sin_addr.s_addr;
		mask = ((struct sockaddr_in *)i->ifa_netmask)->sin_addr.s_addr;
		/* Two networks overlap if they agree in the bits of the wider. */
		mask &= netmask(length).s_addr;
		taken = !((address.s_addr ^ other) & mask);
		if (taken)
			snprintf(name, IF_NAMESIZE, "%s", i->ifa_name);
	}
	freeifaddrs(list);
	return taken;
}
