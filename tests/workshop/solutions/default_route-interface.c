/* SPDX-License-Identifier: MIT */
/* The route names the interface, too; addresses before the ends are up. */
static void default_route_add(struct netlink *nl, struct in_addr gateway)
{
	struct rtmsg route = { .rtm_family = AF_INET,
			       .rtm_table = RT_TABLE_MAIN,
			       .rtm_protocol = RTPROT_BOOT,
			       .rtm_scope = RT_SCOPE_UNIVERSE,
			       .rtm_type = RTN_UNICAST };
	struct in_addr all = { 0 };

	nl_begin(nl, RTM_NEWROUTE, MAKE, &route, sizeof route);
	nl_put(nl, RTA_DST, &all, sizeof all);
	nl_put(nl, RTA_GATEWAY, &gateway, sizeof gateway);
	if (nl_send(nl))
		errx(1, "ip route add default via %s: %s", inet_ntoa(gateway),
		     nl->error);
	say("%sip route add default via %s", nl->nsenter, inet_ntoa(gateway));
}

void veth_connect(struct netlink *here, struct netlink *there,
		  const struct end *host, const struct end *far)
{
	address_add(here, host);
	address_add(there, far);
	link_up(here, host->name);
	link_up(there, far->name);
	link_up(there, "lo");
	default_route_add(there, host->address);
}
