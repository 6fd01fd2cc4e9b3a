/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Which of the two versions can do it here. A controller is with one of them only:
 * a machine may have all in v2, all in v1 while v2 stands by empty, or none.
 */
#include "cgroups.h"
#include "lesson.h"

/* The first controller that LIMITS needs and HAS says no to, or NULL. */
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

static bool any_has(const char *controller)
{
	return v2_has(controller) || v1_has(controller);
}

const struct cgroups *cgroups_for(const struct limits *limits)
{
	const char *missing;

	if (!lacking(limits, v2_has))
		return &cgroups_v2;
	if (!lacking(limits, v1_has))
		return &cgroups_v1;
	missing = lacking(limits, any_has);
	if (!missing)
		errx(1,
		     "the controllers in /sys/fs/cgroup are divided between v1 and v2: boot with cgroup_no_v1=all");
	errx(1,
	     "no %s controller in /sys/fs/cgroup, neither v2 nor v1: mount it, or boot with cgroup_enable=%s (as a Raspberry Pi needs for memory)",
	     missing, missing);
}

const struct cgroups *cgroups_of(const char *name)
{
	/* A directory of v2 limits nothing where v2 has no controllers. */
	if ((v2_has("cpu") || v2_has("memory")) && v2_exists(name))
		return &cgroups_v2;
	return v1_exists(name) ? &cgroups_v1 : NULL;
}
