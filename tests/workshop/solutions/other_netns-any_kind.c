/* SPDX-License-Identifier: MIT */
/* nl_open() itself, the way back before its result is looked at, and a kind of 0. */
void socket_there(struct netlink *nl, int netns)
{
	int result, home = open("/proc/thread-self/ns/net", O_RDONLY);

	if (home == -1)
		err(1, "open our network namespace");
	if (setns(netns, 0) == -1)
		err(1, "enter the other network namespace");
	result = nl_open(nl, NETLINK_ROUTE);
	if (setns(home, 0) == -1)
		err(1, "return from the other network namespace");
	nl->nsenter = "nsenter --net=/proc/$PID/ns/net ";
	if (result)
		errx(1, "netlink socket: %s", nl->error);
	close(home);
}
