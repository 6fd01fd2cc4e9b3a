/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The network of the whole container: steps 6 and 7, an address that nobody else
 * has, and the undoing of it all.
 */
#include "../01-unshare/unshare.h"
#include "../06-veth/interface.h"
#include "../06-veth/netlink.h"
#include "addresses.h"
#include "container.h"
#include "lesson.h"

#include <linux/route.h>
#include <sched.h>

static struct container *ours;
static struct netlink nat_socket; /* our table lives as long as this is open */
static char table[32];
static int lock = -1; /* of network_lock, while we hold it */

/* Does a route, other than the default ones, lead into NETWORK/LENGTH? Then the
 * name of its interface goes to NAME. */
static bool network_routed(struct in_addr network, unsigned char length,
			   char *name)
{
	unsigned destination, flags, mask;
	char line[256], interface[IF_NAMESIZE];
	FILE *routes = fopen("/proc/net/route", "re");
	bool found = false;

	if (!routes)
		err(1, "/proc/net/route");
	while (!found && fgets(line, sizeof line, routes)) {
		if (sscanf(line, "%15s %x %*x %x %*d %*d %*u %x", interface,
			   &destination, &flags, &mask) != 4)
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

static bool in_use(struct netlink *here, struct in_addr network,
		   unsigned char length, char *name)
{
	snprintf(name, IF_NAMESIZE, "%s", network_taken(here, network, length));
	return *name || network_routed(network, length, name);
}

void check_network(const struct container *c)
{
	char other[IF_NAMESIZE];
	struct netlink here;

	if (!c->network)
		return;
	socket_here(&here);
	if (c->uplink && !interface_index(&here, c->uplink))
		errx(1, "--uplink %s: %s", c->uplink, strerror(ENODEV));
	if (interface_index(&here, c->host.name))
		errx(1,
		     "the interface %s exists already; if nothing else needs it: ip link del %s",
		     c->host.name, c->host.name);
	if (c->addresses_given &&
	    in_use(&here, c->host.address, c->host.length, other))
		errx(1, "--host-address %s: %s has that network already",
		     c->host.text, other);
	close(here.fd);
}

/* The article's network, or the next one like it that nobody here uses. */
void choose_network(struct container *c)
{
	static char host[INET_ADDRSTRLEN + 3], far[INET_ADDRSTRLEN + 3];
	char other[IF_NAMESIZE], first[IF_NAMESIZE] = "";
	struct netlink here;
	int n;

	if (c->addresses_given)
		return;
	socket_here(&here);
	for (n = 1; n < 255; n++) {
		snprintf(host, sizeof host, "192.168.%d.123/24", n);
		snprintf(far, sizeof far, "192.168.%d.124/24", n);
		parse_address(host, &c->host.address, &c->host.length);
		parse_address(far, &c->far.address, &c->far.length);
		if (!in_use(&here, c->host.address, c->host.length, other))
			break;
		if (n == 1)
			strcpy(first, other);
	}
	close(here.fd);
	if (n == 255)
		errx(1,
		     "every 192.168.N.0/24 is in use; give --host-address and --address");
	c->host.text = host;
	c->far.text = far;
	if (n > 1)
		warnx("192.168.1.0/24 is in use on %s: taking 192.168.%d.0/24",
		      first, n);
}

static void undo_veth(void)
{
	/* It may be gone: it goes with the container's network namespace. */
	if (getpid() == ours->launcher)
		veth_remove(ours->host.name);
}

static void make_veth(const struct container *c, struct netlink *there,
		      int netns)
{
	struct netlink here;

	socket_here(&here);
	veth_create(&here, c->host.name, c->far.name, netns);
	atexit(undo_veth);
	veth_connect(&here, there, &c->host, &c->far);
	close(here.fd);
}

static void put_back(void)
{
	if (forward_set("0"))
		ours->cgroup_stays = true;
	else
		forget_forward();
}

static void undo_nat(void)
{
	struct notes notes = { .table = table };

	if (getpid() != ours->launcher)
		return;
	if (lock < 0) /* or we failed while we held it */
		lock = network_lock();
	/* Are we the last one of those who have turned it on? */
	if (find_notes(&nat_socket, &notes))
		ours->cgroup_stays = true;
	else if (notes.ours && !notes.others)
		put_back();
	if (nat_remove(&nat_socket, table))
		warnx("nft delete table ip %s: %s", table, nat_socket.error);
	if (lock >= 0)
		close(lock);
	lock = -1;
}

void describe_nat(const struct container *c, const char *uplink,
		  struct nat *nat, char subnet[INET_ADDRSTRLEN + 4])
{
	char ip[INET_ADDRSTRLEN];

	snprintf(table, sizeof table, "container-%s", c->name);
	nat->table = table;
	nat->length = c->host.length;
	nat->network.s_addr = c->host.address.s_addr &
			      netmask(c->host.length).s_addr;
	inet_ntop(AF_INET, &nat->network, ip, sizeof ip);
	snprintf(subnet, INET_ADDRSTRLEN + 4, "%s/%d", ip, nat->length);
	nat->subnet = subnet;
	nat->uplink = uplink;
}

static void make_nat(const struct container *c, const char *uplink)
{
	char subnet[INET_ADDRSTRLEN + 4];
	struct notes notes = { .table = table };
	bool was_on = forward_is_on();
	struct nat nat;

	describe_nat(c, uplink, &nat, subnet);
	if (nl_open(&nat_socket, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nat_socket.error);
	if (find_notes(&nat_socket, &notes))
		exit(1);
	if (nat_add(&nat_socket, &nat, true))
		errx(1, "nft create table ip %s: %s", table, nat_socket.error);
	atexit(undo_nat);
	if (!was_on || notes.others) {
		add_note(&nat_socket, table);
		note_forward(c->name);
	}
	if (!was_on && forward_set("1"))
		exit(1);
	warn_of_firewall(&nat_socket, &nat);
}

/* The cable to the host, and the way out. THERE is a socket in the container's NETNS. */
static void make_network(struct container *c, struct netlink *there, int netns)
{
	const char *uplink = c->uplink;
	struct netlink here;

	/* One at a time, or two would choose the same network. */
	if ((lock = network_lock()) < 0)
		exit(1);
	choose_network(c);
	make_veth(c, there, netns);
	socket_here(&here);
	if (!uplink)
		uplink = uplink_find(&here);
	close(here.fd);
	if (uplink)
		make_nat(c, uplink);
	else
		warnx("no default route, so no way out (--uplink INTERFACE names one): ip route get 1.1.1.1: %s",
		      here.error);
	close(lock);
	lock = -1;
}

void connect_network(struct container *c, pid_t pid)
{
	struct netlink there;
	int netns = netns_open(pid);

	ours = c;
	/* socket_there goes there and comes back; but not to the host's network
	 * namespace, without root. So it starts from one that is ours. */
	if (c->rootless)
		namespaces_unshare(CLONE_NEWNET);
	socket_there(&there, netns);
	if (c->network)
		make_network(c, &there, netns);
	else
		link_up(&there, NSENTER, "lo");
	close(there.fd);
	close(netns);
}
