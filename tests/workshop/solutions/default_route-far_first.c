/* SPDX-License-Identifier: MIT */
/* The far end first, and lo before it; the table as an attribute. */
static void default_route_add(struct netlink *nl, struct in_addr gateway)
{
	struct rtmsg route = { 0 };

	say("%sip route add default via %s", nl->nsenter, inet_ntoa(gateway));
	route.rtm_type = RTN_UNICAST;
	route.rtm_family = AF_INET;
	route.rtm_protocol = RTPROT_BOOT;
	nl_begin(nl, RTM_NEWROUTE, MAKE, &route, sizeof route);
	nl_put_u32(nl, RTA_TABLE, RT_TABLE_MAIN);
	nl_put_u32(nl, RTA_GATEWAY, gateway.s_addr);
	if (nl_send(nl))
		errx(1, "ip route add default via %s: %s", inet_ntoa(gateway),
		     nl->error);
}

void veth_connect(struct netlink *here, struct netlink *there,
		  const struct end *host, const struct end *far)
{
	link_up(there, "lo");
	address_add(there, far);
	link_up(there, far->name);
	default_route_add(there, host->address);
	link_up(here, host->name);
	address_add(here, host);
}
