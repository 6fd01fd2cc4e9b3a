/* SPDX-License-Identifier: MIT */
/* By its number in place of its name. */
void link_up(struct netlink *nl, const char *name)
{
	struct ifinfomsg link = { .ifi_index = (int)interface_index(nl, name),
				  .ifi_flags = IFF_UP,
				  .ifi_change = IFF_UP };

	if (!link.ifi_index)
		errx(1, "ip link set %s up: %s", name, strerror(ENODEV));
	nl_begin(nl, RTM_NEWLINK, NLM_F_ACK, &link, sizeof link);
	if (nl_send(nl))
		errx(1, "ip link set %s up: %s", name, nl->error);
	say("%sip link set %s up", nl->nsenter, quoted(name));
}
