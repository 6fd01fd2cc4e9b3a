/* SPDX-License-Identifier: MIT */
/* RTM_SETLINK, which changes only. */
void link_up(struct netlink *nl, const char *name)
{
	struct ifinfomsg link;

	memset(&link, 0, sizeof link);
	link.ifi_family = AF_UNSPEC;
	link.ifi_change = link.ifi_flags = IFF_UP;
	say("%sip link set %s up", nl->nsenter, quoted(name));
	nl_begin(nl, RTM_SETLINK, NLM_F_ACK, &link, sizeof link);
	nl_put(nl, IFLA_IFNAME, name, strlen(name) + 1);
	if (nl_send(nl) < 0)
		errx(1, "ip link set %s up: %s", name, nl->error);
}
