/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The network of the whole container: steps 6 and 7, and their undoing. */
#include "../06-veth/netlink.h"
#include "addresses.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"

static struct netlink nft; /* the table is ours as long as this is open */
static struct nat nat;

static void remove_cable(struct container *c)
{
	/* It may be gone: it goes with the container's network namespace. */
	veth_remove(c->host.name);
}

static void make_cable(struct container *c)
{
	int netns = netns_open(c->pid);
	struct netlink here, there;

	socket_here(&here);
	socket_there(&there, netns);
	veth_create(&here, c->host.name, c->far.name, netns);
	at_end(c, remove_cable);
	veth_connect(&here, &there, &c->host, &c->far);
	close(here.fd);
	close(there.fd);
	close(netns);
}

/* The interface that leads out; NULL, after a warning, if there is none. */
static const char *find_uplink(const struct container *c)
{
	struct netlink route;
	const char *uplink;

	if (c->uplink)
		return c->uplink;
	socket_here(&route);
	uplink = uplink_find(&route);
	if (!uplink)
		warnx("no way out: this host has no default route (%s); --uplink INTERFACE names one",
		      route.error);
	close(route.fd);
	return uplink;
}

static void remove_nat(struct container *c)
{
	(void)c;
	if (nat_remove(&nft, nat.table))
		warnx("remove the table ip %s: %s", nat.table, nft.error);
	close(nft.fd);
}

/* Let C's network out by nat.uplink, as step 7 does. */
static void make_nat(struct container *c)
{
	static char table[32], subnet[INET_ADDRSTRLEN + 4];

	nat.table = table;
	nat.subnet = subnet;
	nat.length = c->host.length;
	nat.network.s_addr = c->host.address.s_addr &
			     netmask(nat.length).s_addr;
	snprintf(table, sizeof table, "container-%s", c->name);
	snprintf(subnet, sizeof subnet, "%s/%d", inet_ntoa(nat.network),
		 nat.length);
	if (nl_open(&nft, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nft.error);
	/* If this kernel lacks nftables, this exits and says what to do. */
	comment_found(&nft, table);
	if (nat_add(&nft, &nat, true)) {
		close(nft.fd); /* if it was made after all, it goes */
		errx(1, "make the table ip %s: %s", table, nft.error);
	}
	at_end(c, remove_nat);
}

void connect_network(struct container *c)
{
	if (!c->network)
		return;
	choose_network(c); /* beyond the article */
	make_cable(c);
	nat.uplink = find_uplink(c);
	if (nat.uplink) {
		forward_packets(c); /* beyond the article */
		make_nat(c);
	}
	look_at_network(c, &nft, nat.uplink ? &nat : NULL); /* beyond it, too */
}
