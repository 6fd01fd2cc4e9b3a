/* SPDX-License-Identifier: MIT */
/* The rule for the answers first, and the one for the masquerade last. */
static void rules_add(struct netlink *nl, const struct nat *nat)
{
	struct nlattr *list = rule_begin(nl, nat, "forward");

	match_address(nl, nat, DESTINATION);
	match_answer(nl);
	accept_packet(nl);
	nl_nest_end(nl, list);
	say("add rule ip %s forward ip daddr %s ct state related,established accept",
	    nat->table, nat->subnet);
	list = rule_begin(nl, nat, "forward");
	match_address(nl, nat, SOURCE);
	match_uplink(nl, nat);
	accept_packet(nl);
	nl_nest_end(nl, list);
	say("add rule ip %s forward ip saddr %s oifname \"%s\" accept",
	    nat->table, nat->subnet, nat->uplink);
	list = rule_begin(nl, nat, "postrouting");
	match_address(nl, nat, SOURCE);
	match_uplink(nl, nat);
	masquerade(nl);
	nl_nest_end(nl, list);
	put_comment(nl, nat);
	say("add rule ip %s postrouting ip saddr %s oifname \"%s\" masquerade comment \"%s\"",
	    nat->table, nat->subnet, nat->uplink, comment_of(nat));
}

void match_uplink(struct netlink *nl, const struct nat *nat)
{
	union {
		char name[IFNAMSIZ];
		uint32_t words[IFNAMSIZ / 4];
	} padded = { .words = { 0 } };

	strcpy(padded.name, nat->uplink);
	begin(nl, "meta");
	nft_put_number(nl, NFTA_META_DREG, NFT_REG_1);
	nft_put_number(nl, NFTA_META_KEY, NFT_META_OIFNAME);
	end(nl);
	compare(nl, NFT_CMP_EQ, &padded, sizeof padded);
}

void nft_put_number(struct netlink *nl, int type, uint32_t number)
{
	number = htonl(number);
	nl_put(nl, type, &number, sizeof number);
}
