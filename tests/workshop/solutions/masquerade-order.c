/* SPDX-License-Identifier: MIT */
/* The expressions in another order, and all commands said first. */
static void rules_add(struct netlink *nl, const struct nat *nat)
{
	struct nlattr *list;

	say("add rule ip %s postrouting ip saddr %s oifname \"%s\" masquerade comment \"%s\"",
	    nat->table, nat->subnet, nat->uplink, comment_of(nat));
	say("add rule ip %s forward ip saddr %s oifname \"%s\" accept",
	    nat->table, nat->subnet, nat->uplink);
	say("add rule ip %s forward ip daddr %s ct state related,established accept",
	    nat->table, nat->subnet);
	list = rule_begin(nl, nat, "postrouting");
	match_uplink(nl, nat);
	match_address(nl, nat, SOURCE);
	masquerade(nl);
	nl_nest_end(nl, list);
	put_comment(nl, nat);
	list = rule_begin(nl, nat, "forward");
	match_uplink(nl, nat);
	match_address(nl, nat, SOURCE);
	accept_packet(nl);
	nl_nest_end(nl, list);
	list = rule_begin(nl, nat, "forward");
	match_answer(nl);
	match_address(nl, nat, DESTINATION);
	accept_packet(nl);
	nl_nest_end(nl, list);
}

void match_uplink(struct netlink *nl, const struct nat *nat)
{
	char name[IFNAMSIZ];

	memset(name, 0, IFNAMSIZ);
	memcpy(name, nat->uplink, strlen(nat->uplink));
	begin(nl, "meta");
	nft_put_number(nl, NFTA_META_KEY, NFT_META_OIFNAME);
	nft_put_number(nl, NFTA_META_DREG, NFT_REG_1);
	end(nl);
	compare(nl, NFT_CMP_EQ, name, IFNAMSIZ);
}

void nft_put_number(struct netlink *nl, int type, uint32_t number)
{
	unsigned char bytes[4] = { (unsigned char)(number >> 24),
				   (unsigned char)(number >> 16),
				   (unsigned char)(number >> 8),
				   (unsigned char)number };

	nl_put(nl, type, bytes, sizeof bytes);
}
