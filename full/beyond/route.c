/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Where would a packet go?
 *
 * The list of routes does not tell: there are several tables of them, rules choose among the
 * tables, and a VPN adds routes to half of all addresses, which are no network that
 * anybody uses. The kernel tells, for one address, which route it would take.
 */
#include "../../06-veth/interface.h"
#include "../lesson.h"
#include "chapters.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>

/* The interface of MESSAGE, which is a route; or of the first way, if it has several. */
static unsigned interface_in(struct nlmsghdr *message)
{
	const size_t fixed = sizeof(struct rtmsg);
	struct nlattr *ways = nl_attribute(message, fixed, RTA_MULTIPATH);
	struct nlattr *oif = nl_attribute(message, fixed, RTA_OIF);
	struct rtnexthop first = { 0 };
	unsigned index = 0;

	if (oif && oif->nla_len >= sizeof *oif + sizeof index)
		memcpy(&index, oif + 1, sizeof index);
	else if (ways && ways->nla_len >= sizeof *ways + sizeof first)
		memcpy(&first, ways + 1, sizeof first);
	return index ? index : (unsigned)first.rtnh_ifindex;
}

static void take_route(struct nlmsghdr *message, void *data)
{
	struct rtmsg *found = NLMSG_DATA(message);
	struct route *route = data;

	route->length = found->rtm_dst_len;
	route->interface = interface_in(message);
}

int route_to(struct in_addr address, struct route *route)
{
	/* The flag: the route as it is in its table, with the length of its network. */
	struct rtmsg ask = { .rtm_family = AF_INET,
			     .rtm_dst_len = 32,
			     .rtm_flags = RTM_F_FIB_MATCH };
	struct netlink *nl = host_socket(NETLINK_ROUTE);
	int error;

	memset(route, 0, sizeof *route);
	nl_begin(nl, RTM_GETROUTE, NLM_F_ACK, &ask, sizeof ask);
	nl_put(nl, RTA_DST, &address, sizeof address);
	error = nl_ask(nl, take_route, route);
	/* No route; or unreachable, prohibit, blackhole, which are routes too. */
	if (error && error != -ENETUNREACH && error != -EHOSTUNREACH &&
	    error != -EACCES && error != -EINVAL)
		errx(1, "ip route get fibmatch %s: %s", inet_ntoa(address),
		     nl->error);
	return error;
}

void warn_of_no_route(void)
{
	struct in_addr somewhere = { htonl(0x01010101) }; /* 1.1.1.1 */
	struct route route;

	if (!uplink && route_to(somewhere, &route))
		warnx("no way out for now: this host has no default route of IPv4, and the container has no IPv6");
}

/* What comes back is routed, too. With an exit node of Tailscale's, for one, a rule has a table
 * of its own asked before all others, and that leads to the VPN only. */
void warn_of_no_way_back(const struct container *c)
{
	struct netlink *nl = host_socket(NETLINK_ROUTE);
	char address[INET_ADDRSTRLEN], name[IF_NAMESIZE] = "nowhere";
	struct route route;

	route_to(c->far.address, &route);
	if (route.interface == interface_index(nl, c->host.name))
		return;
	if_indextoname(route.interface, name);
	snprintf(address, sizeof address, "%s", inet_ntoa(c->far.address));
	warnx("answers to the container go to %s, since a rule (ip rule) has another table of routes asked first. To let them in, in another terminal:",
	      name);
	fprintf(stderr, "  %sip rule add to %s lookup main priority 1\n",
		sudo(), address);
	fprintf(stderr, "and to take that back:\n");
	fprintf(stderr, "  %sip rule del to %s lookup main priority 1\n",
		sudo(), address);
}
