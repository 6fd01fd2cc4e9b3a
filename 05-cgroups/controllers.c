/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 5: the controllers, and which version of cgroups has them. The lesson can be
 * read without this file.
 *
 * A controller is the part of the kernel that enforces one kind of limit. On most machines the
 * controllers are in version 2, and on older ones in version 1. On some, a controller is missing,
 * or each version has a part of them.
 */
#include "cgroups.h"
#include "lesson.h"

static int version = 2; /* set by cgroup_choose() and cgroup_find() */

static bool v2_exists(const char *name, const char *file)
{
	return access(v2_path(name, file), F_OK) == 0;
}

/* Is CONTROLLER in FILE of the root group, a list such as "cpu io memory"? */
static bool v2_lists(const char *file, const char *controller)
{
	char *list = read_words(v2_path("", file));

	for (char *word; (word = strsep(&list, " "));)
		if (!strcmp(word, controller))
			return true;
	return false;
}

void v2_enable(const char *controller)
{
	const char *file = v2_path("", "cgroup.subtree_control");
	char text[32];

	snprintf(text, sizeof text, "+%s", controller);
	/* The machine's root group has no file cgroup.type. In a container, the root group
	 * is another one. If that has processes, the kernel refuses to enable memory; it
	 * enables cpu and pids, but then no process can join a group. */
	if (v2_exists("", "cgroup.type") &&
	    *read_words(v2_path("", "cgroup.procs")))
		errx(1,
		     "cannot write '%s' to %s: processes are in that group, which is not the machine's root: are we in a container?",
		     text, file);
	if (v2_lists("cgroup.subtree_control", controller))
		return;
	if (echo_or_warn(file, text))
		exit(1);
}

static bool v2_has(const char *controller)
{
	return v2_lists("cgroup.controllers", controller);
}

static bool either_has(const char *controller)
{
	return v2_has(controller) || v1_has(controller);
}

/* The first controller that LIMITS need and HAS() does not find, or NULL. */
static const char *lacking(const struct limits *limits,
			   bool (*has)(const char *controller))
{
	if (limits->cpu_quota && !has("cpu"))
		return "cpu";
	if (limits->memory && !has("memory"))
		return "memory";
	if (limits->pids && !has("pids"))
		return "pids";
	return NULL;
}

void cgroup_choose(const struct limits *limits)
{
	const char *missing;

	version = lacking(limits, v2_has) ? 1 : 2;
	if (version == 2 || !lacking(limits, v1_has))
		return;
	missing = lacking(limits, either_has);
	if (missing)
		errx(1,
		     "no %s controller in /sys/fs/cgroup, neither v2 nor v1: mount it, or boot with cgroup_enable=%s (as a Raspberry Pi needs for memory)",
		     missing, missing);
	errx(1,
	     "the controllers in /sys/fs/cgroup are divided between v1 and v2: boot with cgroup_no_v1=all");
}

bool cgroup_find(const char *name)
{
	/* Each group of ours limits CPU time and memory. If version 2 has neither controller, a
	 * group in it is not ours. */
	bool ours = v2_exists(name, "cgroup.procs") &&
		    (v2_has("cpu") || v2_has("memory"));

	version = ours ? 2 : 1;
	return ours || v1_exists(name);
}

void cgroup_make(const char *name)
{
	version == 2 ? v2_make(name) : v1_make(name);
}

void cgroup_limit(const char *name, const struct limits *limits)
{
	/* If the group existed already, cgroup_choose() has not checked this. */
	const char *missing = lacking(limits, version == 2 ? v2_has : v1_has);

	if (missing)
		errx(1, "%s: cgroup v%d has no %s controller here", name,
		     version, missing);
	version == 2 ? v2_limit(name, limits) : v1_limit(name, limits);
}

int cgroup_join(const char *name, pid_t pid)
{
	return version == 2 ? v2_join(name, pid) : v1_join(name, pid);
}

int cgroup_open(const char *name)
{
	const char *dir = v2_path(name, "");
	int fd;

	if (version == 1)
		return -1;
	say("echo $PID > %s/cgroup.procs", dir);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		err(1, "%s", dir);
	return fd;
}

const char *cgroup_pids(const char *name)
{
	return version == 2 ? read_words(v2_path(name, "cgroup.procs"))
			    : v1_pids(name);
}

int cgroup_kill(const char *name)
{
	return version == 2 ? v2_kill(name) : v1_kill(name);
}

int cgroup_remove(const char *name)
{
	return version == 2 ? v2_remove(name) : v1_remove(name);
}
