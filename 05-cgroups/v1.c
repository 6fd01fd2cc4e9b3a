/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The same limits in the older trees, for machines where they are still in use:
 * one for each resource, so the group is a directory in each of them.
 */
#include "cgroups.h"
#include "lesson.h"

#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>

static const char *const controllers[] = { "cpu", "memory", "pids" };
#define TREES (int)(sizeof controllers / sizeof *controllers)

/* Put the path of FILE of the group NAME in the tree of CONTROLLER into PATH.
 * False, with errno, if there is no such file (ENOENT): no such tree, or the kernel
 * lacks that limit. */
static bool in(const char *controller, const char *name, const char *file,
	       char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "/sys/fs/cgroup/%s/%s%s%s", controller, name,
		 *file ? "/" : "", file);
	return !access(path, F_OK);
}

bool v1_has(const char *controller)
{
	char path[PATH_MAX];

	/* One that cannot be looked at is there: who uses it will say why. */
	return in(controller, "", "cgroup.procs", path) || errno != ENOENT;
}

bool v1_exists(const char *name)
{
	char path[PATH_MAX];

	for (int i = 0; i < TREES; i++)
		if (in(controllers[i], name, "cgroup.procs", path))
			return true;
	return false;
}

static bool make(const char *name)
{
	char path[PATH_MAX];
	bool made = false;

	for (int i = 0; i < TREES; i++) {
		if (!v1_has(controllers[i]) ||
		    in(controllers[i], name, "", path))
			continue;
		say("mkdir %s", path);
		if (mkdir(path, 0755)) {
			warn("mkdir %s", path);
			while (made && i-- > 0)
				if (in(controllers[i], name, "", path))
					rmdir(path);
			exit(1);
		}
		made = true;
	}
	return made;
}

static void write_limit(const char *controller, const char *name,
			const char *file, long long value)
{
	char path[PATH_MAX], text[32];

	snprintf(text, sizeof text, "%lld", value);
	in(controller, name, file, path);
	echo(text, path);
}

/* Give the group NAME QUOTA microseconds of CPU time in each 100000: the kernel's
 * scheduler/sched-bwc. */
static void limit_cpu(const char *name, long quota)
{
	write_limit("cpu", name, "cpu.cfs_period_us", 100000);
	write_limit("cpu", name, "cpu.cfs_quota_us", quota);
}

static void limit(const char *name, const struct limits *limits)
{
	char path[PATH_MAX];

	if (limits->cpu_quota)
		limit_cpu(name, limits->cpu_quota);
	if (limits->memory)
		write_limit("memory", name, "memory.limit_in_bytes",
			    limits->memory);
	/* Memory and swap together; a kernel that does not count swap has no
	 * such file. It may not be less than the limit above: so after it. */
	if (limits->memory && limits->no_swap &&
	    in("memory", name, "memory.memsw.limit_in_bytes", path))
		write_limit("memory", name, "memory.memsw.limit_in_bytes",
			    limits->memory);
	if (limits->pids)
		write_limit("pids", name, "pids.max", limits->pids);
}

static void join(const char *name, pid_t pid)
{
	char path[PATH_MAX], text[32];

	snprintf(text, sizeof text, "%d", pid);
	for (int i = 0; i < TREES; i++) {
		if (!in(controllers[i], name, "cgroup.procs", path) &&
		    errno == ENOENT)
			continue;
		say("echo $PID > %s", path);
		if (write_text(text, path))
			err(1, "write '%s' to %s", text, path);
	}
}

/* A process cannot be born in a v1 group: it joins one. */
static int open_group(const char *name)
{
	(void)name;
	return -1;
}

/* Those in the first tree that has any. */
static int pids(const char *name, char *text, size_t size)
{
	char path[PATH_MAX];
	int count = 0;

	*text = 0;
	for (int i = 0; i < TREES && !count; i++)
		if (in(controllers[i], name, "", path))
			count = read_pids(path, text, size);
	return count;
}

static void pause_briefly(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

/* v1 has no cgroup.kill: end one after the other until none is left. */
static int kill_all(const char *name)
{
	char text[65536], *list, *pid;

	for (int tries = 0; pids(name, text, sizeof text); tries++) {
		if (tries == 500) { /* five seconds */
			warnx("%s: will not end: %s", name, text);
			return -1;
		}
		for (list = text; (pid = strsep(&list, " "));) {
			if (!tries)
				say("kill -KILL %s", pid);
			kill(atoi(pid), SIGKILL);
		}
		pause_briefly();
	}
	return 0;
}

static int remove_group(const char *name)
{
	char path[PATH_MAX];
	int result = 0;

	for (int i = TREES - 1; i >= 0; i--) {
		if (!in(controllers[i], name, "", path) && errno == ENOENT)
			continue;
		say("rmdir %s", path);
		/* A process that is gone from the list may not be gone yet. */
		for (int tries = 0; rmdir(path); tries++) {
			if (errno != EBUSY || tries == 200) { /* two seconds */
				warn("rmdir %s", path);
				result = -1;
				break;
			}
			pause_briefly();
		}
	}
	return result;
}

const struct cgroups cgroups_v1 = { make, limit,    join,	 open_group,
				    pids, kill_all, remove_group };
