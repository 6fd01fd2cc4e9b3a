/* SPDX-License-Identifier: MIT */
/* The attributes in another order, and the command said first. */
void veth_create(struct netlink *here, const char *host, const char *far,
		 int netns)
{
	struct ifinfomsg none = { 0 };
	struct nlattr *boxes[3];
	int result;

	say("ip link add %s type veth peer name %s netns $PID", quoted(host),
	    quoted(far));
	nl_begin(here, RTM_NEWLINK, MAKE, &none, sizeof none);
	boxes[0] = nl_nest(here, IFLA_LINKINFO);
	nl_put_string(here, IFLA_INFO_KIND, "veth");
	boxes[1] = nl_nest(here, IFLA_INFO_DATA);
	boxes[2] = nl_nest(here, VETH_INFO_PEER);
	nl_append(here, &none, sizeof none);
	nl_put(here, IFLA_NET_NS_FD, &netns, sizeof netns);
	nl_put_string(here, IFLA_IFNAME, far);
	for (int i = 0; i < 3; i++)
		nl_nest_end(here, boxes[i]);
	nl_put_string(here, IFLA_IFNAME, host);
	result = nl_send(here);
	if (result < 0)
		errx(1, "ip link add %s type veth peer name %s: %s%s", host,
		     far, here->error, result == -EOPNOTSUPP ? NO_VETH : "");
}
