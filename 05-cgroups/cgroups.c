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
 * A control group (cgroup) is a directory that the kernel fills with files. Some of them
 * set limits, and cgroup.procs lists the processes that share these limits. This file is
 * for version 2 of cgroups, hence names such as v2_make(). Older machines have version 1,
 * for which there is v1.c.
 *
 * v2_path("demo", "cpu.max") returns "/sys/fs/cgroup/demo/cpu.max", and v2_path("demo", "")
 * returns the directory. echo() writes to a file as the shell's echo does, and exits on
 * error. The functions that return an int are also called while the program exits, so on
 * error they only warn and return -1.
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

/* Let the group use QUOTA microseconds of CPU time in each period of 100000: 200000 is two
 * CPUs. A part of the kernel, the cpu controller, enforces this. The group has no cpu.max until
 * the controller is enabled in the directory above, which v2_enable() does:
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

/* Beyond the article: swapped memory does not count towards memory.max, so the group could
 * use more. */
static void forbid_swap(const char *name)
{
	const char *file = v2_path(name, "memory.swap.max");

	if (access(file, F_OK) == 0) /* no file: the kernel cannot swap */
		echo(file, "0");
}

/* Beyond the article: limit the number of processes and threads. */
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

int v2_join(const char *name, pid_t pid)
{
	return echo_pid(v2_path(name, "cgroup.procs"), pid);
}

/* The kernel sends SIGKILL to each process in the group. They may end a little later. */
int v2_kill(const char *name)
{
	return echo_or_warn(v2_path(name, "cgroup.kill"), "1");
}

/* A group can be removed although it has files, but not while it has processes. Those that
 * were killed may not have ended yet, so this tries for about five seconds. */
int v2_remove(const char *name)
{
	return rmdir_patiently(v2_path(name, ""));
}
