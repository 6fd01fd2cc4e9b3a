/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A cable that carries the first packet.
 *
 * systemd gives a new interface another hardware address, unless its address was set
 * (MACAddressPolicy in systemd.link(5)). The container may have asked for the host's address
 * by then, and goes on sending to the old one. So the address is set at once.
 *
 * For a moment after the host's end is set up the kernel drops what the host sends there. A
 * container that sends at once, as the probe does, then gets no answer when it asks for the
 * host's hardware address, and asks again only a second later. So this waits for that.
 */
#include "../../06-veth/netlink.h"
#include "../lesson.h"
#include "chapters.h"

#include <linux/rtnetlink.h>
#include <sys/random.h>
#include <time.h>

/* IF_OPER_UP of linux/if.h, which cannot be included beside net/if.h. */
#define OPER_UP 6

void set_hardware_address(const struct container *c)
{
	struct ifinfomsg any = { .ifi_family = AF_UNSPEC };
	struct netlink *here = host_socket(NETLINK_ROUTE);
	unsigned char a[6];

	if (getrandom(a, sizeof a, 0) != sizeof a)
		err(1, "getrandom");
	a[0] = (a[0] & 0xfc) |
	       2; /* of one interface, given by its host: IEEE 802 */
	say("ip link set %s address %02x:%02x:%02x:%02x:%02x:%02x",
	    c->host.name, a[0], a[1], a[2], a[3], a[4], a[5]);
	nl_begin(here, RTM_SETLINK, NLM_F_ACK, &any, sizeof any);
	nl_put_string(here, IFLA_IFNAME, c->host.name);
	nl_put(here, IFLA_ADDRESS, a, sizeof a);
	if (nl_send(here))
		errx(1, "ip link set %s address: %s", c->host.name,
		     here->error);
}

static void take_state(struct nlmsghdr *link, void *is_up)
{
	struct nlattr *state = nl_attribute(link, sizeof(struct ifinfomsg),
					    IFLA_OPERSTATE);

	*(bool *)is_up = state && state->nla_len > sizeof *state &&
			 *(uint8_t *)(state + 1) == OPER_UP;
}

static bool is_up(struct netlink *here, const char *name)
{
	struct ifinfomsg any = { .ifi_family = AF_UNSPEC };
	bool up = false;

	nl_begin(here, RTM_GETLINK, NLM_F_ACK, &any, sizeof any);
	nl_put_string(here, IFLA_IFNAME, name);
	if (nl_ask(here, take_state, &up))
		errx(1, "ip link show %s: %s", name, here->error);
	return up;
}

void wait_for_cable(const struct container *c)
{
	const struct timespec moment = { .tv_nsec = 1000000 }; /* 1 ms */
	struct netlink *here = host_socket(NETLINK_ROUTE);

	for (int n = 0; n < 1000 && !is_up(here, c->host.name); n++)
		nanosleep(&moment, NULL);
}
