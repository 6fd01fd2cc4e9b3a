/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Killed for memory.
 *
 * A process that wants more memory than its cgroup may have is killed. All that is seen
 * of it is "Killed", or the status 137, which any other SIGKILL gives, too. But the kernel
 * counts: so the launcher says at the end whether it has been this.
 */
#include "../lesson.h"
#include "chapters.h"

/* The file of the cgroup that counts, and its number at the beginning. */
static char counter[2 * PATH_MAX];
static long before;

/* Has the launcher just made the cgroup, for this container? With --enter it has no limits
 * to set. */
static bool is_new(const struct container *c)
{
	return !c->rootless && c->limits.memory;
}

/* How many processes of the cgroup have been killed for memory; 0 if that is unknown. */
static long count_killed(void)
{
	FILE *lines = fopen(counter, "re");
	char line[128];
	long count = 0;

	while (lines && fgets(line, sizeof line, lines))
		if (sscanf(line, "oom_kill %ld", &count) == 1)
			break;
	if (lines)
		fclose(lines);
	return count;
}

/* Find the file: that of version 1 if it has the memory controller, else of version 2.
 * cgroups(7), "/proc/pid/cgroup" */
static void find_counter(pid_t pid)
{
	char path[64], line[PATH_MAX + 64], group[PATH_MAX];
	FILE *lines;

	snprintf(path, sizeof path, "/proc/%d/cgroup", pid);
	lines = fopen(path, "re");
	while (lines && fgets(line, sizeof line, lines))
		if (sscanf(line, "%*d:memory:%4095[^\n]", group) == 1)
			snprintf(counter, sizeof counter,
				 "/sys/fs/cgroup/memory%s/memory.oom_control",
				 group);
		else if (!*counter &&
			 sscanf(line, "0::/%4095[^\n]", group) == 1)
			snprintf(counter, sizeof counter, "%s",
				 v2_path(group, "memory.events"));
	if (lines)
		fclose(lines);
}

static void warn_of_kills(struct container *c)
{
	if (count_killed() <= before)
		return;
	if (!is_new(c))
		warnx("out of memory: the kernel killed a process of this cgroup, of which the container is a part");
	else
		warnx("out of memory: the kernel killed a process of the container; it may have --memory %lld",
		      c->limits.memory);
}

/* Called before start_relay(), and so undone after it: the warning comes after the last
 * that the container prints. */
void watch_memory(struct container *c)
{
	find_counter(c->pid);
	if (!is_new(c)) /* else it has begun with 0 */
		before = count_killed();
	at_end(c, warn_of_kills);
}
