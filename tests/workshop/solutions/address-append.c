/* SPDX-License-Identifier: MIT */
/* The attribute by hand; NLM_F_CREATE is not needed. */
static void address_add(struct netlink *nl, const struct end *end)
{
	unsigned index = interface_index(nl, end->name);
	struct ifaddrmsg address = { AF_INET, end->length, 0, RT_SCOPE_UNIVERSE,
				     index };
	struct {
		struct nlattr header;
		struct in_addr value;
	} local = { { sizeof local, IFA_LOCAL }, end->address };

	nl_begin(nl, RTM_NEWADDR, NLM_F_ACK | NLM_F_EXCL, &address,
		 sizeof address);
	nl_append(nl, &local, sizeof local);
	if (nl_send(nl))
		errx(1, "ip addr add %s: %s", end->text, nl->error);
	say("%sip addr add %s dev %s", nl->nsenter, end->text,
	    quoted(end->name));
}
