/* SPDX-License-Identifier: MIT */
/* Each box is closed when it is full; the flags by their own names. */
void veth_create(struct netlink *here, const char *host, const char *far,
		 int netns)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct nlattr *info, *data, *peer;
	struct ifinfomsg *inner;
	int error;

	nl_begin(here, RTM_NEWLINK, NLM_F_EXCL | NLM_F_CREATE | NLM_F_ACK,
		 &link, sizeof link);
	nl_put(here, IFLA_IFNAME, host, strlen(host) + 1);
	info = nl_nest(here, IFLA_LINKINFO);
	nl_put(here, IFLA_INFO_KIND, "veth", 4);
	data = nl_nest(here, IFLA_INFO_DATA | NLA_F_NESTED);
	peer = nl_nest(here, VETH_INFO_PEER | NLA_F_NESTED);
	inner = nl_append(here, &link, sizeof link);
	inner->ifi_index = 0;
	nl_put_u32(here, IFLA_NET_NS_FD, (unsigned)netns);
	nl_put(here, IFLA_IFNAME, far, strlen(far) + 1);
	nl_nest_end(here, peer);
	nl_nest_end(here, data);
	nl_nest_end(here, info);
	error = nl_send(here);
	say("ip link add %s type veth peer name %s netns $PID", quoted(host),
	    quoted(far));
	if (error == -EOPNOTSUPP)
		errx(1, "ip link add %s type veth peer name %s: %s" NO_VETH,
		     host, far, here->error);
	if (error)
		errx(1, "ip link add %s type veth peer name %s: %s", host, far,
		     here->error);
}
