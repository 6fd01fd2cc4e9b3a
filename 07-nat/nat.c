/* SPDX-License-Identifier: MIT */
/*
 * Step 7: the way to the internet and back.
 *
 *	echo 1 | sudo tee /proc/sys/net/ipv4/ip_forward
 *	sudo iptables -t nat -A POSTROUTING -s 192.168.1.0/24 -o enp3s0 -j MASQUERADE
 *	sudo iptables -A FORWARD -s 192.168.1.0/24 -o enp3s0 -j ACCEPT
 *	sudo iptables -A FORWARD -d 192.168.1.0/24 -m state --state RELATED,ESTABLISHED -j ACCEPT
 *
 * Nobody on the internet knows the container's address. So the host replaces it with its
 * own address in the packets that leave, and restores it in the answers. The rules are for
 * nftables, the kernel's packet filter, which today's iptables also uses. In nftables a
 * table holds chains, and a chain holds rules. Ours are in a separate table. nft(8).
 *
 * Messages are written as in step 6: nft_begin() is nl_begin() for nftables, and
 * nft_put_number() is nl_put_u32() in network byte order. nat_add() sends all messages
 * together.
 */
#define _GNU_SOURCE
#include "nat.h"
#include "lesson.h"
#include "nftables.h"

/* The article does this first. main.c does it last, so that no packet is forwarded without the
 * rules. */
int forward_set(const char *digit)
{
	say("echo %s > " IP_FORWARD, digit);
	if (write_text(digit, IP_FORWARD) == 0)
		return 0;
	warn("write '%s' to " IP_FORWARD, digit);
	return -1;
}

/* A chain is a list of rules for one hook, a point on the way of a packet through the
 * kernel. At each hook, chains run in ascending order of priority. Ours have the names of
 * their hooks. */
static void chain_add(struct netlink *nl, const char *table, const char *name,
		      const char *type, uint32_t hook, int priority)
{
	struct nlattr *nest;

	say("add chain ip %s %s { type %s hook %s priority %d; }", table, name,
	    type, name, priority);
	nft_begin(nl, NFT_MSG_NEWCHAIN, NLM_F_CREATE);
	nl_put_string(nl, NFTA_CHAIN_TABLE, table);
	nl_put_string(nl, NFTA_CHAIN_NAME, name);
	nl_put_string(nl, NFTA_CHAIN_TYPE, type);
	nest = nl_nest(nl, NFTA_CHAIN_HOOK);
	nft_put_number(nl, NFTA_HOOK_HOOKNUM, hook);
	nft_put_number(nl, NFTA_HOOK_PRIORITY, (uint32_t)priority);
	nl_nest_end(nl, nest);
}

/* Start a rule at the end of CHAIN. Returns its list of expressions, which nl_nest_end()
 * ends. */
static struct nlattr *rule_begin(struct netlink *nl, const struct nat *nat,
				 const char *chain)
{
	nft_begin(nl, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
	nl_put_string(nl, NFTA_RULE_TABLE, nat->table);
	nl_put_string(nl, NFTA_RULE_CHAIN, chain);
	return nl_nest(nl, NFTA_RULE_EXPRESSIONS);
}

/* The article's three rules. After "accept" the chains of other tables still run, and may
 * drop the packet. ("-m state" has no counterpart: it makes iptables know --state.) */
static void rules_add(struct netlink *nl, const struct nat *nat)
{
	struct nlattr *list;

	say("add rule ip %s postrouting ip saddr %s oifname \"%s\" masquerade comment \"%s\"",
	    nat->table, nat->subnet, nat->uplink, comment_of(nat));
	list = rule_begin(nl, nat, "postrouting"); /* -t nat -A POSTROUTING */
	match_address(nl, nat, SOURCE);		   /* -s 192.168.1.0/24 */
	match_uplink(nl, nat);			   /* -o enp3s0 */
	masquerade(nl);				   /* -j MASQUERADE */
	nl_nest_end(nl, list);
	put_comment(nl, nat); /* --remove looks for this */

	say("add rule ip %s forward ip saddr %s oifname \"%s\" accept",
	    nat->table, nat->subnet, nat->uplink);
	list = rule_begin(nl, nat, "forward"); /* -A FORWARD */
	match_address(nl, nat, SOURCE);	       /* -s 192.168.1.0/24 */
	match_uplink(nl, nat);		       /* -o enp3s0 */
	accept_packet(nl);		       /* -j ACCEPT */
	nl_nest_end(nl, list);

	say("add rule ip %s forward ip daddr %s ct state related,established accept",
	    nat->table, nat->subnet);
	list = rule_begin(nl, nat, "forward"); /* -A FORWARD */
	match_address(nl, nat, DESTINATION);   /* -d 192.168.1.0/24 */
	match_answer(nl);		       /* --state RELATED,ESTABLISHED */
	accept_packet(nl);		       /* -j ACCEPT */
	nl_nest_end(nl, list);
}

/* The messages of a batch take effect together or not at all. */
int nat_add(struct netlink *nl, const struct nat *nat, bool owned)
{
	say("nft -f - <<'END'");
	nft_batch(nl, NFNL_MSG_BATCH_BEGIN);
	say("create table ip %s", nat->table);
	nft_begin(nl, NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_EXCL);
	nl_put_string(nl, NFTA_TABLE_NAME, nat->table);
	nft_put_number(nl, NFTA_TABLE_FLAGS, owned ? NFT_TABLE_F_OWNER : 0);

	chain_add(nl, nat->table, "postrouting", "nat", NF_INET_POST_ROUTING,
		  NF_IP_PRI_NAT_SRC);
	chain_add(nl, nat->table, "forward", "filter", NF_INET_FORWARD,
		  NF_IP_PRI_FILTER);
	rules_add(nl, nat);

	nft_batch(nl, NFNL_MSG_BATCH_END);
	say("END");
	return nl_send(nl);
}

int nat_remove(struct netlink *nl, const char *table)
{
	say("nft delete table ip %s", table);
	nft_batch(nl, NFNL_MSG_BATCH_BEGIN);
	nft_begin(nl, NFT_MSG_DELTABLE, 0);
	nl_put_string(nl, NFTA_TABLE_NAME, table);
	nft_batch(nl, NFNL_MSG_BATCH_END);
	return nl_send(nl);
}
