/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The network of the whole container: step 6. Step 7 is let_out() in beyond.h. */
#include "../06-veth/netlink.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"

static void remove_cable(struct container *c)
{
	/* No error if the container's network namespace, and the cable with it, is gone. */
	veth_remove(c->host.name);
}

static void make_cable(struct container *c)
{
	int netns = netns_open(c->pid);
	struct netlink here, there;

	socket_here(&here);
	socket_there(&there, netns);
	veth_create(&here, c->host.name, c->far.name, netns);
	at_end(c, remove_cable);
	prepare_cable(c, netns); /* beyond the article */
	veth_connect(&here, &there, &c->host, &c->far);
	close(here.fd);
	close(there.fd);
	close(netns);
}

void connect_network(struct container *c)
{
	if (!c->network)
		return;
	choose_network(c); /* beyond the article */
	make_cable(c);
	let_out(c); /* step 7, and beyond the article */
}
