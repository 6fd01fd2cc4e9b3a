/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the kernel counts against the host's root.
 *
 * Some things are limited for each user: inotify instances, pending signals, the bytes in
 * message queues. What a user namespace uses counts for its root, and also for the user
 * who made the namespace, and so on up to the host. That user is the host's root here.
 * So one container could take all 128 inotify instances, and the host's daemons would have
 * none. (Most memory of the kernel is no such thing: the cgroup limits it.)
 *
 * So the container gets a small part of each. It can raise no limit again: that needs
 * CAP_SYS_RESOURCE, which confine() takes away.
 */
#include "../lesson.h"
#include "chapters.h"

#include <sys/resource.h>

/* Limits of this user namespace. namespaces(7), inotify(7), fanotify(7) */
static const struct {
	const char *file, *most;
} counts[] = {
	{ "/proc/sys/user/max_inotify_instances", "16" },
	{ "/proc/sys/user/max_inotify_watches", "8192" },
	{ "/proc/sys/user/max_fanotify_groups", "16" },
	{ "/proc/sys/user/max_fanotify_marks", "8192" },
};

/* Limits of this process and all that it starts. getrlimit(2) */
static const struct {
	int resource;
	rlim_t most;
} limits[] = {
	{ RLIMIT_SIGPENDING, 1024 },
	{ RLIMIT_MSGQUEUE, 128 << 10 }, /* one queue of the default size */
	/* If the host's root has a program read cores from a pipe, 0 does not keep the
	 * kernel from starting it; 1 does. core(5) */
	{ RLIMIT_CORE, 1 },
	/* A real-time process may use a CPU whatever the cgroup's limit is. Distributions let
	 * some users start one, for sound, and sudo passes that limit on. sched(7) */
	{ RLIMIT_RTPRIO, 0 },
};

static void limit_namespace(void)
{
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		if (access(counts[i].file, F_OK)) /* a kernel before 5.13 */
			continue;
		say("echo %s > %s", counts[i].most, counts[i].file);
		if (write_text(counts[i].most, counts[i].file))
			err(1, "write %s to %s", counts[i].most,
			    counts[i].file);
	}
}

void limit_counts(void)
{
	struct rlimit limit;

	limit_namespace();
	/* (The ulimit of busybox does not know all of these.) */
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		getrlimit(limits[i].resource, &limit);
		if (limit.rlim_max > limits[i].most)
			limit.rlim_max = limits[i].most;
		limit.rlim_cur = limit.rlim_max;
		if (setrlimit(limits[i].resource, &limit))
			err(1, "limit resource %d", limits[i].resource);
	}
}
