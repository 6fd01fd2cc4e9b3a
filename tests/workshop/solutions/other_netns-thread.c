/* SPDX-License-Identifier: MIT */
/* A thread of its own enters the namespace: setns(2) moves only the thread that calls it. */
#include <pthread.h>
struct there {
	struct netlink *nl;
	int netns;
};

static void *open_there(void *data)
{
	struct there *there = data;

	if (setns(there->netns, 0))
		err(1, "enter the other network namespace");
	socket_here(there->nl);
	return NULL;
}

void socket_there(struct netlink *nl, int netns)
{
	struct there there = { nl, netns };
	pthread_t thread;

	if (pthread_create(&thread, NULL, open_there, &there) ||
	    pthread_join(thread, NULL))
		errx(1, "enter the other network namespace");
	nl->nsenter = "nsenter --net=/proc/$PID/ns/net ";
}
