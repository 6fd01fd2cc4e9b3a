/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A cable that is ready.
 *
 * For a moment after the host's end is set up the kernel still drops what the host sends
 * there. Who sends at once, as the probe does, then gets no answer to the question for the
 * host's hardware address, and asks again only a second later.
 */
#include "../../06-veth/netlink.h"
#include "../lesson.h"
#include "chapters.h"

#include <linux/rtnetlink.h>
#include <time.h>

/* IF_OPER_UP of linux/if.h, which cannot be included beside net/if.h. */
#define OPER_UP 6

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
	struct netlink here;

	socket_here(&here);
	for (int n = 0; n < 1000 && !is_up(&here, c->host.name); n++)
		nanosleep(&moment, NULL);
	close(here.fd);
}
