/* SPDX-License-Identifier: MIT */
/* A child enters the namespace, and opens the socket in the descriptors of both. */
#include <sys/mman.h>
#include <sys/wait.h>
static int the_netns;

static int open_there(void *nl)
{
	if (setns(the_netns, CLONE_NEWNET))
		err(1, "enter the other network namespace");
	socket_here(nl);
	return 0;
}

void socket_there(struct netlink *nl, int netns)
{
	static _Alignas(16) char stack[65536];
	int status;
	pid_t child;

	the_netns = netns;
	child = clone(open_there, stack + sizeof stack,
		      CLONE_FILES | CLONE_VM | SIGCHLD, nl);
	if (child < 0 || waitpid(child, &status, 0) < 0 || status)
		errx(1, "enter the other network namespace");
	nl->nsenter = "nsenter --net=/proc/$PID/ns/net ";
}
