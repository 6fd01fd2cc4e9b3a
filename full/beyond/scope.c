/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The cgroup of a container without root, for --enter.
 *
 * Such a container makes no cgroup. But its launcher may have been started in a cgroup that
 * has limits, for example in a scope of systemd's (rootless.c says how). They would not hold
 * for a process that enters from elsewhere. So this process moves to that cgroup if the
 * kernel allows it: it does so within the tree of cgroups that systemd gives a user, but not
 * from a login by ssh.
 */
#include "../lesson.h"
#include "chapters.h"

/* The cgroup of version 2 that PID is in ("self": this process) goes to GROUP; "" if it is
 * the root, or there is none. cgroups(7) */
static void read_group(const char *pid, char group[PATH_MAX])
{
	char path[64], line[PATH_MAX + 8];
	FILE *lines;

	snprintf(path, sizeof path, "/proc/%s/cgroup", pid);
	lines = open_if_there(path);
	*group = 0;
	while (lines && fgets(line, sizeof line, lines))
		sscanf(line, "0::/%4095[^\n]", group);
	if (lines)
		fclose(lines);
}

void join_scope(const struct container *c)
{
	char pid[16], group[PATH_MAX], ours[PATH_MAX];
	const char *procs, *limit;

	snprintf(pid, sizeof pid, "%d", c->pid);
	read_group(pid, group);
	read_group("self", ours);
	if (!c->rootless || !strcmp(group, ours))
		return;
	procs = v2_path(group, "cgroup.procs");
	limit = read_words(v2_path(group, "memory.max"));
	say("echo $$ > %s", quoted(procs));
	if (write_text("0", procs) && *limit && strcmp(limit, "max") != 0)
		warnx("the limits of the container are not for this command: it may not join %s; where systemd runs, systemd-run --user --scope in front of it helps",
		      group);
}
