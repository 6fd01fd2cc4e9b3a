/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Does a firewall drop what the container sends?
 *
 * A packet that is passed on goes through the chains of all tables at the hooks "forward" and
 * "postrouting", and one drop is enough: no accept of ours can save it. Docker, ufw, firewalld
 * and others drop what they do not know, each in its own way, and nothing says why the
 * container reaches no other host. Reading all their rules would be a guess at what they do
 * together. Sending a packet shows it.
 *
 * A chain of ours that comes after all others counts what they let through. The packet goes
 * to an address that nobody has (RFC 5737), and ends in that chain.
 */
#include "nft.h"
#include "../../06-veth/interface.h"
#include "../lesson.h"
#include "chapters.h"

#include <sched.h>
#include <time.h>

#define NOBODY "192.0.2.1"
static char table[32];
/* The last place but one: at the last one conntrack notes the packet. */
static const struct chain chain = { .family = NFPROTO_IPV4,
				    .table = table,
				    .name = "postrouting",
				    .type = "filter",
				    .hook = NF_INET_POST_ROUTING,
				    .priority = INT32_MAX - 1,
				    .policy = NF_ACCEPT };

static void make_chain(struct netlink *nl, const struct container *c)
{
	say("nft -f - <<'END'");
	nft_batch(nl, NFNL_MSG_BATCH_BEGIN);
	table_add(nl, NFPROTO_IPV4, table);
	chain_add(nl, &chain);
	rule_begin(nl, &chain,
		   "iifname \"%s\" ip daddr " NOBODY " counter drop",
		   c->host.name);
	match_interface(nl, NFT_META_IIFNAME, NFT_CMP_EQ, c->host.name);
	match_ip(nl, DESTINATION, (struct in_addr){ inet_addr(NOBODY) }, 4);
	count_packet(nl);
	drop_packet(nl);
	rule_end(nl);
	nft_batch(nl, NFNL_MSG_BATCH_END);
	say("END");
	if (nl_send(nl))
		errx(1, "make the table ip %s: %s", table, nl->error);
}

/* It is asked about every packet that the host passes on. So it does not stay. */
static void remove_chain(struct netlink *nl)
{
	say("nft delete table ip %s", table);
	nft_batch(nl, NFNL_MSG_BATCH_BEGIN);
	table_delete(nl, NFPROTO_IPV4, table);
	nft_batch(nl, NFNL_MSG_BATCH_END);
	if (nl_send(nl))
		warnx("remove the table ip %s: %s", table, nl->error);
}

/* A socket in the network namespace of the container, for packets to NOBODY. */
static int socket_inside(const struct container *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons(9), /* discard */
				  .sin_addr.s_addr = inet_addr(NOBODY) };
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	int netns = netns_open(c->pid), fd;

	if (home < 0 || setns(netns, CLONE_NEWNET))
		err(1, "enter the container's network namespace");
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (setns(home, CLONE_NEWNET))
		err(1, "return from the container's network namespace");
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to))
		err(1, "socket in the container");
	close(netns);
	close(home);
	return fd;
}

static void take_count(const char *name, struct nlattr *part, void *counted)
{
	/* A number of 64 bits, and so not 0 if any of its 8 bytes is not. */
	struct nlattr *packets = attribute_in(part, NFTA_COUNTER_PACKETS);
	const char none[8] = { 0 };

	if (!strcmp(name, "counter") && packets &&
	    packets->nla_len == sizeof *packets + sizeof none)
		*(bool *)counted = memcmp(packets + 1, none, sizeof none);
}

static void look_at_rule(struct nlmsghdr *rule, void *counted)
{
	each_part(rule, take_count, counted);
}

/* Has a packet reached our chain? */
static bool has_counted(struct netlink *nl)
{
	bool counted = false;

	nft_message(nl, NFPROTO_IPV4, NFT_MSG_GETRULE, NLM_F_DUMP);
	nl_put_string(nl, NFTA_RULE_TABLE, chain.table);
	nl_put_string(nl, NFTA_RULE_CHAIN, chain.name);
	if (nl_ask(nl, look_at_rule, &counted))
		errx(1, "nft list chain ip %s %s: %s", chain.table, chain.name,
		     nl->error);
	return counted;
}

/* Does a packet from the container reach our chain within 0.1 s? */
static bool gets_through(struct netlink *nl, const struct container *c)
{
	const struct timespec moment = { .tv_nsec = 1000000 }; /* 1 ms */
	int fd = socket_inside(c);
	bool counted = false;

	say("nsenter --net=/proc/$PID/ns/net bash -c 'echo > /dev/udp/" NOBODY
	    "/9'; nft list chain ip %s %s",
	    chain.table, chain.name);
	/* A firewall that rejects has send() fail. */
	for (int n = 0; n < 100 && send(fd, "\n", 1, 0) == 1; n++) {
		counted = has_counted(nl);
		if (counted)
			break;
		nanosleep(&moment, NULL);
	}
	close(fd);
	return counted;
}

void probe_firewall(const struct container *c)
{
	struct netlink *nl = host_socket(NETLINK_NETFILTER);
	struct route route;
	bool through;

	/* Where no route leads there, or one that --uplink closes, no firewall is asked. */
	if (route_to((struct in_addr){ inet_addr(NOBODY) }, &route) ||
	    (uplink &&
	     route.interface !=
		     interface_index(host_socket(NETLINK_ROUTE), uplink)))
		return;
	snprintf(table, sizeof table, "probe-%s", c->name);
	make_chain(nl, c);
	through = gets_through(nl, c);
	remove_chain(nl);
	if (through)
		return;
	name_firewalls(c); /* firewall.c */
}
