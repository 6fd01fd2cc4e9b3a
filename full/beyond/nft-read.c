/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* Messages from nftables, for the chapters that ask it. */
#include "nft.h"

/* The first attribute of TYPE from AT to END; or NULL. */
static struct nlattr *find(char *at, const char *end, int type)
{
	while (end - at >= NLA_HDRLEN) {
		struct nlattr *attr = (void *)at;

		if (attr->nla_len < NLA_HDRLEN || attr->nla_len > end - at)
			break;
		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return attr;
		at += NLA_ALIGN(attr->nla_len);
	}
	return NULL;
}

struct nlattr *attribute_in(struct nlattr *nest, int type)
{
	return nest ? find((char *)(nest + 1), (char *)nest + nest->nla_len,
			   type)
		    : NULL;
}

uint32_t number_in(const struct nlattr *attr, uint32_t otherwise)
{
	uint32_t number;

	if (!attr || attr->nla_len < sizeof *attr + sizeof number)
		return otherwise;
	memcpy(&number, attr + 1, sizeof number);
	return ntohl(number);
}

void each_part(struct nlmsghdr *rule, look_at_part *look, void *data)
{
	struct nlattr *parts = nl_attribute(rule, sizeof(struct nfgenmsg),
					    NFTA_RULE_EXPRESSIONS);
	struct nlattr *one = attribute_in(parts, NFTA_LIST_ELEM);

	while (one) {
		look(nl_string(attribute_in(one, NFTA_EXPR_NAME)),
		     attribute_in(one, NFTA_EXPR_DATA), data);
		one = find((char *)one + NLA_ALIGN(one->nla_len),
			   (char *)parts + parts->nla_len, NFTA_LIST_ELEM);
	}
}
