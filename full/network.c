/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The network of the whole container: steps 6 and 7, and their undoing. */
#include "../06-veth/netlink.h"
#include "addresses.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"

static struct netlink nft; /* the table is ours as long as this is open */
static char table[32];

static void remove_cable(struct container *c)
{
	/* It may be gone: it goes with the container's network namespace. */
	veth_remove(c->host.name);
}

static void make_cable(struct container *c, pid_t pid)
{
	int netns = netns_open(pid);
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

static void remove_nat(struct container *c)
{
	(void)c;
	if (nat_remove(&nft, table))
		warnx("remove the table ip %s: %s", table, nft.error);
	close(nft.fd);
}

/* C's network, as step 7 wants it, with UPLINK as the way out. */
static struct nat nat_of(const struct container *c, const char *uplink)
{
	static char subnet[INET_ADDRSTRLEN + 4];
	struct nat nat = { .table = table,
			   .subnet = subnet,
			   .length = c->host.length,
			   .uplink = uplink };

	snprintf(table, sizeof table, "container-%s", c->name);
	nat.network.s_addr = c->host.address.s_addr &
			     netmask(c->host.length).s_addr;
	snprintf(subnet, sizeof subnet, "%s/%d", inet_ntoa(nat.network),
		 nat.length);
	return nat;
}

static void make_nat(struct container *c, const struct nat *nat)
{
	if (nl_open(&nft, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nft.error);
	/* If this kernel lacks nftables, this exits and says what to do. */
	comment_found(&nft, table);
	if (nat_add(&nft, nat, true)) {
		close(nft.fd); /* if it was made after all, it goes */
		errx(1, "make the table ip %s: %s", table, nft.error);
	}
	at_end(c, remove_nat);
}

/* The interface that leads out, or NULL. */
static const char *find_uplink(void)
{
	struct netlink route;
	const char *uplink;

	socket_here(&route);
	uplink = uplink_find(&route);
	close(route.fd);
	return uplink;
}

void connect_network(struct container *c, pid_t pid)
{
	const char *uplink = c->uplink;
	struct nat nat;

	if (!c->network)
		return;
	choose_network(c); /* beyond the article */
	make_cable(c, pid);
	if (!uplink)
		uplink = find_uplink();
	if (uplink) {
		forward_packets(c); /* beyond the article */
		nat = nat_of(c, uplink);
		make_nat(c, &nat);
	} else {
		warnx("no way out: this host has no default route; --uplink INTERFACE names one");
	}
	look_at_network(c, &nft, uplink ? &nat : NULL); /* beyond the article */
}
