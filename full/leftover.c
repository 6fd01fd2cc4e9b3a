/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What stays when a launcher is killed, and can undo nothing.
 *
 * Its process 1 dies with it, its table goes with its socket, its interface with the
 * namespace. There remain its cgroup, which the next run finds by its name, and
 * ip_forward. That it was off is noted on the directory of the cgroup: an extended
 * attribute lasts as long as the directory does. xattr(7)
 */
#include "../06-veth/netlink.h"
#include "container.h"
#include "lesson.h"

#include <glob.h>
#include <sys/xattr.h>

#define NOTE "trusted.ip_forward_was_off"

/* Where cgroups may be: v2 alone, v2 beside v1, and v1. */
static const char *const trees[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified",
				     "/sys/fs/cgroup/memory" };
#define TREES (sizeof trees / sizeof *trees)

/* The name of our network namespace, which the note has as its value: each has an
 * ip_forward of its own. */
static size_t namespace_name(char name[64])
{
	ssize_t n = readlink("/proc/self/ns/net", name, 64);

	return n > 0 ? (size_t)n : 0;
}

void note_forward(const char *name)
{
	char path[PATH_MAX], value[64];
	size_t len = namespace_name(value);

	for (size_t i = 0; i < TREES; i++) {
		snprintf(path, sizeof path, "%s/%s", trees[i], name);
		if (!setxattr(path, NOTE, value, len, 0))
			return;
	}
	/* Inside another container this may not be allowed. Then ip_forward
	 * stays on when we are killed: no reason not to start. */
}

/* Do this to every cgroup with a note on our ip_forward. Returns how many. */
static int for_each_note(int (*act)(const char *path, const char *attribute))
{
	char pattern[64], ours[64], value[64];
	size_t len = namespace_name(ours);
	glob_t groups = { 0 };
	int count = 0;

	for (size_t i = 0; i < TREES; i++) {
		snprintf(pattern, sizeof pattern, "%s/*/", trees[i]);
		glob(pattern, i ? GLOB_APPEND : 0, NULL, &groups);
	}
	for (size_t i = 0; i < groups.gl_pathc; i++) {
		const char *path = groups.gl_pathv[i];
		ssize_t n = getxattr(path, NOTE, value, sizeof value);

		if (n <= 0 || (size_t)n != len || memcmp(value, ours, len))
			continue;
		count++;
		if (act)
			act(path, NOTE);
	}
	globfree(&groups);
	return count;
}

void forget_forward(void)
{
	for_each_note(removexattr);
}

bool forward_left(void)
{
	struct notes notes = { .table = "" };
	struct netlink nl;
	int error;

	if (!forward_is_on() || !for_each_note(NULL))
		return false;
	/* Where a table of ours stands its owner will put it back. */
	if (nl_open(&nl, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nl.error);
	error = find_notes(&nl, &notes);
	close(nl.fd);
	return !error && !notes.others;
}

void put_back_forward(void)
{
	int lock;

	if (!forward_left())
		return;
	lock = network_lock();
	if (lock < 0)
		exit(1);
	if (forward_left()) { /* still, now that nobody else can change it */
		if (forward_set("0"))
			exit(1);
		forget_forward();
	}
	close(lock);
}
