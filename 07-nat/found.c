/* SPDX-License-Identifier: MIT */
/*
 * Beside step 7: is there a table of ours already? The lesson can be read without this
 * file.
 *
 * A table with our name is ours only if one of its rules has our comment. Any other is
 * left alone.
 */
#define _GNU_SOURCE
#include "lesson.h"
#include "nat.h"
#include "nftables.h"

#define LEAVES " leaves by "

typedef char comment_text[64];

const char *comment_of(const struct nat *nat)
{
	static comment_text text;

	snprintf(text, sizeof text, "%s" LEAVES "%s", nat->subnet, nat->uplink);
	return text;
}

/* nft(8) keeps a comment as a byte 0 (its type), a byte with the length, and the text with
 * its final 0. */
void put_comment(struct netlink *nl, const struct nat *nat)
{
	const char *text = comment_of(nat);
	size_t length = strlen(text) + 1;
	char data[2 + sizeof(comment_text)] = { 0, (char)length };

	memcpy(data + 2, text, length);
	nl_put(nl, NFTA_RULE_USERDATA, data, 2 + length);
}

/* Note the comment of MESSAGE, which is a rule, if it is of the kind that we write. */
static void take_comment(struct nlmsghdr *message, void *comment)
{
	struct nlattr *user = nl_attribute(message, sizeof(struct nfgenmsg),
					   NFTA_RULE_USERDATA);
	const char *text;

	if (!user || user->nla_len < sizeof *user + 3) /* two bytes and the 0 */
		return;
	text = (const char *)(user + 1) + 2;
	if (memchr(text, 0, user->nla_len - sizeof *user - 2) &&
	    strstr(text, LEAVES))
		snprintf(comment, sizeof(comment_text), "%s", text);
}

const char *comment_found(struct netlink *nl, const char *table)
{
	static comment_text comment;
	int error;

	*comment = 0;
	nft_begin(nl, NFT_MSG_GETRULE, NLM_F_DUMP);
	nl_put_string(nl, NFTA_RULE_TABLE, table);
	nl_put_string(nl, NFTA_RULE_CHAIN, "postrouting");
	error = nl_ask(nl, take_comment, comment);
	if (error == -EINVAL) /* nothing in the kernel takes this message */
		errx(1,
		     "nft list ruleset: %s: does this kernel lack nf_tables? modprobe nf_tables",
		     nl->error);
	if (error)
		errx(1, "nft list ruleset: %s", nl->error);
	return comment;
}
