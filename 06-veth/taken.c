/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What there is already: names of interfaces, and networks.
 */
#include "addresses.h"
#include "lesson.h"
#include "netlink.h"
#include "veth.h"

#include <linux/if_addr.h>
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

/* What network_taken looks for, and what it finds. */
struct search {
	struct in_addr address;
	unsigned char length;
	const char *except;
	char *name;
	bool found;
};

/* One address that an interface has: MESSAGE is of type RTM_NEWADDR. */
static void compare(struct nlmsghdr *message, void *data)
{
	const struct ifaddrmsg *has = NLMSG_DATA(message);
	struct search *search = data;
	struct nlattr *local = nl_attribute(message, sizeof *has, IFA_LOCAL);
	struct nlattr *label = nl_attribute(message, sizeof *has, IFA_LABEL);
	const char *name = nl_string(label);
	in_addr_t other, mask;

	if (search->found || !local || !strcmp(name, search->except))
		return;
	memcpy(&other, local + 1, sizeof other);
	/* Two networks overlap if they agree in the bits of the wider. */
	mask = netmask(has->ifa_prefixlen).s_addr &
	       netmask(search->length).s_addr;
	search->found = !((search->address.s_addr ^ other) & mask);
	if (search->found)
		snprintf(search->name, IF_NAMESIZE, "%s", name);
}

bool network_taken(struct in_addr address, unsigned char length,
		   const char *except, char *name)
{
	struct search search = { address, length, except, name, false };
	struct ifaddrmsg ipv4 = { .ifa_family = AF_INET };
	struct netlink nl;

	nl_open(&nl, NETLINK_ROUTE);
	nl_begin(&nl, RTM_GETADDR, NLM_F_DUMP, &ipv4, sizeof ipv4);
	if (nl_dump(&nl, compare, &search))
		errx(1, "list the addresses: %s", nl.error);
	close(nl.fd);
	return search.found;
}
