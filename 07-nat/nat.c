/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 7: the way to the internet and back.
 *
 * The container has an address that nobody outside knows. The host lends it his
 * own: what leaves is rewritten to come from the host, and what is an answer to it
 * is rewritten back. To do it a table of nftables is sent to the kernel, much as
 * an interface is, but as a batch: all of it comes to be at once, or none.
 * Numbers in its attributes are big-endian, as on the network.
 */
#include "nat.h"
#include "expressions.h"
#include "lesson.h"
#include "netlink.h"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter_ipv4.h>

/* Begin a message to nftables: VERB is NFT_MSG_NEWTABLE and so on. */
static void begin(struct netlink *nl, int verb, int flags)
{
	struct nfgenmsg header = { .nfgen_family = NFPROTO_IPV4 };

	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | verb, NLM_F_ACK | flags,
		 &header, sizeof header);
}

/* The message that opens or closes a batch. It is not acknowledged. */
static void batch(struct netlink *nl, int type)
{
	struct nfgenmsg header = { .res_id = htons(NFNL_SUBSYS_NFTABLES) };

	nl_begin(nl, type, 0, &header, sizeof header);
}

static void table_add(struct netlink *nl, const char *table, bool owned)
{
	begin(nl, NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_EXCL);
	nl_put_string(nl, NFTA_TABLE_NAME, table);
	put_be32(nl, NFTA_TABLE_FLAGS, owned ? NFT_TABLE_F_OWNER : 0);
}

/* A chain is called at one HOOK on a packet's way through the kernel, before or
 * after others there by its PRIORITY. What its rules do not decide goes on. */
static void chain_add(struct netlink *nl, const char *table, const char *chain,
		      const char *type, uint32_t hook, int priority)
{
	struct nlattr *nest;

	begin(nl, NFT_MSG_NEWCHAIN, NLM_F_CREATE);
	nl_put_string(nl, NFTA_CHAIN_TABLE, table);
	nl_put_string(nl, NFTA_CHAIN_NAME, chain);
	nl_put_string(nl, NFTA_CHAIN_TYPE, type);
	put_be32(nl, NFTA_CHAIN_POLICY, NF_ACCEPT);
	nest = nl_nest(nl, NFTA_CHAIN_HOOK);
	{
		put_be32(nl, NFTA_HOOK_HOOKNUM, hook);
		put_be32(nl, NFTA_HOOK_PRIORITY, (uint32_t)priority);
	}
	nl_nest_end(nl, nest);
}

/* Begin a rule at the end of CHAIN. Returns its list of expressions. */
static struct nlattr *rule(struct netlink *nl, const char *table,
			   const char *chain, const char *comment)
{
	char data[2 + 128] = { 0 };
	size_t len = strlen(comment) + 1;

	begin(nl, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
	nl_put_string(nl, NFTA_RULE_TABLE, table);
	nl_put_string(nl, NFTA_RULE_CHAIN, chain);
	/* Where nft keeps a comment: a 0, the length, the text. */
	data[1] = (char)len;
	memcpy(data + 2, comment, len);
	nl_put(nl, NFTA_RULE_USERDATA, data, 2 + len);
	return nl_nest(nl, NFTA_RULE_EXPRESSIONS);
}

/* The chain in which a connection gets its address, and the rule that gives it the
 * host's: match, match, act. nft(8), "NAT STATEMENTS". */
static void postrouting(struct netlink *nl, const struct nat *nat,
			const char *comment)
{
	struct nlattr *list;

	say("chain postrouting {");
	say("type nat hook postrouting priority 100; policy accept;");
	chain_add(nl, nat->table, "postrouting", "nat", NF_INET_POST_ROUTING,
		  NF_IP_PRI_NAT_SRC);

	say("ip saddr %s oifname \"%s\" masquerade comment \"%s\"", nat->subnet,
	    nat->uplink, comment);
	list = rule(nl, nat->table, "postrouting", comment);
	{
		match_address(nl, nat, SOURCE);
		match_uplink(nl, nat->uplink);
		masquerade(nl);
	}
	nl_nest_end(nl, list);
	say("}");
}

static void forward(struct netlink *nl, const struct nat *nat)
{
	struct nlattr *list;

	say("chain forward {");
	say("type filter hook forward priority 0; policy accept;");
	chain_add(nl, nat->table, "forward", "filter", NF_INET_FORWARD,
		  NF_IP_PRI_FILTER);

	say("ip saddr %s oifname \"%s\" accept comment \"let out\"",
	    nat->subnet, nat->uplink);
	list = rule(nl, nat->table, "forward", "let out");
	{
		match_address(nl, nat, SOURCE);
		match_uplink(nl, nat->uplink);
		accept_packet(nl);
	}
	nl_nest_end(nl, list);

	say("ip daddr %s ct state established,related accept comment \"let answers in\"",
	    nat->subnet);
	list = rule(nl, nat->table, "forward", "let answers in");
	{
		match_address(nl, nat, DESTINATION);
		match_answer(nl);
		accept_packet(nl);
	}
	nl_nest_end(nl, list);
	say("}");
}

void nat_add(struct netlink *nl, const struct nat *nat, int forward_was,
	     bool owned)
{
	char comment[128];

	nat_comment(nat, forward_was, comment, sizeof comment);
	/* An owned table is said without its owner: nft's would go with nft. */
	say("nft -f - <<'END'");
	batch(nl, NFNL_MSG_BATCH_BEGIN);
	say("table ip %s {", nat->table);
	table_add(nl, nat->table, owned);
	postrouting(nl, nat, comment);
	forward(nl, nat);
	say("}");
	batch(nl, NFNL_MSG_BATCH_END);
	say("END");
	if (nl_send(nl))
		errx(1, "make the table ip %s: %s", nat->table, nl->error);
}

int nat_remove(struct netlink *nl, const char *table)
{
	say("nft delete table ip %s", table);
	batch(nl, NFNL_MSG_BATCH_BEGIN);
	begin(nl, NFT_MSG_DELTABLE, 0);
	nl_put_string(nl, NFTA_TABLE_NAME, table);
	batch(nl, NFNL_MSG_BATCH_END);
	if (!nl_send(nl))
		return 0;
	warnx("remove the table ip %s: %s", table, nl->error);
	return -1;
}
