/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A network that is not in use here.
 *
 * The article's 192.168.1.0/24 is the most common of all home networks. On a host that is
 * in it, the container would answer for addresses that others have, and the host could
 * lose its way to its own router.
 */
#include "../../06-veth/interface.h"
#include "../../06-veth/netlink.h"
#include "../addresses.h"
#include "../lesson.h"
#include "chapters.h"

#include <time.h>

static void parse_end(const char *option, struct end *end)
{
	if (!parse_address(end->text, &end->address, &end->length))
		errx(2, "%s %s: not an address like 192.168.1.123/24", option,
		     end->text);
	if (end->length < 1 || end->length > 31)
		errx(2, "%s %s: no room for two ends (1 to 31 bits)", option,
		     end->text);
}

static void set_addresses(struct container *c, const char *host,
			  const char *far)
{
	in_addr_t difference;

	if (!host || !far)
		errx(2, "--host-address and --address go together");
	c->host.text = host;
	c->far.text = far;
	parse_end("--host-address", &c->host);
	parse_end("--address", &c->far);
	difference = c->host.address.s_addr ^ c->far.address.s_addr;
	if (!difference)
		errx(2, "--address %s: both ends have it", far);
	if (c->host.length != c->far.length ||
	    difference & netmask(c->far.length).s_addr)
		errx(2, "%s and %s are not in one network", host, far);
}

/* Does ROUTE say that ADDRESS is in use? */
static bool is_routed(struct in_addr address, struct route *route)
{
	int error = route_to(address, route);
	struct route other;

	/* A route that refuses is there on purpose, unless it is the default route: then it
	 * refuses an address that nobody has, too. */
	if (error)
		return error != -ENETUNREACH &&
		       error != route_to((struct in_addr){ htonl(0xc0000201) },
					 &other);
	/* Nobody has a network shorter than /8: that is a default route, or a VPN's, which
	 * is in its place. */
	return route->length >= 8;
}

/* Where or by whom the network of the cable is in use: "on eth0"; "" if it is free. */
static const char *use_of(const struct container *c)
{
	static char use[80];
	char name[IF_NAMESIZE];
	struct route route;

	*use = 0;
	if (is_routed(c->host.address, &route) ||
	    is_routed(c->far.address, &route)) {
		if (if_indextoname(route.interface, name))
			snprintf(use, sizeof use, "on %s", name);
		else
			strcpy(use, "by a route");
	}
	name_peer(&c->host, use, sizeof use); /* peers.c */
	return use;
}

/* Are the addresses that are given free? */
static void check_given(const struct container *c)
{
	const char *use;

	if (!c->host.text)
		return;
	if (c->host.length < 8)
		errx(2,
		     "--host-address %s: a network shorter than /8 is too large",
		     c->host.text);
	use = use_of(c);
	if (*use)
		errx(1, "--host-address %s: that network is in use %s",
		     c->host.text, use);
}

void check_network(struct container *c)
{
	const struct timespec moment = { .tv_nsec = 1000000 }; /* 1 ms */
	struct netlink *here;

	if (c->host.text || c->far.text)
		set_addresses(c, c->host.text, c->far.text);
	if (!c->network)
		return;
	here = host_socket(NETLINK_ROUTE);
	if (uplink && !interface_index(here, uplink))
		errx(1, "--uplink %s: No such device", uplink);
	/* The interface of a launcher that was killed goes by itself, a moment later. */
	for (int n = 0; interface_index(here, c->host.name); n++) {
		if (n == 500)
			errx(1,
			     "the interface %s exists already; if nothing else needs it: ip link del %s",
			     c->host.name, c->host.name);
		nanosleep(&moment, NULL);
	}
	check_given(c);
}

/* The network a.b.c.0/24 as a number; one more is the next one. (inet_network(3) is not the
 * same in each libc.) */
#define NETWORK(a, b, c) ((a) << 16 | (b) << 8 | (c))

static void set_network(struct container *c, in_addr_t network)
{
	static char host[INET_ADDRSTRLEN + 3], far[INET_ADDRSTRLEN + 3];
	struct in_addr near_end = { htonl(network << 8 | 123) };
	struct in_addr far_end = { htonl(network << 8 | 124) };

	snprintf(host, sizeof host, "%s/24", inet_ntoa(near_end));
	snprintf(far, sizeof far, "%s/24", inet_ntoa(far_end));
	set_addresses(c, host, far);
}

/* Take the first free network from FIRST to LAST. */
static bool take_network(struct container *c, in_addr_t first, in_addr_t last)
{
	for (in_addr_t n = first; n <= last; n++) {
		set_network(c, n);
		if (!*use_of(c))
			return true;
	}
	return false;
}

void choose_addresses(struct container *c)
{
	struct in_addr network;
	char use[80];

	check_given(c); /* once more, since now no other can take them */
	if (c->host.text)
		return;
	set_network(c, NETWORK(192, 168, 1));
	strcpy(use, use_of(c));
	if (!*use)
		return;
	if (!take_network(c, NETWORK(192, 168, 2), NETWORK(192, 168, 254)) &&
	    !take_network(c, NETWORK(172, 16, 0), NETWORK(172, 31, 255)))
		errx(1,
		     "every 192.168.N.0/24 is in use, and 172.16.0.0/12; give others, such as --host-address 198.18.0.1/24 --address 198.18.0.2/24");
	network.s_addr = c->host.address.s_addr & netmask(24).s_addr;
	warnx("192.168.1.0/24 is in use %s: taking %s/24", use,
	      inet_ntoa(network));
}
