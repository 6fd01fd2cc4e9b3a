/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * sockets: make a socket that a small system does not need. Some kinds are in no network
 * namespace: by AF_VSOCK one talks to the host, and to what the host is a guest of. Others
 * load a module that few have looked at.
 */
#include "attack.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

static const struct {
	const char *name;
	int family, type, protocol;
} kinds[] = {
	{ "AF_VSOCK", AF_VSOCK, SOCK_STREAM, 0 },
	{ "AF_ALG", AF_ALG, SOCK_SEQPACKET, 0 },
	{ "AF_XDP", AF_XDP, SOCK_RAW, 0 },
	{ "AF_RDS", AF_RDS, SOCK_SEQPACKET, 0 },
	{ "AF_TIPC", AF_TIPC, SOCK_STREAM, 0 },
	{ "AF_KCM", AF_KCM, SOCK_DGRAM, 0 },
	{ "AF_SMC", AF_SMC, SOCK_STREAM, 0 },
	{ "AF_CAN", AF_CAN, SOCK_RAW, 1 },
	{ "AF_KEY", AF_KEY, SOCK_RAW, 2 },
	{ "AF_BLUETOOTH", AF_BLUETOOTH, SOCK_RAW, 1 },
	{ "AF_QIPCRTR", AF_QIPCRTR, SOCK_DGRAM, 0 },
	{ "NETLINK_AUDIT", AF_NETLINK, SOCK_RAW, NETLINK_AUDIT },
	{ "NETLINK_KOBJECT_UEVENT", AF_NETLINK, SOCK_RAW,
	  NETLINK_KOBJECT_UEVENT },
	{ "NETLINK_CONNECTOR", AF_NETLINK, SOCK_RAW, NETLINK_CONNECTOR },
	{ "NETLINK_XFRM", AF_NETLINK, SOCK_RAW, NETLINK_XFRM },
	{ "SCTP", AF_INET, SOCK_STREAM, IPPROTO_SCTP },
	{ "UDP-Lite", AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE },
	{ "MPTCP", AF_INET, SOCK_STREAM, 262 },
	/* These have a type of their own. */
	{ "DCCP", AF_INET, SOCK_DCCP, 0 },
	{ "SCTP", AF_INET6, SOCK_SEQPACKET, 0 },
};

int main(void)
{
	int result = HELD, pair[2];

	/* ESOCKTNOSUPPORT: the kernel has looked for a module, and has none. */
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (socket(kinds[i].family, kinds[i].type, kinds[i].protocol) >=
			    0 ||
		    errno == ESOCKTNOSUPPORT ||
		    !socketpair(kinds[i].family, kinds[i].type,
				kinds[i].protocol, pair)) {
			puts(kinds[i].name);
			result = OUT;
		}
	return result;
}
