/* SPDX-License-Identifier: MIT */
/* Both attributes, as ip(8) sends them. */
static void address_add(struct netlink *nl, const struct end *end)
{
	struct ifaddrmsg address = { .ifa_family = AF_INET };

	say("%sip addr add %s dev %s", nl->nsenter, end->text,
	    quoted(end->name));
	address.ifa_prefixlen = end->length;
	address.ifa_index = interface_index(nl, end->name);
	nl_begin(nl, RTM_NEWADDR, MAKE, &address, sizeof address);
	nl_put_u32(nl, IFA_LOCAL, end->address.s_addr);
	nl_put_u32(nl, IFA_ADDRESS, end->address.s_addr);
	if (nl_send(nl) != 0)
		errx(1, "ip addr add %s: %s", end->text, nl->error);
}
