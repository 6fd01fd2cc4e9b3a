/* SPDX-License-Identifier: MIT */
/* As the article does: both ends are made here, and the far one is moved. */
void veth_create(struct netlink *here, const char *host, const char *far,
		 int netns)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct nlattr *info, *data, *peer;
	char why[sizeof here->error];
	int result;

	nl_begin(here, RTM_NEWLINK, MAKE, &link, sizeof link);
	nl_put_string(here, IFLA_IFNAME, host);
	info = nl_nest(here, IFLA_LINKINFO);
	nl_put_string(here, IFLA_INFO_KIND, "veth");
	data = nl_nest(here, IFLA_INFO_DATA);
	peer = nl_nest(here, VETH_INFO_PEER);
	nl_append(here, &link, sizeof link);
	nl_put_string(here, IFLA_IFNAME, "moving");
	nl_nest_end(here, peer);
	nl_nest_end(here, data);
	nl_nest_end(here, info);
	result = nl_send(here);
	if (!result) {
		link.ifi_index = (int)interface_index(here, "moving");
		nl_begin(here, RTM_SETLINK, NLM_F_ACK, &link, sizeof link);
		nl_put_u32(here, IFLA_NET_NS_FD, (uint32_t)netns);
		nl_put_string(here, IFLA_IFNAME, far);
		result = nl_send(here);
		strcpy(why, here->error);
		if (result)
			veth_remove(host);
		strcpy(here->error, why);
	}
	say("ip link add %s type veth peer name %s netns $PID", quoted(host),
	    quoted(far));
	if (result)
		errx(1, "ip link add %s type veth peer name %s: %s%s", host,
		     far, here->error, result == -EOPNOTSUPP ? NO_VETH : "");
}
