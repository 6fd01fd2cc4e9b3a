/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The reader of netlink's answers, and those who look into what it has read. The
 * kernel is played by a socket pair; the bytes are one datagram for each 0xff.
 */
#include "fuzz.h"
#include "../../../06-veth/interface.h"
#include "../../../07-nat/found.c"
#include "../../../full/beyond/cable.c"
#include "../../../full/beyond/firewall.c"
#include "../../../full/beyond/probe.c"
#include "../../../full/beyond/route.c"

static struct netlink nl;
static int kernel = -1; /* the other end of nl.fd */

static void open_pair(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair))
		abort();
	nl.fd = pair[0];
	kernel = pair[1];
}

/* As many datagrams as the socket takes. */
static void answer(const uint8_t *bytes, size_t size)
{
	while (size) {
		const uint8_t *end = memchr(bytes, 0xff, size);
		size_t len = end ? (size_t)(end - bytes) : size;

		if (len && send(kernel, bytes, len, 0) < 0)
			return;
		len += end != NULL;
		bytes += len;
		size -= len;
	}
}

static void drain(int fd)
{
	char buffer[64];

	while (recv(fd, buffer, sizeof buffer, 0) >= 0)
		;
}

/* Look at all attributes of a message, and at what lies in them. */
static void look_at_all(struct nlmsghdr *message, void *data)
{
	struct rules rules = { 0 };
	struct route route;
	unsigned index;
	bool found;

	for (int type = 0; type < 8; type++) {
		struct nlattr *attr = nl_attribute(
			message, sizeof(struct nfgenmsg), type);

		must_hold(strlen(nl_string(attr)) < 32768);
		number_in(attribute_in(attr, type), 0);
	}
	take_route(message, &route);
	take_state(message, &found);
	look_at_rule(message, &found);
	note_rule(message, &rules);
	must_hold(rules.jumps <= 32);
	take_comment(message, data);
	must_hold(strlen(data) < COMMENT_SIZE);
	take_interface(message, &index);
	take_index(message, &index);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char comment[COMMENT_SIZE] = "";

	if (kernel < 0)
		open_pair();
	nl.len = 0;
	nl.unanswered = 0;
	count = 0;
	for (int round = 0; round < 3; round++) {
		answer(bytes, size);
		nl_begin(&nl, 0, NLM_F_ACK, "", 1);
		if (round == 0)
			nl_ask(&nl, look_at_all, comment);
		else if (round == 1)
			nl_ask(&nl, note_chain, NULL);
		else
			must_hold(nl_send(&nl) <= 0);
		must_hold(memchr(nl.error, 0, sizeof nl.error));
		drain(nl.fd);
		drain(kernel);
	}
	return 0;
}
