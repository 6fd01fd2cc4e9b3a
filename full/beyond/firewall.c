/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Other people's firewalls.
 *
 * A packet that is passed on goes through the forward chains of every table, and one
 * drop is enough: no accept of ours can save it. Docker and ufw have a chain that
 * drops what it does not know, and nothing says why the container reaches no other host. The
 * chain is theirs, so it is not touched here; but this says which one it is, and which
 * commands let the container through.
 */
#include "../../06-veth/netlink.h"
#include "../lesson.h"
#include "chapters.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

/* A chain that drops what is forwarded, if there is one. */
struct dropping {
	char family[5], table[64], chain[64]; /* "ip" or "inet"; "" if none */
	bool docker_user; /* does Docker keep a chain for rules of the user's? */
};

static uint32_t number_in(const struct nlattr *attr, uint32_t otherwise)
{
	uint32_t number;

	if (!attr || attr->nla_len < sizeof *attr + sizeof number)
		return otherwise;
	memcpy(&number, attr + 1, sizeof number);
	return ntohl(number);
}

/* The hook number in HOOK, whose value is attributes again. */
static uint32_t hook_number(struct nlattr *hook)
{
	char *at = (char *)(hook + 1), *end = (char *)hook + hook->nla_len;

	while (end - at >= NLA_HDRLEN) {
		struct nlattr *attr = (void *)at;

		if (attr->nla_len < NLA_HDRLEN || attr->nla_len > end - at)
			break;
		if (attr->nla_type == NFTA_HOOK_HOOKNUM)
			return number_in(attr, NF_INET_PRE_ROUTING);
		at += NLA_ALIGN(attr->nla_len);
	}
	return NF_INET_PRE_ROUTING;
}

static void look_at_chain(struct nlmsghdr *chain, void *data)
{
	const size_t fixed = sizeof(struct nfgenmsg);
	struct nfgenmsg *header = NLMSG_DATA(chain);
	struct nlattr *hook = nl_attribute(chain, fixed, NFTA_CHAIN_HOOK);
	struct nlattr *policy = nl_attribute(chain, fixed, NFTA_CHAIN_POLICY);
	const char *name = nl_string(
		nl_attribute(chain, fixed, NFTA_CHAIN_NAME));
	struct dropping *found = data;

	if (!strcmp(name, "DOCKER-USER"))
		found->docker_user = true;
	if (!hook || number_in(policy, NF_ACCEPT) != NF_DROP ||
	    hook_number(hook) != NF_INET_FORWARD)
		return;
	if (header->nfgen_family != NFPROTO_IPV4 &&
	    header->nfgen_family != NFPROTO_INET)
		return;
	snprintf(found->family, sizeof found->family, "%s",
		 header->nfgen_family == NFPROTO_IPV4 ? "ip" : "inet");
	snprintf(found->table, sizeof found->table, "%s",
		 nl_string(nl_attribute(chain, fixed, NFTA_CHAIN_TABLE)));
	snprintf(found->chain, sizeof found->chain, "%s", name);
}

/* The two commands, with VERB "-I" or "-D", where iptables made the chain. */
static void print_iptables(const char *verb, const char *chain,
			   const struct nat *nat)
{
	fprintf(stderr, "  iptables %s %s -s %s -o %s -j ACCEPT\n", verb, chain,
		nat->subnet, nat->uplink);
	fprintf(stderr,
		"  iptables %s %s -d %s -i %s -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n",
		verb, chain, nat->subnet, nat->uplink);
}

/* The same in the language of nft, where a rule is removed by its handle. */
static void print_nft(const struct dropping *d, const struct nat *nat)
{
	fprintf(stderr,
		"  nft insert rule %s %s %s ip saddr %s oifname '\"%s\"' accept comment '\"%s\"'\n",
		d->family, d->table, d->chain, nat->subnet, nat->uplink,
		nat->table);
	fprintf(stderr,
		"  nft insert rule %s %s %s ip daddr %s ct state established,related accept comment '\"%s\"'\n",
		d->family, d->table, d->chain, nat->subnet, nat->table);
	fprintf(stderr, "and to take that back:\n");
	fprintf(stderr,
		"  nft -a list chain %s %s %s | sed -n '/comment \"%s\"/s/.*# handle/delete rule %s %s %s handle/p' | nft -f -\n",
		d->family, d->table, d->chain, nat->table, d->family, d->table,
		d->chain);
}

void warn_of_firewall(struct netlink *nl, const struct nat *nat)
{
	struct nfgenmsg header = { .nfgen_family = NFPROTO_UNSPEC };
	struct dropping found = { 0 };
	const char *chain;

	if (!nat)
		return;
	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN,
		 NLM_F_ACK | NLM_F_DUMP, &header, sizeof header);
	if (nl_ask(nl, look_at_chain, &found) || !*found.chain)
		return;
	warnx("a firewall drops what no rule of its own lets through (table %s %s, chain %s). To let this container through:",
	      found.family, found.table, found.chain);
	if (strcmp(found.table, "filter") || strcmp(found.chain, "FORWARD")) {
		print_nft(&found, nat);
		return;
	}
	chain = found.docker_user ? "DOCKER-USER" : "FORWARD";
	print_iptables("-I", chain, nat);
	fprintf(stderr, "and to take that back:\n");
	print_iptables("-D", chain, nat);
}
