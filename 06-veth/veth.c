/* SPDX-License-Identifier: MIT */
/*
 * Step 6: a cable between the host and the container.
 *
 *	sudo ip link add veth-host type veth peer name veth-container
 *	sudo ip link set veth-host up
 *	sudo ip addr add 192.168.1.123/24 dev veth-host
 *	sudo ip link set veth-container netns <PID>
 *	sudo nsenter --net=/proc/<PID>/ns/net ip link set veth-container up
 *	sudo nsenter --net=/proc/<PID>/ns/net ip addr add 192.168.1.124/24 dev veth-container
 *	sudo nsenter --net=/proc/<PID>/ns/net ip route add default via 192.168.1.123
 *
 * What enters one end of a veth pair comes out of the other, even in another namespace.
 * For each of these lines ip(8) sends a message to the kernel, and so do the functions
 * below. nl_begin(), in netlink.h, starts a message with its type and the struct that this
 * type needs, nl_put() appends an attribute, and nl_send() sends it all. rtnetlink(7).
 *
 * HERE is a socket for the host's network, THERE for the container's, and NL for either.
 * nl->nsenter is the beginning of the commands that -v prints. It is empty for HERE.
 */
#define _GNU_SOURCE
#include "veth.h"
#include "interface.h"
#include "lesson.h"
#include "netlink.h"

#include <arpa/inet.h>
#include <linux/veth.h>
#include <sched.h>

#define MAKE	(NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL) /* it must not exist yet */
#define NO_VETH ": modprobe veth, or restart if the kernel was updated"

/* The far end is made in its namespace. Moving it there, as the article does, would take 30
 * times as long. nl_nest() starts an attribute that holds others, and nl_nest_end() ends it. */
void veth_create(struct netlink *here, const char *host, const char *far,
		 int netns)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct nlattr *info, *data, *peer;
	int result;

	nl_begin(here, RTM_NEWLINK, MAKE, &link, sizeof link);
	nl_put_string(here, IFLA_IFNAME, host);
	info = nl_nest(here, IFLA_LINKINFO);
	nl_put_string(here, IFLA_INFO_KIND, "veth");
	data = nl_nest(here, IFLA_INFO_DATA);
	peer = nl_nest(here, VETH_INFO_PEER);
	nl_append(here, &link, sizeof link); /* struct first, as in a message */
	nl_put_string(here, IFLA_IFNAME, far);
	nl_put_u32(here, IFLA_NET_NS_FD, (uint32_t)netns);
	nl_nest_end(here, peer);
	nl_nest_end(here, data);
	nl_nest_end(here, info);
	say("ip link add %s type veth peer name %s netns $PID", quoted(host),
	    quoted(far));
	result = nl_send(here);
	if (result)
		errx(1, "ip link add %s type veth peer name %s: %s%s", host,
		     far, here->error, result == -EOPNOTSUPP ? NO_VETH : "");
}

void link_up(struct netlink *nl, const char *name)
{
	/* ifi_change selects the flags to change. 0 would select all of them. */
	struct ifinfomsg link = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };

	nl_begin(nl, RTM_NEWLINK, NLM_F_ACK, &link, sizeof link);
	nl_put_string(nl, IFLA_IFNAME, name);
	say("%sip link set %s up", nl->nsenter, quoted(name));
	if (nl_send(nl))
		errx(1, "ip link set %s up: %s", name, nl->error);
}

/* This message takes no interface name, only an index. The kernel also adds a route to the
 * network, which has ifa_prefixlen bits. */
static void address_add(struct netlink *nl, const struct end *end)
{
	struct ifaddrmsg address = {
		.ifa_family = AF_INET,
		.ifa_index = interface_index(nl, end->name),
		.ifa_prefixlen = end->length,
	};

	nl_begin(nl, RTM_NEWADDR, MAKE, &address, sizeof address);
	nl_put(nl, IFA_LOCAL, &end->address, sizeof end->address);
	say("%sip addr add %s dev %s", nl->nsenter, end->text,
	    quoted(end->name));
	if (nl_send(nl))
		errx(1, "ip addr add %s: %s", end->text, nl->error);
}

static void default_route_add(struct netlink *nl, struct in_addr gateway)
{
	struct rtmsg route = { .rtm_family = AF_INET,
			       .rtm_dst_len = 0, /* to every address */
			       .rtm_table = RT_TABLE_MAIN,
			       .rtm_protocol = RTPROT_BOOT,
			       .rtm_type = RTN_UNICAST };

	nl_begin(nl, RTM_NEWROUTE, MAKE, &route, sizeof route);
	nl_put(nl, RTA_GATEWAY, &gateway, sizeof gateway);
	say("%sip route add default via %s", nl->nsenter, inet_ntoa(gateway));
	if (nl_send(nl))
		errx(1, "ip route add default via %s: %s", inet_ntoa(gateway),
		     nl->error);
}

void veth_connect(struct netlink *here, struct netlink *there,
		  const struct end *host, const struct end *far)
{
	link_up(here, host->name);
	address_add(here, host);
	link_up(there, far->name);
	address_add(there, far);
	/* After the address: the kernel accepts only a gateway that it can reach. */
	default_route_add(there, host->address);
	link_up(there, "lo"); /* not in the article, but programs expect it */
}

void socket_here(struct netlink *nl)
{
	if (nl_open(nl, NETLINK_ROUTE))
		errx(1, "netlink socket: %s", nl->error);
}

/* A socket always belongs to the network namespace in which it was opened. So, instead of
 * nsenter(1), this process opens one in the other namespace, and then returns. */
void socket_there(struct netlink *nl, int netns)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (home < 0 || setns(netns, CLONE_NEWNET))
		err(1, "enter the other network namespace");
	socket_here(nl);
	if (setns(home, CLONE_NEWNET))
		err(1, "return from the other network namespace");
	close(home);
	nl->nsenter = "nsenter --net=/proc/$PID/ns/net ";
}

/* The kernel removes the other end as well. */
int veth_remove(const char *name)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct netlink nl;
	int result = nl_open(&nl, NETLINK_ROUTE);

	if (result == 0) {
		nl_begin(&nl, RTM_DELLINK, NLM_F_ACK, &link, sizeof link);
		nl_put_string(&nl, IFLA_IFNAME, name);
		say("ip link del %s", quoted(name));
		result = nl_send(&nl);
	}
	close(nl.fd);
	if (result == 0 || result == -ENODEV)
		return 0;
	warnx("ip link del %s: %s", name, nl.error);
	return -1;
}
