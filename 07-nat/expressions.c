/* SPDX-License-Identifier: MIT */
/*
 * The parts of the rules of step 7.
 *
 * A rule is a list of expressions, which the kernel evaluates in order for each packet.
 * One loads a part of the packet into a register. The next compares the register with a
 * value; if they differ, the kernel goes on to the next rule. The last one says what
 * happens to the packet. "nft --debug=netlink list ruleset" shows such lists.
 */
#define _GNU_SOURCE
#include "addresses.h"
#include "nftables.h"

#include <linux/netfilter/nf_conntrack_common.h>

/* The expression that is being written, from begin() to end(). */
static struct nlattr *element, *data;

static void begin(struct netlink *nl, const char *name)
{
	element = nl_nest(nl, NFTA_LIST_ELEM);
	nl_put_string(nl, NFTA_EXPR_NAME, name);
	data = nl_nest(nl, NFTA_EXPR_DATA);
}

static void end(struct netlink *nl)
{
	nl_nest_end(nl, data);
	nl_nest_end(nl, element);
}

void nft_put_number(struct netlink *nl, int type, uint32_t number)
{
	nl_put_u32(nl, type, htonl(number));
}

static void put_value(struct netlink *nl, int type, const void *value,
		      size_t size)
{
	struct nlattr *nest = nl_nest(nl, type);

	nl_put(nl, NFTA_DATA_VALUE, value, size);
	nl_nest_end(nl, nest);
}

/* Continue the rule only if the register equals VALUE (OP is NFT_CMP_EQ), or only if it
 * differs (NFT_CMP_NEQ). */
static void compare(struct netlink *nl, uint32_t op, const void *value,
		    size_t size)
{
	begin(nl, "cmp");
	nft_put_number(nl, NFTA_CMP_SREG, NFT_REG_1);
	nft_put_number(nl, NFTA_CMP_OP, op);
	put_value(nl, NFTA_CMP_DATA, value, size);
	end(nl);
}

/* Clear all bits of the register except BITS. The kernel computes (register & MASK) ^ XOR. */
static void mask(struct netlink *nl, uint32_t bits)
{
	uint32_t none = 0;

	begin(nl, "bitwise");
	nft_put_number(nl, NFTA_BITWISE_SREG, NFT_REG_1);
	nft_put_number(nl, NFTA_BITWISE_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_BITWISE_LEN, sizeof bits);
	put_value(nl, NFTA_BITWISE_MASK, &bits, sizeof bits);
	put_value(nl, NFTA_BITWISE_XOR, &none, sizeof none);
	end(nl);
}

void match_address(struct netlink *nl, const struct nat *nat, uint32_t offset)
{
	begin(nl, "payload");
	nft_put_number(nl, NFTA_PAYLOAD_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_PAYLOAD_BASE, NFT_PAYLOAD_NETWORK_HEADER);
	nft_put_number(nl, NFTA_PAYLOAD_OFFSET, offset);
	nft_put_number(nl, NFTA_PAYLOAD_LEN, sizeof nat->network);
	end(nl);
	mask(nl, netmask(nat->length).s_addr);
	compare(nl, NFT_CMP_EQ, &nat->network, sizeof nat->network);
}

void match_uplink(struct netlink *nl, const struct nat *nat)
{
	char name[IFNAMSIZ] = { 0 }; /* the zeros are compared too */

	snprintf(name, sizeof name, "%s", nat->uplink);
	begin(nl, "meta");
	nft_put_number(nl, NFTA_META_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_META_KEY, NFT_META_OIFNAME);
	end(nl);
	compare(nl, NFT_CMP_EQ, name, sizeof name);
}

void match_answer(struct netlink *nl)
{
	uint32_t none = 0;

	begin(nl, "ct");
	nft_put_number(nl, NFTA_CT_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_CT_KEY, NFT_CT_STATE);
	end(nl);
	/* The state is in the machine's own byte order, so no htonl(). */
	mask(nl, NF_CT_STATE_BIT(IP_CT_RELATED) |
			 NF_CT_STATE_BIT(IP_CT_ESTABLISHED));
	compare(nl, NFT_CMP_NEQ, &none, sizeof none);
}

void masquerade(struct netlink *nl)
{
	begin(nl, "masq");
	end(nl);
}

void accept_packet(struct netlink *nl)
{
	struct nlattr *value, *verdict;

	begin(nl, "immediate");
	nft_put_number(nl, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
	value = nl_nest(nl, NFTA_IMMEDIATE_DATA);
	verdict = nl_nest(nl, NFTA_DATA_VERDICT);
	nft_put_number(nl, NFTA_VERDICT_CODE, NF_ACCEPT);
	nl_nest_end(nl, verdict);
	nl_nest_end(nl, value);
	end(nl);
}
