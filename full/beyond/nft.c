/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* Messages to nftables, for the chapters about rules. What a rule is made of is said in
 * 07-nat/expressions.c. */
#include "nft.h"
#include "../lesson.h"

#include <net/if.h>

static struct nlattr
	*list; /* the parts of a rule, from rule_begin() to rule_end() */

void nft_message(struct netlink *nl, int family, int verb, int flags)
{
	struct nfgenmsg header = { .nfgen_family = (uint8_t)family };

	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | verb, NLM_F_ACK | flags,
		 &header, sizeof header);
}

static const char *name_of(int family)
{
	return family == NFPROTO_IPV4 ? "ip" : "netdev";
}

void table_add(struct netlink *nl, int family, const char *table)
{
	say("create table %s %s", name_of(family), table);
	nft_message(nl, family, NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_EXCL);
	nl_put_string(nl, NFTA_TABLE_NAME, table);
	nft_put_number(nl, NFTA_TABLE_FLAGS, NFT_TABLE_F_OWNER);
}

void table_delete(struct netlink *nl, int family, const char *table)
{
	nft_message(nl, family, NFT_MSG_DELTABLE, 0);
	nl_put_string(nl, NFTA_TABLE_NAME, table);
}

static void say_chain(const struct chain *chain)
{
	say("add chain %s %s %s { type %s hook %s%s%s priority %d; policy %s; }",
	    name_of(chain->family), chain->table, chain->name, chain->type,
	    chain->name, chain->device ? " device " : "",
	    chain->device ? chain->device : "", chain->priority,
	    chain->policy == NF_DROP ? "drop" : "accept");
}

void chain_add(struct netlink *nl, const struct chain *chain)
{
	struct nlattr *hook;

	say_chain(chain);
	nft_message(nl, chain->family, NFT_MSG_NEWCHAIN, NLM_F_CREATE);
	nl_put_string(nl, NFTA_CHAIN_TABLE, chain->table);
	nl_put_string(nl, NFTA_CHAIN_NAME, chain->name);
	nl_put_string(nl, NFTA_CHAIN_TYPE, chain->type);
	nft_put_number(nl, NFTA_CHAIN_POLICY, chain->policy);
	hook = nl_nest(nl, NFTA_CHAIN_HOOK);
	nft_put_number(nl, NFTA_HOOK_HOOKNUM, chain->hook);
	nft_put_number(nl, NFTA_HOOK_PRIORITY, (uint32_t)chain->priority);
	if (chain->device)
		nl_put_string(nl, NFTA_HOOK_DEV, chain->device);
	nl_nest_end(nl, hook);
}

void rule_begin(struct netlink *nl, const struct chain *chain,
		const char *format, ...)
{
	va_list values;
	char *rule; /* freed when the program ends */

	va_start(values, format);
	if (vasprintf(&rule, format, values) < 0)
		err(1, "say %s", format);
	va_end(values);
	say("add rule %s %s %s %s", name_of(chain->family), chain->table,
	    chain->name, rule);
	nft_message(nl, chain->family, NFT_MSG_NEWRULE,
		    NLM_F_CREATE | NLM_F_APPEND);
	nl_put_string(nl, NFTA_RULE_TABLE, chain->table);
	nl_put_string(nl, NFTA_RULE_CHAIN, chain->name);
	list = nl_nest(nl, NFTA_RULE_EXPRESSIONS);
}

void rule_end(struct netlink *nl)
{
	nl_nest_end(nl, list);
}

static struct nlattr *part, *values; /* from part_begin() to part_end() */

static void part_begin(struct netlink *nl, const char *name)
{
	part = nl_nest(nl, NFTA_LIST_ELEM);
	nl_put_string(nl, NFTA_EXPR_NAME, name);
	values = nl_nest(nl, NFTA_EXPR_DATA);
}

static void part_end(struct netlink *nl)
{
	nl_nest_end(nl, values);
	nl_nest_end(nl, part);
}

static void compare(struct netlink *nl, uint32_t op, const void *value,
		    size_t size)
{
	struct nlattr *nest;

	part_begin(nl, "cmp");
	nft_put_number(nl, NFTA_CMP_SREG, NFT_REG_1);
	nft_put_number(nl, NFTA_CMP_OP, op);
	nest = nl_nest(nl, NFTA_CMP_DATA);
	nl_put(nl, NFTA_DATA_VALUE, value, size);
	nl_nest_end(nl, nest);
	part_end(nl);
}

void match_meta(struct netlink *nl, uint32_t key, uint32_t op,
		const void *value, size_t size)
{
	part_begin(nl, "meta");
	nft_put_number(nl, NFTA_META_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_META_KEY, key);
	part_end(nl);
	compare(nl, op, value, size);
}

void match_interface(struct netlink *nl, uint32_t key, uint32_t op,
		     const char *name)
{
	char padded[IFNAMSIZ] = { 0 }; /* the zeros are compared too */

	snprintf(padded, sizeof padded, "%s", name);
	match_meta(nl, key, op, padded, sizeof padded);
}

void match_ip(struct netlink *nl, uint32_t offset, struct in_addr address,
	      size_t size)
{
	part_begin(nl, "payload");
	nft_put_number(nl, NFTA_PAYLOAD_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_PAYLOAD_BASE, NFT_PAYLOAD_NETWORK_HEADER);
	nft_put_number(nl, NFTA_PAYLOAD_OFFSET, offset);
	nft_put_number(nl, NFTA_PAYLOAD_LEN, (uint32_t)size);
	part_end(nl);
	compare(nl, NFT_CMP_EQ, &address, size);
}

void count_packet(struct netlink *nl)
{
	part_begin(nl, "counter");
	part_end(nl);
}

void drop_packet(struct netlink *nl)
{
	struct nlattr *value, *verdict;

	part_begin(nl, "immediate");
	nft_put_number(nl, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
	value = nl_nest(nl, NFTA_IMMEDIATE_DATA);
	verdict = nl_nest(nl, NFTA_DATA_VERDICT);
	nft_put_number(nl, NFTA_VERDICT_CODE, NF_DROP);
	nl_nest_end(nl, verdict);
	nl_nest_end(nl, value);
	part_end(nl);
}
