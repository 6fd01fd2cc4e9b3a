/* SPDX-License-Identifier: MIT */
/*
 * Beside step 7: questions about what exists. Is ip_forward on? Which interface leads to the
 * internet? Is there a table of ours? The lesson can be read without this file.
 */
#define _GNU_SOURCE
#include "interface.h"
#include "lesson.h"
#include "nat.h"
#include "nftables.h"

#include <net/if.h>

bool forward_is_on(void)
{
	char digit;
	int fd = open(IP_FORWARD, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, &digit, 1) != 1)
		err(1, IP_FORWARD);
	close(fd);
	return digit != '0';
}

/* For nl_ask(): set *INDEX to the interface of the route in MESSAGE. */
static void take_interface(struct nlmsghdr *message, void *index)
{
	struct nlattr *oif = nl_attribute(message, sizeof(struct rtmsg),
					  RTA_OIF);

	if (oif && oif->nla_len == sizeof *oif + sizeof(unsigned))
		memcpy(index, oif + 1, sizeof(unsigned));
}

/* ip route get 1.1.1.1: ask the kernel how it would send a packet to an address on the
 * internet. It sends none. To read the list of routes would not be enough: several may lead
 * to the internet, and ip-rule(8) chooses between tables. */
const char *uplink_find(struct netlink *nl)
{
	static char name[IF_NAMESIZE];
	struct in_addr somewhere = { htonl(0x01010101) }; /* 1.1.1.1 */
	struct rtmsg route = { .rtm_family = AF_INET, .rtm_dst_len = 32 };
	unsigned index = 0;

	nl_begin(nl, RTM_GETROUTE, NLM_F_ACK, &route, sizeof route);
	nl_put(nl, RTA_DST, &somewhere, sizeof somewhere);
	if (nl_ask(nl, take_interface, &index))
		return NULL;
	if (if_indextoname(index, name))
		return name;
	nl_fail(nl, errno, "");
	return NULL;
}

const char *uplink_choose(const char *asked)
{
	struct netlink nl; /* closed when the program ends */
	const char *uplink = asked;

	if (nl_open(&nl, NETLINK_ROUTE))
		errx(1, "netlink socket: %s", nl.error);
	if (asked && !interface_index(&nl, asked))
		errx(1, "--uplink %s: %s", asked, strerror(ENODEV));
	if (!asked)
		uplink = uplink_find(&nl);
	if (!uplink)
		errx(1,
		     "ip route get 1.1.1.1: %s: no default route? give --uplink INTERFACE",
		     nl.error);
	return uplink;
}

/* A table with our name is ours only if a comment in it contains this. */
#define LEAVES " leaves by "

#define COMMENT_SIZE 64

const char *comment_of(const struct nat *nat)
{
	static char text[COMMENT_SIZE];

	snprintf(text, sizeof text, "%s" LEAVES "%s", nat->subnet, nat->uplink);
	return text;
}

/* nft(8) stores a comment as a byte 0, which is its type, a byte with the length, and the
 * text with its final 0. */
void put_comment(struct netlink *nl, const struct nat *nat)
{
	const char *text = comment_of(nat);
	size_t length = strlen(text) + 1;
	char data[2 + COMMENT_SIZE] = { 0, (char)length };

	memcpy(data + 2, text, length);
	nl_put(nl, NFTA_RULE_USERDATA, data, 2 + length);
}

/* For nl_ask(): copy the comment of the rule in MESSAGE if it is one of ours. */
static void take_comment(struct nlmsghdr *message, void *comment)
{
	struct nlattr *user = nl_attribute(message, sizeof(struct nfgenmsg),
					   NFTA_RULE_USERDATA);
	const char *text;

	if (!user || user->nla_len < sizeof *user + 2)
		return;
	text = (const char *)(user + 1) + 2; /* after type and length */
	if (memchr(text, 0, user->nla_len - sizeof *user - 2) &&
	    strstr(text, LEAVES))
		snprintf(comment, COMMENT_SIZE, "%s", text);
}

const char *comment_found(struct netlink *nl, const char *table)
{
	static char comment[COMMENT_SIZE];
	int error;

	*comment = 0;
	nft_begin(nl, NFT_MSG_GETRULE, NLM_F_DUMP);
	nl_put_string(nl, NFTA_RULE_TABLE, table);
	nl_put_string(nl, NFTA_RULE_CHAIN, "postrouting");
	error = nl_ask(nl, take_comment, comment);
	if (error == -EINVAL) /* no part of the kernel handles this message */
		errx(1,
		     "nft list ruleset: %s: does this kernel lack nf_tables? modprobe nf_tables, or restart if the kernel was updated",
		     nl->error);
	if (error)
		errx(1, "nft list ruleset: %s", nl->error);
	return comment;
}
