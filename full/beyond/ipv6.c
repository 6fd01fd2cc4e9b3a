/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * No IPv6 on the cable.
 *
 * With it root in the container could become the host's router: after one packet, a router
 * advertisement, the host sends all its IPv6 into the cable (CVE-2020-13401). The kernel
 * turns IPv6 on for each new interface, and believes such a packet, and the preference that
 * it claims. So IPv6 is off before the cable is up. At the other end it is off as well, since
 * nothing would answer there.
 */
#include "../lesson.h"
#include "chapters.h"

#include <sched.h>

/* PREFIX and SUFFIX are what the command has around it when -v prints it. */
static void disable(const char *name, const char *prefix, const char *suffix)
{
	char path[sizeof "/proc/sys/net/ipv6/conf//disable_ipv6" + IF_NAMESIZE];

	snprintf(path, sizeof path, "/proc/sys/net/ipv6/conf/%s/disable_ipv6",
		 name);
	if (access(path, F_OK)) /* this kernel has no IPv6 */
		return;
	say("%secho 1 > %s%s", prefix, path, suffix);
	if (write_text("1", path))
		err(1, "write '1' to %s", path);
}

void close_ipv6(const struct container *c, int netns)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	disable(c->host.name, "", "");
	/* /proc/sys/net shows the network namespace of the process that looks. */
	if (home < 0 || setns(netns, CLONE_NEWNET))
		err(1, "enter the container's network namespace");
	disable(c->far.name, "nsenter --net=/proc/$PID/ns/net sh -c '", "'");
	if (setns(home, CLONE_NEWNET))
		err(1, "return from the container's network namespace");
	close(home);
}
