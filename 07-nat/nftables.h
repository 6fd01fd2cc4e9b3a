/* SPDX-License-Identifier: MIT */
/*
 * nftables.h - write messages to nftables. They are sent as a batch, which takes effect as a
 * whole or not at all.
 */
#ifndef NFTABLES_H
#define NFTABLES_H

#include "nat.h"
#include "netlink.h" /* of 06-veth */

#include <arpa/inet.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter_ipv4.h>

/* Start or end a batch: TYPE is NFNL_MSG_BATCH_BEGIN or _END. The kernel does not
 * answer this message. */
static inline void nft_batch(struct netlink *nl, int type)
{
	struct nfgenmsg header = { .res_id = htons(NFNL_SUBSYS_NFTABLES) };

	nl_begin(nl, type, 0, &header, sizeof header);
}

/* Start a message about tables for IPv4: VERB is NFT_MSG_NEWTABLE and the like. */
static inline void nft_begin(struct netlink *nl, int verb, int flags)
{
	struct nfgenmsg header = { .nfgen_family = NFPROTO_IPV4 };

	/* The upper byte of the type is the subsystem, the lower byte is VERB. */
	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | verb, NLM_F_ACK | flags,
		 &header, sizeof header);
}

/* Append NUMBER in network byte order, as nftables expects every number. In the wrong order
 * the kernel says only "Operation not supported". (expressions.c) */
void nft_put_number(struct netlink *nl, int type, uint32_t number);

/*
 * The parts of a rule: expressions.c. Each function appends one part to the current rule of
 * NL. Its comment begins with the same part as nft(8) writes it.
 */

#define SOURCE	    12 /* offset of the source address in an IPv4 header */
#define DESTINATION 16

/* ip saddr 192.168.1.0/24 (OFFSET is SOURCE), or ip daddr 192.168.1.0/24 (DESTINATION): this
 * address of the packet is in NAT's network. */
void match_address(struct netlink *nl, const struct nat *nat, uint32_t offset);

/* oifname "eth0": the packet is about to leave through NAT's uplink. */
void match_uplink(struct netlink *nl, const struct nat *nat);

/* ct state related,established: the packet belongs, or is related, to a known connection. */
void match_answer(struct netlink *nl);

/* masquerade: replace the source address, in all packets of this connection, with that of
 * the interface through which they leave. */
void masquerade(struct netlink *nl);

/* accept: the packet may go on to the next chain. */
void accept_packet(struct netlink *nl);

/* comment "192.168.1.0/24 leaves by eth0"; it comes after the expressions. (found.c) */
void put_comment(struct netlink *nl, const struct nat *nat);

#endif
