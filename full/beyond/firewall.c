/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Whose firewall is it?
 *
 * The probe has found that the container's packets are dropped. The kernel does not say
 * which rule does it, and rules after that one may drop them too. So this names each firewall
 * that may: the chains at the hooks "forward" and "postrouting" that drop, reject or queue,
 * or jump to a chain that does; and iptables-legacy, which nftables knows nothing of. They
 * are not ours, so none of them is changed here.
 */
#include "firewall.h"
#include "../lesson.h"
#include "chapters.h"
#include "nft.h"

#include <linux/netfilter/nf_tables_compat.h>

static struct firewall walls[16 + 1]; /* one for iptables-legacy */
static size_t count;
/* How many chains may still be read: jumps may lead to one and the same by many ways. */
static int chains_left = 256;

static void take_string(char *to, size_t size, const struct nlattr *attr)
{
	snprintf(to, size, "%s", nl_string(attr));
}

/* Note MESSAGE, a chain, if it is asked about what the host passes on. */
static void note_chain(struct nlmsghdr *message, void *data)
{
	const size_t fixed = sizeof(struct nfgenmsg);
	const struct nfgenmsg *header = NLMSG_DATA(message);
	struct nlattr *hook = nl_attribute(message, fixed, NFTA_CHAIN_HOOK);
	struct nlattr *policy = nl_attribute(message, fixed, NFTA_CHAIN_POLICY);
	struct firewall *wall = walls + count;
	uint32_t number = number_in(attribute_in(hook, NFTA_HOOK_HOOKNUM),
				    NF_INET_NUMHOOKS);

	(void)data;
	if ((header->nfgen_family != NFPROTO_IPV4 &&
	     header->nfgen_family != NFPROTO_INET) ||
	    (number != NF_INET_FORWARD && number != NF_INET_POST_ROUTING) ||
	    !strcmp(nl_string(nl_attribute(message, fixed, NFTA_CHAIN_TYPE)),
		    "nat") || /* ours among them */
	    count == 16)
		return;
	wall->family = header->nfgen_family;
	take_string(wall->table, sizeof wall->table,
		    nl_attribute(message, fixed, NFTA_CHAIN_TABLE));
	take_string(wall->chain, sizeof wall->chain,
		    nl_attribute(message, fixed, NFTA_CHAIN_NAME));
	wall->drops = number_in(policy, NF_ACCEPT) == NF_DROP;
	count++;
}

/* What the rules of one chain do. */
struct rules {
	bool drop;
	size_t jumps;
	char to[32][sizeof walls->chain];
};

static void note_part(const char *name, struct nlattr *part, void *data)
{
	struct nlattr *verdict = attribute_in(
		attribute_in(part, NFTA_IMMEDIATE_DATA), NFTA_DATA_VERDICT);
	struct nlattr *to = attribute_in(verdict, NFTA_VERDICT_CHAIN);
	struct rules *rules = data;

	if (!strcmp(name, "target")) /* of iptables */
		name = nl_string(attribute_in(part, NFTA_TARGET_NAME));
	if (!strcasecmp(name, "reject") || !strcmp(name, "queue") ||
	    !strcmp(name, "NFQUEUE"))
		rules->drop = true;
	/* A map of verdicts may have a drop in it. */
	if (!strcmp(name, "lookup") &&
	    number_in(attribute_in(part, NFTA_LOOKUP_DREG), NFT_REG_1) ==
		    NFT_REG_VERDICT)
		rules->drop = true;
	if (strcmp(name, "immediate"))
		return;
	if (number_in(attribute_in(verdict, NFTA_VERDICT_CODE), NF_ACCEPT) ==
	    NF_DROP)
		rules->drop = true;
	if (to && rules->jumps < sizeof rules->to / sizeof *rules->to)
		take_string(rules->to[rules->jumps++], sizeof *rules->to, to);
}

static void note_rule(struct nlmsghdr *rule, void *rules)
{
	each_part(rule, note_part, rules);
}

/* Read CHAIN of WALL's table, and the chains that it jumps to. Docker puts its chain before
 * ufw's, so what Docker's accepts does not get to ufw's. */
static void read_chain(struct netlink *nl, struct firewall *wall,
		       const char *chain)
{
	struct rules rules = { 0 };

	if (chains_left-- <= 0)
		return;
	if (!strcmp(chain, "DOCKER-USER"))
		wall->keeper = DOCKER;
	if (!strcmp(chain, "ufw-user-forward") && wall->keeper != DOCKER)
		wall->keeper = UFW;
	nft_message(nl, wall->family, NFT_MSG_GETRULE, NLM_F_DUMP);
	nl_put_string(nl, NFTA_RULE_TABLE, wall->table);
	nl_put_string(nl, NFTA_RULE_CHAIN, chain);
	if (nl_ask(nl, note_rule, &rules)) /* it may have gone */
		return;
	wall->drops |= rules.drop;
	for (size_t i = 0; i < rules.jumps; i++)
		read_chain(nl, wall, rules.to[i]);
}

/* Find out whether WALL drops, and its keeper: that is NFT, unless a name tells another. */
static void read_wall(struct netlink *nl, struct firewall *wall)
{
	if (wall->family == NFPROTO_IPV4 && !strcmp(wall->table, "filter") &&
	    !strcmp(wall->chain, "FORWARD"))
		wall->keeper = IPTABLES;
	read_chain(nl, wall, wall->chain);
	if (!strcmp(wall->table, "firewalld"))
		wall->keeper = FIREWALLD;
}

/* A table that iptables-legacy has made, if there is one. */
static void note_legacy(void)
{
	char line[64];
	FILE *names = fopen("/proc/net/ip_tables_names", "re");

	while (names && fgets(line, sizeof line, names))
		if (!strcmp(line, "filter\n"))
			walls[count++] = (struct firewall){
				.keeper = IPTABLES_LEGACY, .drops = true
			};
	if (names)
		fclose(names);
}

void name_firewalls(const struct container *c)
{
	struct netlink nl;
	char note[32];
	size_t kept = 0;

	if (nl_open(&nl, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nl.error);
	nft_message(&nl, NFPROTO_UNSPEC, NFT_MSG_GETCHAIN, NLM_F_DUMP);
	if (nl_ask(&nl, note_chain, NULL))
		errx(1, "nft list chains: %s", nl.error);
	for (size_t i = 0; i < count; i++) {
		read_wall(&nl, walls + i);
		if (walls[i].drops)
			walls[kept++] = walls[i];
	}
	close(nl.fd);
	count = kept;
	note_legacy();
	snprintf(note, sizeof note, "container-%s", c->name);
	print_mends(walls, count, c->host.name, note); /* mend.c */
}
