/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Rules about the cable, and not about the way out.
 *
 * The article's rules name the interface that leads out. With a VPN, two default routes or
 * a laptop that changes from cable to Wi-Fi, packets leave by another one, with an address
 * that nobody outside can answer. And they let too much pass: the container reaches other
 * containers, a neighbour of the host reaches the container, and root in it can send
 * packets with somebody else's address.
 *
 * These rules know the container's packets by the cable that they come from. Such a packet
 * has to have the container's address, and may leave by every interface but another cable.
 * A connection into the container may be started by the host only.
 *
 * However many containers there are, a packet costs the same. The kernel asks the first
 * chain only about what comes from this cable, and the second one, of type nat, only about
 * the first packet of a connection. (A segment of TCP that neither begins a connection nor
 * belongs to one is not shown to it: it passes, with the container's own address.) A chain
 * at the hook "forward" would be asked about every packet that the host passes on.
 */
#include "nft.h"
#include "../lesson.h"
#include "chapters.h"

#include <linux/if_ether.h>

#define CABLES "veth-" /* how the names of all cables begin */

static struct netlink *nft; /* the tables are ours as long as this is open */
static char table[32];

static struct chain in = { .family = NFPROTO_NETDEV,
			   .table = table,
			   .name = "ingress",
			   .type = "filter",
			   .hook = NF_NETDEV_INGRESS,
			   .priority = 0,
			   .policy = NF_DROP };

/* Of what comes out of the cable only ARP and the container's own IPv4 go on. But not to
 * 127.0.0.1, which a host with route_localnet, as Kubernetes sets it, takes from everywhere
 * (CVE-2020-8558). */
static void add_ingress(const struct container *c)
{
	const uint16_t arp = htons(ETH_P_ARP), ip = htons(ETH_P_IP);
	const struct in_addr loopback = { htonl(INADDR_LOOPBACK) };

	in.device = c->host.name;
	chain_add(nft, &in);
	rule_begin(nft, &in, "meta protocol arp accept");
	match_meta(nft, NFT_META_PROTOCOL, NFT_CMP_EQ, &arp, sizeof arp);
	accept_packet(nft);
	rule_end(nft);

	rule_begin(nft, &in, "ip daddr 127.0.0.0/8 drop");
	match_meta(nft, NFT_META_PROTOCOL, NFT_CMP_EQ, &ip, sizeof ip);
	match_ip(nft, DESTINATION, loopback, 1);
	drop_packet(nft);
	rule_end(nft);

	rule_begin(nft, &in, "ip saddr %s accept", inet_ntoa(c->far.address));
	match_meta(nft, NFT_META_PROTOCOL, NFT_CMP_EQ, &ip, sizeof ip);
	match_ip(nft, SOURCE, c->far.address, 4);
	accept_packet(nft);
	rule_end(nft);
}

/* The nat chains at this hook are asked in the order of their priorities, until one of
 * them translates. Those of others are at 100, so this one comes before them. */
static const struct chain out = { .family = NFPROTO_IPV4,
				  .table = table,
				  .name = "postrouting",
				  .type = "nat",
				  .hook = NF_INET_POST_ROUTING,
				  .priority = NF_IP_PRI_NAT_SRC - 1,
				  .policy = NF_ACCEPT };

/* Drop what came from the cable and leaves by another cable. */
static void add_wall(const struct container *c)
{
	rule_begin(nft, &out, "iifname \"%s\" oifname \"" CABLES "*\" drop",
		   c->host.name);
	match_interface(nft, NFT_META_IIFNAME, NFT_CMP_EQ, c->host.name);
	match_meta(nft, NFT_META_OIFNAME, NFT_CMP_EQ, CABLES, strlen(CABLES));
	drop_packet(nft);
	rule_end(nft);
}

/* Drop what came from the cable and leaves by another interface than --uplink says. */
static void add_uplink(const struct container *c)
{
	rule_begin(nft, &out, "iifname \"%s\" oifname != \"%s\" drop",
		   c->host.name, uplink);
	match_interface(nft, NFT_META_IIFNAME, NFT_CMP_EQ, c->host.name);
	match_interface(nft, NFT_META_OIFNAME, NFT_CMP_NEQ, uplink);
	drop_packet(nft);
	rule_end(nft);
}

static void add_masquerade(const struct container *c)
{
	rule_begin(nft, &out, "iifname \"%s\" masquerade", c->host.name);
	match_interface(nft, NFT_META_IIFNAME, NFT_CMP_EQ, c->host.name);
	masquerade(nft);
	rule_end(nft);
}

/* Drop what leaves by the cable and came to the host by an interface. The host's own
 * packets did not. */
static void add_door(const struct container *c)
{
	const uint32_t none = 0;

	rule_begin(nft, &out, "iif != 0 oifname \"%s\" drop", c->host.name);
	match_meta(nft, NFT_META_IIF, NFT_CMP_NEQ, &none, sizeof none);
	match_interface(nft, NFT_META_OIFNAME, NFT_CMP_EQ, c->host.name);
	drop_packet(nft);
	rule_end(nft);
}

static void remove_rules(struct container *c)
{
	(void)c;
	say("nft 'delete table netdev %s; delete table ip %s'", table, table);
	nft_batch(nft, NFNL_MSG_BATCH_BEGIN);
	table_delete(nft, NFPROTO_NETDEV, table);
	table_delete(nft, NFPROTO_IPV4, table);
	nft_batch(nft, NFNL_MSG_BATCH_END);
	if (nl_send(nft))
		warnx("remove the tables %s: %s", table, nft->error);
}

/* What to do about ERROR, if it is what a kernel says that lacks a part of nftables. */
static const char *mend_of(int error)
{
	if (error != -ENOENT && error != -EOPNOTSUPP && error != -EINVAL)
		return "";
	return ": does this kernel lack nft_masq or the like? modprobe -a nf_tables nft_chain_nat nft_masq, or restart if the kernel was updated";
}

void make_rules(struct container *c)
{
	int error;

	snprintf(table, sizeof table, "container-%s", c->name);
	nft = host_socket(NETLINK_NETFILTER);
	say("nft -f - <<'END'");
	nft_batch(nft, NFNL_MSG_BATCH_BEGIN);
	table_add(nft, NFPROTO_NETDEV, table);
	add_ingress(c);
	table_add(nft, NFPROTO_IPV4, table);
	chain_add(nft, &out);
	add_wall(c);
	if (uplink)
		add_uplink(c);
	add_masquerade(c);
	add_door(c);
	nft_batch(nft, NFNL_MSG_BATCH_END);
	say("END");
	error = nl_send(nft);
	if (error) {
		close(nft->fd); /* if they were made all the same, they go */
		nft->fd = 0;
		errx(1, "make the tables %s: %s%s", table, nft->error,
		     mend_of(error));
	}
	at_end(c, remove_rules);
}
