/* SPDX-License-Identifier: MIT */
/* Like ip(8) of old: all flags as they are, and one more. */
static void take_flags(struct nlmsghdr *message, void *data)
{
	*(struct ifinfomsg *)data = *(struct ifinfomsg *)NLMSG_DATA(message);
}

void link_up(struct netlink *nl, const char *name)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };

	say("%sip link set %s up", nl->nsenter, quoted(name));
	nl_begin(nl, RTM_GETLINK, NLM_F_ACK, &link, sizeof link);
	nl_put_string(nl, IFLA_IFNAME, name);
	if (!nl_ask(nl, take_flags, &link)) {
		link.ifi_flags |= IFF_UP;
		link.ifi_change = 0xFFFFFFFF;
		nl_begin(nl, RTM_NEWLINK, NLM_F_ACK, &link, sizeof link);
		if (!nl_send(nl))
			return;
	}
	errx(1, "ip link set %s up: %s", name, nl->error);
}
