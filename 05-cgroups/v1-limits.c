/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 5: the limits in version 1 of cgroups. The lesson can be read without this
 * file.
 */
#include "cgroups.h"
#include "lesson.h"

/* Let the group use QUOTA microseconds of CPU time in each period of 100000. See
 * scheduler/sched-bwc in the kernel's documentation. */
static void limit_cpu(const char *name, long quota)
{
	echo(v1_path("cpu", name, "cpu.cfs_period_us"), "100000");
	echo(v1_path("cpu", name, "cpu.cfs_quota_us"), "%ld", quota);
}

/* memory.memsw.limit_in_bytes is the limit of memory and swap together, and must not be lower
 * than that of memory alone. A kernel that does not count swap lacks this file. */
static void limit_memory(const char *name, long long bytes)
{
	const char *both = v1_path("memory", name,
				   "memory.memsw.limit_in_bytes");
	long long now = strtoll(read_words(both), NULL, 10); /* 0: no file */

	if (now > 0 && now < bytes)
		echo(both, "%lld", bytes);
	echo(v1_path("memory", name, "memory.limit_in_bytes"), "%lld", bytes);
}

/* Set both limits to the same number, so that nothing is left for swap. */
static void forbid_swap(const char *name)
{
	const char *memory = v1_path("memory", name, "memory.limit_in_bytes");
	const char *both = v1_path("memory", name,
				   "memory.memsw.limit_in_bytes");
	const char *limit = read_words(memory);

	if (access(both, F_OK))
		return;
	if (!*limit)
		err(1, "read %s", memory);
	echo(both, "%s", limit);
}

void v1_limit(const char *name, const struct limits *limits)
{
	if (limits->cpu_quota)
		limit_cpu(name, limits->cpu_quota);
	if (limits->memory)
		limit_memory(name, limits->memory);
	if (limits->no_swap)
		forbid_swap(name);
	if (limits->pids)
		echo(v1_path("pids", name, "pids.max"), "%ld", limits->pids);
}
