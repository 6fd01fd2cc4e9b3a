/* SPDX-License-Identifier: MIT */
/*
 * The other half of step 7: the host passes packets on, and knows the way out.
 *
 *	echo 1 | sudo tee /proc/sys/net/ipv4/ip_forward
 */
#define _GNU_SOURCE
#include "lesson.h"
#include "nat.h"
#include "netlink.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#define IP_FORWARD "/proc/sys/net/ipv4/ip_forward"

bool forward_is_on(void)
{
	char digit;
	int fd = open(IP_FORWARD, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, &digit, 1) != 1)
		err(1, IP_FORWARD);
	close(fd);
	return digit != '0';
}

int forward_set(const char *digit)
{
	say("echo %s > " IP_FORWARD, digit);
	if (!write_text(digit, IP_FORWARD))
		return 0;
	warn("write '%s' to " IP_FORWARD, digit);
	return -1;
}

/* Take the index of the interface from MESSAGE, which is a route. */
static void take_interface(struct nlmsghdr *message, void *index)
{
	struct nlattr *oif = nl_attribute(message, sizeof(struct rtmsg),
					  RTA_OIF);

	if (oif && oif->nla_len == sizeof *oif + sizeof(unsigned))
		memcpy(index, oif + 1, sizeof(unsigned));
}

/* ip route get 1.1.1.1: ask which way the kernel would send a packet to some address of
 * the internet. No packet is sent. The list of routes is not enough: several may lead
 * out, and ip-rule(8) chooses among tables. */
const char *uplink_find(struct netlink *nl)
{
	static char name[IF_NAMESIZE];
	struct in_addr somewhere = { htonl(0x01010101) }; /* 1.1.1.1 */
	struct rtmsg route = { .rtm_family = AF_INET, .rtm_dst_len = 32 };
	unsigned index = 0;

	nl_begin(nl, RTM_GETROUTE, NLM_F_ACK, &route, sizeof route);
	nl_put(nl, RTA_DST, &somewhere, sizeof somewhere);
	if (nl_ask(nl, take_interface, &index))
		return NULL;
	if (if_indextoname(index, name))
		return name;
	nl_fail(nl, errno, "");
	return NULL;
}
