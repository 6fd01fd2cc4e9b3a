/* SPDX-License-Identifier: MIT */
/* One loop makes the three rules. */
static void rules_add(struct netlink *nl, const struct nat *nat)
{
	say("add rule ip %s postrouting ip saddr %s oifname \"%s\" masquerade comment \"%s\"",
	    nat->table, nat->subnet, nat->uplink, comment_of(nat));
	say("add rule ip %s forward ip saddr %s oifname \"%s\" accept",
	    nat->table, nat->subnet, nat->uplink);
	say("add rule ip %s forward ip daddr %s ct state related,established accept",
	    nat->table, nat->subnet);
	for (int rule = 0; rule < 3; rule++) {
		struct nlattr *list = rule_begin(
			nl, nat, rule ? "forward" : "postrouting");

		match_address(nl, nat, rule == 2 ? DESTINATION : SOURCE);
		(rule == 2 ? match_answer(nl) : match_uplink(nl, nat));
		(rule ? accept_packet : masquerade)(nl);
		nl_nest_end(nl, list);
		if (!rule)
			put_comment(nl, nat);
	}
}

void match_uplink(struct netlink *nl, const struct nat *nat)
{
	/* The 0 at its end is compared, too, and that is enough. */
	begin(nl, "meta");
	nft_put_number(nl, NFTA_META_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_META_KEY, NFT_META_OIFNAME);
	end(nl);
	compare(nl, NFT_CMP_EQ, nat->uplink, strlen(nat->uplink) + 1);
}

void nft_put_number(struct netlink *nl, int type, uint32_t number)
{
	uint32_t turned = htonl(number);

	nl_put(nl, type, &turned, sizeof turned);
}
