/* SPDX-License-Identifier: MIT */
/* nl_nest() and nl_append() in place of nl_put(), and a pointer to the struct in place. */
static void address_add(struct netlink *nl, const struct end *end)
{
	struct ifaddrmsg none = { 0 };
	unsigned index = interface_index(nl, end->name);
	struct ifaddrmsg *address;
	struct nlattr *nest;

	nl_begin(nl, RTM_NEWADDR, MAKE, &none, sizeof none);
	address = NLMSG_DATA(nl->message);
	address->ifa_family = AF_INET;
	address->ifa_index = index;
	address->ifa_prefixlen = end->length;
	nest = nl_nest(nl, IFA_LOCAL);
	nl_append(nl, &end->address, sizeof end->address);
	nl_nest_end(nl, nest);
	say("%sip addr add %s dev %s", nl->nsenter, end->text,
	    quoted(end->name));
	if (nl_send(nl))
		errx(1, "ip addr add %s: %s", end->text, nl->error);
}
