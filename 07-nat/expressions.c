/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What a rule of step 7 is made of.
 *
 * A rule is a list of expressions, and for each packet the kernel goes through it.
 * One loads a piece of the packet into a register; the next compares the register,
 * and if it does not match the rule is left; the last one decides.
 */
#include "expressions.h"
#include "addresses.h"
#include "netlink.h"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>

void put_be32(struct netlink *nl, int type, uint32_t number)
{
	nl_put_u32(nl, type, htonl(number));
}

/* An expression, in the list of a rule, is its name and its data. */
struct expression {
	struct nlattr *element, *data;
};

static struct expression expression(struct netlink *nl, const char *name)
{
	struct expression e;

	e.element = nl_nest(nl, NFTA_LIST_ELEM);
	nl_put_string(nl, NFTA_EXPR_NAME, name);
	e.data = nl_nest(nl, NFTA_EXPR_DATA);
	return e;
}

static void expression_end(struct netlink *nl, struct expression e)
{
	nl_nest_end(nl, e.data);
	nl_nest_end(nl, e.element);
}

/* Put a value, as the attribute TYPE. */
static void put_value(struct netlink *nl, int type, const void *value,
		      size_t len)
{
	struct nlattr *nest = nl_nest(nl, type);

	nl_put(nl, NFTA_DATA_VALUE, value, len);
	nl_nest_end(nl, nest);
}

/* Go on with the rule only if register 1 compares with VALUE as OP says. */
static void compare(struct netlink *nl, uint32_t op, const void *value,
		    size_t len)
{
	struct expression e = expression(nl, "cmp");

	put_be32(nl, NFTA_CMP_SREG, NFT_REG_1);
	put_be32(nl, NFTA_CMP_OP, op);
	put_value(nl, NFTA_CMP_DATA, value, len);
	expression_end(nl, e);
}

/* Register 1 = register 1 & MASK, four bytes. */
static void mask(struct netlink *nl, uint32_t bits)
{
	struct expression e = expression(nl, "bitwise");
	uint32_t none = 0;

	put_be32(nl, NFTA_BITWISE_SREG, NFT_REG_1);
	put_be32(nl, NFTA_BITWISE_DREG, NFT_REG_1);
	put_be32(nl, NFTA_BITWISE_LEN, sizeof bits);
	put_value(nl, NFTA_BITWISE_MASK, &bits, sizeof bits);
	put_value(nl, NFTA_BITWISE_XOR, &none, sizeof none);
	expression_end(nl, e);
}

void match_address(struct netlink *nl, const struct nat *nat, uint32_t offset)
{
	struct expression e = expression(nl, "payload");

	put_be32(nl, NFTA_PAYLOAD_DREG, NFT_REG_1);
	put_be32(nl, NFTA_PAYLOAD_BASE, NFT_PAYLOAD_NETWORK_HEADER);
	put_be32(nl, NFTA_PAYLOAD_OFFSET, offset);
	put_be32(nl, NFTA_PAYLOAD_LEN, sizeof nat->network);
	expression_end(nl, e);
	mask(nl, netmask(nat->length).s_addr);
	compare(nl, NFT_CMP_EQ, &nat->network, sizeof nat->network);
}

void match_uplink(struct netlink *nl, const char *uplink)
{
	struct expression e = expression(nl, "meta");
	char name[IFNAMSIZ] = { 0 }; /* compared to its end, zeros and all */

	put_be32(nl, NFTA_META_DREG, NFT_REG_1);
	put_be32(nl, NFTA_META_KEY, NFT_META_OIFNAME);
	expression_end(nl, e);
	snprintf(name, sizeof name, "%s", uplink);
	compare(nl, NFT_CMP_EQ, name, sizeof name);
}

void match_answer(struct netlink *nl)
{
	struct expression e = expression(nl, "ct");
	uint32_t none = 0;

	put_be32(nl, NFTA_CT_DREG, NFT_REG_1);
	put_be32(nl, NFTA_CT_KEY, NFT_CT_STATE);
	expression_end(nl, e);
	/* The one number that is in the machine's own order. */
	mask(nl, NF_CT_STATE_BIT(IP_CT_ESTABLISHED) |
			 NF_CT_STATE_BIT(IP_CT_RELATED));
	compare(nl, NFT_CMP_NEQ, &none, sizeof none);
}

void masquerade(struct netlink *nl)
{
	expression_end(nl, expression(nl, "masq"));
}

void accept_packet(struct netlink *nl)
{
	struct expression e = expression(nl, "immediate");
	struct nlattr *data, *verdict;

	put_be32(nl, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
	data = nl_nest(nl, NFTA_IMMEDIATE_DATA);
	verdict = nl_nest(nl, NFTA_DATA_VERDICT);
	put_be32(nl, NFTA_VERDICT_CODE, NF_ACCEPT);
	nl_nest_end(nl, verdict);
	nl_nest_end(nl, data);
	expression_end(nl, e);
}
