/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 5: how much of the machine a container may use.
 *
 *	sudo mkdir /sys/fs/cgroup/my_container
 *	echo "200000 100000" | sudo tee /sys/fs/cgroup/my_container/cpu.max
 *	echo 536870912 | sudo tee /sys/fs/cgroup/my_container/memory.max
 *	ps aux | grep -E '/bin/sh$'
 *	echo <PID> | sudo tee /sys/fs/cgroup/my_container/cgroup.procs
 *
 * A control group is a directory, which the kernel fills with files. Some hold a limit
 * each, and cgroup.procs the processes that share it. This is version 2, hence the v2_;
 * older machines have version 1 (v1.c).
 *
 * Below v2_path("demo", "cpu.max") is "/sys/fs/cgroup/demo/cpu.max", v2_path("demo", "")
 * the directory itself. echo() writes to a file as the shell's echo does, and exits on
 * error. A function that returns an int may be called while the program is exiting, so it
 * warns and returns -1.
 */
#include "cgroups.h"
#include "lesson.h"

#include <sys/stat.h>

void v2_make(const char *name)
{
	const char *dir = v2_path(name, "");

	say("mkdir %s", dir);
	if (mkdir(dir, 0755))
		err(1, "mkdir %s", dir);
}

/* The group may run for QUOTA microseconds in each period of 100000: two CPUs that are
 * always busy use 200000. The part of the kernel that enforces this is the cpu
 * controller. A group has a file cpu.max only if the group above has enabled it:
 * echo +cpu > /sys/fs/cgroup/cgroup.subtree_control. */
static void limit_cpu(const char *name, long quota)
{
	v2_enable("cpu");
	echo(v2_path(name, "cpu.max"), "%ld 100000", quota);
}

static void limit_memory(const char *name, long long bytes)
{
	v2_enable("memory");
	echo(v2_path(name, "memory.max"), "%lld", bytes);
}

int v2_join(const char *name, pid_t pid)
{
	return echo_pid(v2_path(name, "cgroup.procs"), pid);
}

/* Beyond the article: swapped memory does not count for memory.max. A kernel that cannot
 * swap has no memory.swap.max. */
static void forbid_swap(const char *name)
{
	const char *file = v2_path(name, "memory.swap.max");

	if (access(file, F_OK) == 0)
		echo(file, "0");
}

/* Beyond the article: COUNT processes and threads, whatever their size. */
static void limit_pids(const char *name, long count)
{
	v2_enable("pids");
	echo(v2_path(name, "pids.max"), "%ld", count);
}

void v2_limit(const char *name, const struct limits *limits)
{
	if (limits->cpu_quota)
		limit_cpu(name, limits->cpu_quota);
	if (limits->memory)
		limit_memory(name, limits->memory);
	if (limits->no_swap)
		forbid_swap(name);
	if (limits->pids)
		limit_pids(name, limits->pids);
}

/* The kernel sends SIGKILL to each process in the group. They end a little later. */
int v2_kill(const char *name)
{
	const char *file = v2_path(name, "cgroup.kill");

	say("echo 1 > %s", file);
	if (write_text("1", file) == 0)
		return 0;
	warn("write '1' to %s", file);
	return -1;
}

/* A group is removed as an empty directory is: its files are no obstacle. Killed processes
 * are, until they have ended; so this tries again for about five seconds. */
int v2_remove(const char *name)
{
	const char *dir = v2_path(name, "");

	say("rmdir %s", dir);
	if (rmdir_patiently(dir) == 0)
		return 0;
	warn("rmdir %s", dir);
	return -1;
}
