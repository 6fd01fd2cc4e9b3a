/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The limits of a container without root. The tree of cgroups belongs to root, but
 * for what he has given away: systemd gives each user a part for the programs that
 * it starts for him. Version 1 cannot be given away without harm.
 *
 * What systemd has named (.slice, .scope, .service) it also writes to, so we leave it
 * alone; but for a scope in which there is nobody but us.
 */
#include "container.h"
#include "lesson.h"

#include <sys/stat.h>

#define TREE "/sys/fs/cgroup"

/* Where we go to when we make a group below our own: the kernel wants processes in the
 * leaves of the tree. */
#define LEAF "launcher"

/* Is GROUP ours to make groups in? */
static bool is_ours(const char *group)
{
	static const char *const files[] = { "", "/cgroup.procs",
					     "/cgroup.subtree_control" };
	char path[2 * PATH_MAX];

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, TREE "/%s%s", group, files[i]);
		if (access(path, W_OK))
			return false;
	}
	return true;
}

/* The pids of the processes in GROUP itself, until the next call. */
static const char *pids_in(const char *group)
{
	char path[2 * PATH_MAX];

	snprintf(path, sizeof path, TREE "/%s/cgroup.procs", group);
	return read_pids(path);
}

/* Does FILE of GROUP, a list of controllers, name CONTROLLER? */
static bool lists(const char *group, const char *file, const char *controller)
{
	char path[2 * PATH_MAX], word[32];
	bool found = false;
	FILE *list;

	snprintf(path, sizeof path, TREE "/%s/%s", group, file);
	list = fopen(path, "re");
	while (list && !found && fscanf(list, "%31s", word) == 1)
		found = !strcmp(word, controller);
	if (list)
		fclose(list);
	return found;
}

static bool has_controller(const char *group, const char *controller)
{
	return lists(group, "cgroup.controllers", controller);
}

/* Hand CONTROLLER down to the groups in GROUP: what v2_enable() does for the root. */
static void enable(const char *group, const char *controller)
{
	char path[2 * PATH_MAX], text[32];

	if (lists(group, "cgroup.subtree_control", controller))
		return;
	snprintf(path, sizeof path, TREE "/%s/cgroup.subtree_control", group);
	snprintf(text, sizeof text, "+%s", controller);
	echo(text, path);
}

/* Does systemd write to GROUP? */
static bool is_systemds(const char *group)
{
	const char *suffix = strrchr(group, '.');

	return suffix &&
	       (!strcmp(suffix, ".slice") || !strcmp(suffix, ".scope") ||
		!strcmp(suffix, ".service"));
}

/* The group that we are in, into GROUP; "" if that cannot be known. The line of
 * version 2 is the last one: "0::/user.slice/...". */
static void group_we_are_in(char group[PATH_MAX])
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	char line[PATH_MAX] = "";

	while (file && fgets(line, sizeof line, file))
		line[strcspn(line, "\n")] = 0;
	if (file)
		fclose(file);
	*group = 0;
	if (!strncmp(line, "0::/", 4))
		strcpy(group, line + 4);
}

/* Is there anything that the group GROUP could hand down? */
static bool has_controllers(const char *group)
{
	return has_controller(group, "cpu") ||
	       has_controller(group, "memory") || has_controller(group, "pids");
}

void find_own_group(struct container *c)
{
	char ours[PATH_MAX], group[PATH_MAX];

	group_we_are_in(ours);
	strcpy(group, ours);
	/* From there upwards, to one that holds nothing but groups. */
	while (*group &&
	       (is_systemds(group) || !is_ours(group) || *pids_in(group))) {
		char *last = strrchr(group, '/');

		*(last ? last : group) = 0;
	}
	/* Or else one that nobody is in but us. */
	c->alone = !*group && *ours && is_ours(ours) && has_controllers(ours) &&
		   !strchr(pids_in(ours), ' ');
	strcpy(c->above, c->alone ? ours : group);
}

/* Move all processes of the group FROM, which are us, to TO. */
static void move_all(const char *from, const char *to)
{
	char path[2 * PATH_MAX], text[256], *list = text;

	snprintf(text, sizeof text, "%s", pids_in(from));
	snprintf(path, sizeof path, TREE "/%s/cgroup.procs", to);
	for (char *pid; (pid = strsep(&list, " "));)
		if (*pid && write_text(pid, path))
			warn("write '%s' to %s", pid, path);
}

static const struct container *container;
static char leaf[PATH_MAX + sizeof "/" LEAF];

/* Nothing is handed down any more, so that we may be where we were. */
static void undo_leaf(void)
{
	static const char *const handed[] = { "-cpu", "-memory", "-pids" };
	char path[2 * PATH_MAX];

	if (getpid() != container->launcher)
		return;
	snprintf(path, sizeof path, TREE "/%s/cgroup.subtree_control",
		 container->above);
	for (size_t i = 0; i < sizeof handed / sizeof *handed; i++)
		write_text(handed[i], path); /* or it never was */
	move_all(leaf, container->above);
	snprintf(path, sizeof path, TREE "/%s", leaf);
	if (rmdir(path))
		warn("rmdir %s", path);
}

/* Make room in the group above for the container's: out of it, into a leaf. */
static void make_leaf(const struct container *c)
{
	char path[2 * PATH_MAX];

	snprintf(leaf, sizeof leaf, "%s/" LEAF, c->above);
	snprintf(path, sizeof path, TREE "/%s", leaf);
	say("mkdir %s", quoted(path));
	if (mkdir(path, 0755))
		err(1, "mkdir %s", path);
	container = c;
	atexit(undo_leaf);
	say("echo $$ > %s/cgroup.procs", quoted(path));
	move_all(c->above, leaf);
}

/* Is CONTROLLER handed down to us? Says so if not; and whoever has ASKED for its limit
 * gets no container without. */
static bool is_given(const struct container *c, const char *controller,
		     bool asked)
{
	if (has_controller(c->above, controller))
		return true;
	warnx("no limit by the controller %s, which %s was not given",
	      controller, c->above);
	if (asked)
		exit(1);
	return false;
}

/* Do not set the limits that cannot be. Returns whether any is left. */
static bool trim_limits(struct container *c)
{
	if (!is_given(c, "cpu", c->asked.cpu_quota))
		c->limits.cpu_quota = 0;
	if (!is_given(c, "memory", c->asked.memory))
		c->limits.memory = 0;
	if (!is_given(c, "pids", c->asked.pids))
		c->limits.pids = 0;
	return c->limits.cpu_quota || c->limits.memory || c->limits.pids;
}

bool prepare_own_group(struct container *c)
{
	if (!*c->above) {
		warnx("no limits: no cgroup is yours alone; where systemd runs, start it by: systemd-run --user --scope -p Delegate=yes");
		if (c->asked.cpu_quota || c->asked.memory || c->asked.pids)
			exit(1);
		return false;
	}
	if (!trim_limits(c))
		return false;
	if (c->alone)
		make_leaf(c);
	if (c->limits.memory)
		enable(c->above, "memory");
	if (c->limits.cpu_quota)
		enable(c->above, "cpu");
	if (c->limits.pids)
		enable(c->above, "pids");
	return true;
}
