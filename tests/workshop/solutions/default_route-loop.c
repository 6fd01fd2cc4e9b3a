/* SPDX-License-Identifier: MIT */
/* A loop over the two ends. */
static void default_route_add(struct netlink *nl, struct in_addr gateway)
{
	struct rtmsg route = { .rtm_family = AF_INET,
			       .rtm_protocol = RTPROT_BOOT,
			       .rtm_type = RTN_UNICAST };

	nl_begin(nl, RTM_NEWROUTE, MAKE, &route, sizeof route);
	nl_put(nl, RTA_GATEWAY, &gateway.s_addr, 4);
	say("%sip route add default via %s", nl->nsenter, inet_ntoa(gateway));
	if (!nl_send(nl))
		return;
	errx(1, "ip route add default via %s: %s", inet_ntoa(gateway),
	     nl->error);
}

void veth_connect(struct netlink *here, struct netlink *there,
		  const struct end *host, const struct end *far)
{
	struct netlink *sockets[] = { here, there };
	const struct end *ends[] = { host, far };

	for (int i = 0; i < 2; i++) {
		address_add(sockets[i], ends[i]);
		link_up(sockets[i], ends[i]->name);
	}
	default_route_add(there, host->address);
	link_up(there, "lo");
}
