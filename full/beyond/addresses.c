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

/* Does a route, other than the default ones, lead into NETWORK/LENGTH? Then the
 * name of its interface goes to NAME. */
static bool network_routed(struct in_addr network, unsigned char length,
			   char *name)
{
	unsigned destination, mask;
	char line[256], interface[IF_NAMESIZE];
	FILE *routes = fopen("/proc/net/route", "re");
	bool found = false;

	if (!routes)
		err(1, "/proc/net/route");
	while (!found && fgets(line, sizeof line, routes)) {
		if (sscanf(line, "%15s %x %*x %*x %*d %*d %*u %x", interface,
			   &destination, &mask) != 3)
			continue; /* the headline */
		found = mask && !((destination ^ network.s_addr) & mask &
				  netmask(length).s_addr);
		if (found)
			snprintf(name, IF_NAMESIZE, "%s", interface);
	}
	if (ferror(routes))
		err(1, "/proc/net/route");
	fclose(routes);
	return found;
}

/* Is the network of END in use here? Then the name of an interface goes to NAME. */
static bool in_use(struct netlink *here, const struct end *end, char *name)
{
	snprintf(name, IF_NAMESIZE, "%s",
		 network_taken(here, end->address, end->length));
	return *name || network_routed(end->address, end->length, name);
}

/* Are the addresses that are given free? */
static void check_given(const struct container *c)
{
	char other[IF_NAMESIZE];
	struct netlink here;

	if (!c->host.text)
		return;
	socket_here(&here);
	if (in_use(&here, &c->host, other))
		errx(1, "--host-address %s: %s has that network already",
		     c->host.text, other);
	close(here.fd);
}

void check_network(struct container *c)
{
	struct netlink here;

	if (c->host.text || c->far.text)
		set_addresses(c, c->host.text, c->far.text);
	if (!c->network)
		return;
	socket_here(&here);
	if (c->uplink && !interface_index(&here, c->uplink))
		errx(1, "--uplink %s: No such device", c->uplink);
	if (interface_index(&here, c->host.name))
		errx(1,
		     "the interface %s exists already; if nothing else needs it: ip link del %s",
		     c->host.name, c->host.name);
	close(here.fd);
	check_given(c);
}

/* The article's network, or the next one like it. */
void choose_addresses(struct container *c)
{
	static char host[INET_ADDRSTRLEN + 3], far[INET_ADDRSTRLEN + 3];
	char other[IF_NAMESIZE], first[IF_NAMESIZE] = "";
	struct netlink here;

	check_given(c); /* once more, since now no other can take them */
	if (c->host.text)
		return;
	socket_here(&here);
	for (int n = 1; n < 255; n++) {
		snprintf(host, sizeof host, "192.168.%d.123/24", n);
		snprintf(far, sizeof far, "192.168.%d.124/24", n);
		set_addresses(c, host, far);
		if (in_use(&here, &c->host, other)) {
			if (n == 1)
				strcpy(first, other);
			continue;
		}
		if (n > 1)
			warnx("192.168.1.0/24 is in use on %s: taking 192.168.%d.0/24",
			      first, n);
		close(here.fd);
		return;
	}
	errx(1,
	     "every 192.168.N.0/24 is in use; give --host-address and --address");
}
