/* SPDX-License-Identifier: MIT */
/* Send a router advertisement on the interface ARGV[1]: "I am a router, of high
 * preference, and 2001:db8:bad::/64 is here". RFC 4861, RFC 4191. */
#include <arpa/inet.h>
#include <err.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <string.h>

int main(int argc, char *argv[])
{
	unsigned char packet[48] = { ND_ROUTER_ADVERT, 0,    0, 0, 64,
				     0x08 /* high */,  0x07, 8 };
	unsigned char *prefix = packet + 16;
	struct sockaddr_in6 all = { .sin6_family = AF_INET6 };
	int fd = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6), hops = 255;

	if (argc != 2 || fd < 0)
		err(1, "advertise INTERFACE");
	memcpy(prefix, (unsigned char[]){ 3, 4, 64, 0xc0 }, 4);
	memset(prefix + 4, 0x7f, 8); /* for long */
	inet_pton(AF_INET6, "2001:db8:bad::", prefix + 16);
	inet_pton(AF_INET6, "ff02::1", &all.sin6_addr);
	all.sin6_scope_id = if_nametoindex(argv[1]);
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops,
		       sizeof hops) ||
	    sendto(fd, packet, sizeof packet, 0, (struct sockaddr *)&all,
		   sizeof all) < 0)
		err(2, "send");
	return 0;
}
