/* SPDX-License-Identifier: MIT */
/*
 * Step 7: the way to the internet and back.
 *
 *	echo 1 | sudo tee /proc/sys/net/ipv4/ip_forward
 *	sudo iptables -t nat -A POSTROUTING -s 192.168.1.0/24 -o enp3s0 -j MASQUERADE
 *	sudo iptables -A FORWARD -s 192.168.1.0/24 -o enp3s0 -j ACCEPT
 *	sudo iptables -A FORWARD -d 192.168.1.0/24 -m state --state RELATED,ESTABLISHED -j ACCEPT
 *
 * Nobody outside knows the container's address. So the host puts its own address on
 * the packets that leave, and the container's back on the answers. The rules go to
 * nftables, the kernel's packet filter, as those of today's iptables do. There a table holds
 * chains, and a chain rules. Ours are in a table of their own. nft(8).
 *
 * Messages are written as in step 6: nft_begin() is nl_begin() for one to nftables, and
 * nft_put_number() is nl_put_u32() in network byte order. nat_add() sends them together.
 */
#define _GNU_SOURCE
#include "nat.h"
#include "lesson.h"
#include "nftables.h"

/* main.c does this last, so that no packet is passed on without the rules. */
int forward_set(const char *digit)
{
	say("echo %s > " IP_FORWARD, digit);
	if (write_text(digit, IP_FORWARD) == 0)
		return 0;
	warn("write '%s' to " IP_FORWARD, digit);
	return -1;
}

/* A chain is a list of rules that the kernel runs at one hook, a point on a packet's way;
 * there the chain with the lower priority is first. Ours are named after their hooks. */
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

/* Start a rule at the end of CHAIN. Returns the list of its expressions, still empty;
 * nl_nest_end() ends it. */
static struct nlattr *rule_begin(struct netlink *nl, const struct nat *nat,
				 const char *chain)
{
	nft_begin(nl, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
	nl_put_string(nl, NFTA_RULE_TABLE, nat->table);
	nl_put_string(nl, NFTA_RULE_CHAIN, chain);
	return nl_nest(nl, NFTA_RULE_EXPRESSIONS);
}

/* The article's three rules. Accept ends our chain only: a chain of another table may still
 * drop the packet. (Of "-m state" nothing is left: that loads iptables' part for --state.) */
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
	put_comment(nl, nat); /* so that --remove knows the table as ours */

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

/* The messages of a batch take effect together, or not at all. OWNED is for full: the
 * kernel removes the table when NL is closed. */
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
