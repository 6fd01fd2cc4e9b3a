/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The functions of beyond.h, which here go no further than the article. full/article is built
 * with this file instead of beyond/. */
#include "../03-mounts/mounts.h"
#include "../04-userns/userns.h"
#include "../06-veth/netlink.h"
#include "../07-nat/nat.h"
#include "addresses.h"
#include "beyond.h"
#include "lesson.h"

#include <arpa/inet.h>
#include <sys/mount.h>

void read_more(struct container *c, const struct option *option,
	       const char *value)
{
	(void)c, (void)value;
	errx(2, "--%s goes beyond the article: full/container has it",
	     option->name);
}

void look_first(struct container *c, char *argv[])
{
	(void)c, (void)argv;
}

void map_ids(struct container *c)
{
	userns_map_root(c->pid, c->uid, c->gid);
}

void refuse_mounts(const char *rootfs)
{
	errx(1,
	     "something is mounted in %s; to take it off: 03-mounts/mounts --umount %s",
	     rootfs, quoted(rootfs));
}

void make_dev(void)
{
	say("mount --rbind /dev ./dev");
	if (mount("/dev", place("dev"), NULL, MS_BIND | MS_REC, NULL))
		mount_failed("/dev", "dev");
}

void finish_inside(const struct container *c)
{
	(void)c;
}

void choose_network(struct container *c)
{
	c->host.text = "192.168.1.123/24";
	c->far.text = "192.168.1.124/24";
	c->host.address.s_addr = inet_addr("192.168.1.123");
	c->far.address.s_addr = inet_addr("192.168.1.124");
	c->host.length = c->far.length = 24;
}

void prepare_cable(const struct container *c, int netns)
{
	(void)c, (void)netns;
}

static void stop_forwarding(struct container *c)
{
	(void)c;
	forward_set("0");
}

static void forward_packets(struct container *c)
{
	if (forward_is_on())
		return;
	if (forward_set("1"))
		exit(1);
	at_end(c, stop_forwarding);
}

static struct netlink nft; /* closing it removes the table */
static struct nat nat;

static void remove_nat(struct container *c)
{
	(void)c;
	if (nat_remove(&nft, nat.table))
		warnx("remove the table ip %s: %s", nat.table, nft.error);
	close(nft.fd);
}

/* Let C's network out through nat.uplink, as step 7 does. */
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
	comment_found(&nft, table); /* exits if the kernel lacks nftables */
	if (nat_add(&nft, &nat, true)) {
		close(nft.fd); /* removes the table, if it was made */
		errx(1, "make the table ip %s: %s", table, nft.error);
	}
	at_end(c, remove_nat);
}

void let_out(struct container *c)
{
	struct netlink route;

	socket_here(&route);
	nat.uplink = uplink_find(&route);
	close(route.fd);
	if (nat.uplink) {
		forward_packets(c);
		make_nat(c);
	} else {
		warnx("no way out: this host has no default route (%s)",
		      route.error);
	}
}

void serve_terminal(struct container *c)
{
	(void)c;
}
