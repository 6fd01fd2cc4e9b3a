/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The limits of a container without root. The tree of cgroups belongs to root, but
 * for what he has given away: systemd gives each user a part for the programs that
 * it starts for him. Version 1 cannot be given away without harm.
 */
#include "container.h"
#include "lesson.h"

#define TREE "/sys/fs/cgroup"

/* May we make groups below GROUP? It must be ours, and no process may be in it itself:
 * the kernel wants them in the leaves of the tree. */
static bool is_ours(const char *group)
{
	static const char *const files[] = { "", "/cgroup.procs",
					     "/cgroup.subtree_control" };
	char path[2 * PATH_MAX], pids[32];

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, TREE "/%s%s", group, files[i]);
		if (access(path, W_OK))
			return false;
	}
	snprintf(path, sizeof path, TREE "/%s", group);
	return read_pids(path, pids, sizeof pids) == 0;
}

void find_own_group(struct container *c)
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	char line[PATH_MAX] = "", *group = line + strlen("0::/");

	/* The line of version 2, the last one: "0::/user.slice/...". */
	while (file && fgets(line, sizeof line, file))
		line[strcspn(line, "\n")] = 0;
	if (file)
		fclose(file);
	if (strncmp(line, "0::/", 4))
		return;
	/* From the group we are in upwards. */
	while (*group && !is_ours(group)) {
		char *last = strrchr(group, '/');

		*(last ? last : group) = 0;
	}
	strcpy(c->above, group);
}

/* Do not set the limits whose controller is not handed down to us. */
static void trim_limits(struct container *c)
{
	const char *no = "no limit of %s: the controller %s is not given to %s";

	if (!v2_offers(c->group, "cpu")) {
		warnx(no, "CPU time", "cpu", c->above);
		c->limits.cpu_quota = 0;
	}
	if (!v2_offers(c->group, "memory")) {
		warnx(no, "memory", "memory", c->above);
		c->limits.memory = 0;
	}
	if (!v2_offers(c->group, "pids")) {
		warnx(no, "processes", "pids", c->above);
		c->limits.pids = 0;
	}
}

/* What there is to do with the group of a container that has none. */
static bool make_none(const char *name)
{
	(void)name;
	return true;
}

static void limit_none(const char *name, const struct limits *limits)
{
	(void)name, (void)limits;
}

static void join_none(const char *name, pid_t pid)
{
	(void)name, (void)pid;
}

static int open_none(const char *name)
{
	(void)name;
	return -1;
}

static int remove_none(const char *name)
{
	(void)name;
	return 0;
}

static const struct cgroups none = { .make = make_none,
				     .limit = limit_none,
				     .join = join_none,
				     .open = open_none,
				     .remove = remove_none };

const struct cgroups *own_cgroups(struct container *c)
{
	if (!*c->above) {
		warnx("no limits: no cgroup here is yours; where systemd runs, start it by: systemd-run --user --scope");
		return &none;
	}
	trim_limits(c);
	return &cgroups_v2;
}
