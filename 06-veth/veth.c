/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 6: a cable between the host and the container.
 *
 * Interfaces are made by sending the kernel a message; ip(8) does nothing else.
 * The socket that a message goes through belongs to the network namespace in
 * which it was opened, and goes on acting there. So one process can hold two
 * sockets, and wire both ends.
 */
#include "veth.h"
#include "addresses.h"
#include "lesson.h"
#include "netlink.h"

#include <net/if.h>
#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#define REQUEST_NEW (NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)

int netns_open(pid_t pid)
{
	char path[sizeof "/proc//ns/net" + 10];
	struct stat ours, theirs;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/ns/net", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		errx(1, "%d: no such process", pid);
	if (fd < 0 || fstat(fd, &theirs) || stat("/proc/self/ns/net", &ours))
		err(1, "%s", path);
	/* A namespace is the same one when its inode is. */
	if (ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev)
		errx(1, "process %d is in our own network namespace", pid);
	return fd;
}

/* Open NL as a socket that acts where this process is, or exit. */
static void open_socket(struct netlink *nl)
{
	nl_open(nl, NETLINK_ROUTE);
	if (nl->fd < 0)
		errx(1, "netlink socket: %s", strerror(-nl->fd));
}

void netns_socket(struct netlink *nl, int netns)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (home < 0)
		err(1, "/proc/self/ns/net");
	if (setns(netns, CLONE_NEWNET))
		err(1, "enter the other network namespace");
	nl_open(nl, NETLINK_ROUTE);
	/* Going back does not take the socket along: that is the point. */
	if (setns(home, CLONE_NEWNET))
		err(1, "return from the other network namespace");
	close(home);
	if (nl->fd < 0)
		errx(1, "netlink socket: %s", strerror(-nl->fd));
}

/* Send what NL holds, or exit and say that it was WHAT. */
static void must(struct netlink *nl, const char *what)
{
	if (nl_send(nl))
		errx(1, "%s: %s", what, nl->error);
}

/* Make the interface HOST here and FAR in the namespace NETNS. One message makes both:
 * the far end is described inside the near one. rtnetlink(7), RTM_NEWLINK; veth(4),
 * and <linux/veth.h>. */
static void link_add(struct netlink *nl, const char *host, const char *far,
		     int netns)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct nlattr *info, *data, *peer;

	nl_begin(nl, RTM_NEWLINK, REQUEST_NEW, &link, sizeof link);
	nl_put_string(nl, IFLA_IFNAME, host);
	info = nl_nest(nl, IFLA_LINKINFO);
	{
		nl_put_string(nl, IFLA_INFO_KIND, "veth");
		data = nl_nest(nl, IFLA_INFO_DATA);
		peer = nl_nest(nl, VETH_INFO_PEER);
		{
			/* A link as well, so first the struct of a link. */
			nl_append(nl, &link, sizeof link);
			nl_put_string(nl, IFLA_IFNAME, far);
			/* Born there: moving it would cost 30 times this. */
			nl_put_u32(nl, IFLA_NET_NS_FD, (uint32_t)netns);
		}
		nl_nest_end(nl, peer);
		nl_nest_end(nl, data);
	}
	nl_nest_end(nl, info);
	if (nl_send(nl))
		errx(1, "make %s and %s: %s", host, far, nl->error);
}

/* The index of the interface NAME, where NL acts. */
static int index_of(struct netlink *nl, const char *name)
{
	struct ifreq request = { 0 };

	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
	if (ioctl(nl->fd, SIOCGIFINDEX, &request))
		err(1, "interface %s", name);
	return request.ifr_ifindex;
}

/* Set the interface NAME up, where NL acts, and change nothing else of it: IFF_UP in
 * a struct ifinfomsg. rtnetlink(7), RTM_NEWLINK. */
static void link_up(struct netlink *nl, const char *name)
{
	/* The flags to set, and which of them are meant: the rest stay. */
	struct ifinfomsg link = { .ifi_index = index_of(nl, name),
				  .ifi_flags = IFF_UP,
				  .ifi_change = IFF_UP };

	nl_begin(nl, RTM_NEWLINK, NLM_F_ACK, &link, sizeof link);
	must(nl, name);
}

/* Give the interface of END its address, and by the length of that the route to its
 * network: a struct ifaddrmsg and two attributes. rtnetlink(7), RTM_NEWADDR. */
static void address_add(struct netlink *nl, const struct end *end)
{
	struct ifaddrmsg address = {
		.ifa_family = AF_INET,
		.ifa_prefixlen = end->length,
		.ifa_index = (unsigned)index_of(nl, end->name),
	};

	nl_begin(nl, RTM_NEWADDR, REQUEST_NEW, &address, sizeof address);
	/* IFA_ADDRESS could be the far end's, on a link that has just two. */
	nl_put(nl, IFA_LOCAL, &end->address, sizeof end->address);
	nl_put(nl, IFA_ADDRESS, &end->address, sizeof end->address);
	must(nl, end->text);
}

/* Send what has no other way by GATEWAY: a struct rtmsg and one attribute.
 * rtnetlink(7), RTM_NEWROUTE. */
static void default_route_add(struct netlink *nl, struct in_addr gateway)
{
	/* To every address: those that agree with the destination in 0 bits. */
	struct rtmsg route = { .rtm_family = AF_INET,
			       .rtm_dst_len = 0,
			       .rtm_table = RT_TABLE_MAIN,
			       .rtm_protocol = RTPROT_BOOT,
			       .rtm_scope = RT_SCOPE_UNIVERSE,
			       .rtm_type = RTN_UNICAST };

	nl_begin(nl, RTM_NEWROUTE, REQUEST_NEW, &route, sizeof route);
	nl_put(nl, RTA_GATEWAY, &gateway, sizeof gateway);
	must(nl, "default route");
}

void veth_create(const char *host, const char *far, int netns)
{
	struct netlink here;

	open_socket(&here);
	say("ip link add %s type veth peer name %s netns $PID", quoted(host),
	    quoted(far));
	link_add(&here, host, far, netns);
	close(here.fd);
}

void veth_connect_host(const struct end *host)
{
	struct netlink here;

	open_socket(&here);
	say("ip link set %s up", quoted(host->name));
	link_up(&here, host->name);

	say("ip addr add %s dev %s", host->text, quoted(host->name));
	address_add(&here, host);
	close(here.fd);
}

void veth_connect_far(struct netlink *there, const struct end *far,
		      struct in_addr gateway)
{
	say("nsenter --net=/proc/$PID/ns/net ip link set %s up",
	    quoted(far->name));
	link_up(there, far->name);

	say("nsenter --net=/proc/$PID/ns/net ip addr add %s dev %s", far->text,
	    quoted(far->name));
	address_add(there, far);

	/* Last: the kernel takes a gateway only when it can be reached. */
	say("nsenter --net=/proc/$PID/ns/net ip route add default via %s",
	    inet_ntoa(gateway));
	default_route_add(there, gateway);
}

void loopback_up(struct netlink *there)
{
	say("nsenter --net=/proc/$PID/ns/net ip link set lo up");
	link_up(there, "lo");
}

int veth_remove(const char *name)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct netlink here;
	int error;

	nl_open(&here, NETLINK_ROUTE);
	say("ip link del %s", quoted(name));
	nl_begin(&here, RTM_DELLINK, NLM_F_ACK, &link, sizeof link);
	nl_put_string(&here, IFLA_IFNAME, name);
	error = nl_send(&here);
	if (error && error != -ENODEV)
		warnx("remove %s: %s", name, here.error);
	if (here.fd >= 0)
		close(here.fd);
	return error;
}
