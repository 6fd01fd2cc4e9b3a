/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beyond the article: a container without root.
 *
 * In a user namespace anybody is root, of what belongs to that namespace. So the
 * launcher becomes this first, and then makes the container as ever. What belongs to
 * the host stays closed to it: no cable, no NAT, and limits only in a cgroup that
 * somebody who may has given to the user.
 */
#include "../01-unshare/unshare.h"
#include "../04-userns/userns.h"
#include "container.h"
#include "lesson.h"
#include "process.h"
#include "ranges.h"

#include <pwd.h>
#include <sched.h>

/* The name of the user UID, or "". */
static const char *user_name(uid_t uid)
{
	FILE *users = fopen("/etc/passwd", "re");
	static char name[256];
	struct passwd *user;

	*name = 0;
	while (users && !*name && (user = fgetpwent(users)))
		if (user->pw_uid == uid)
			snprintf(name, sizeof name, "%s", user->pw_name);
	if (users)
		fclose(users);
	return name;
}

/* The ids that FILE lends to the user UID, whom it may have by name or by number. */
static bool lent_to(uid_t uid, const char *file, struct id_map *ids)
{
	char number[16];

	snprintf(number, sizeof number, "%u", uid);
	return lent_ids(file, user_name(uid), ids) ||
	       lent_ids(file, number, ids);
}

/* They have the right to map what /etc/subuid and /etc/subgid lend. newuidmap(1) */
#define NEWUIDMAP "/usr/bin/newuidmap"
#define NEWGIDMAP "/usr/bin/newgidmap"

/* Find ids that root of the container may give to others in there. Returns NULL, or
 * why there are none. */
static const char *find_ids(struct id_map *users, struct id_map *groups)
{
	uid_t uid = geteuid();

	if (access(NEWUIDMAP, X_OK) || access(NEWGIDMAP, X_OK))
		return "only root exists in there: newuidmap is not installed (apt install uidmap)";
	if (!lent_to(uid, "/etc/subuid", users))
		return "only root exists in there: /etc/subuid lends you no ids (root may: usermod --add-subuids)";
	if (!lent_to(uid, "/etc/subgid", groups))
		return "only root exists in there: /etc/subgid lends you no ids (root may: usermod --add-subgids)";
	return NULL;
}

/* Have TOOL map 0 of the process PID to ID, and from 1 on those LENT. Returns its exit
 * status. */
static int map_by(const char *tool, pid_t pid, unsigned id,
		  const struct id_map *lent)
{
	char process[16], own[16], first[16], count[16];
	pid_t mapper;

	snprintf(process, sizeof process, "%d", pid);
	snprintf(own, sizeof own, "%u", id);
	snprintf(first, sizeof first, "%u", lent->outside);
	snprintf(count, sizeof count, "%u", lent->count);
	mapper = spawn(0, -1);
	if (mapper == 0) {
		execl(tool, tool, process, "0", own, "1", "1", first, count,
		      NULL);
		err(1, "%s", tool);
	}
	return wait_for(mapper);
}

/* Enter a new user namespace, with all these ids. Somebody who stays outside has to
 * call the tools for us. Returns whether they did it. */
static bool enter_with(const struct id_map *users, const struct id_map *groups)
{
	pid_t us = getpid(), helper;
	int go[2], failed;
	char byte;

	if (pipe2(go, O_CLOEXEC))
		err(1, "pipe");
	helper = spawn(0, -1);
	if (helper == 0) {
		close(go[1]);
		if (read(go[0], &byte, 1) != 1)
			exit(1); /* the other one has said why */
		exit(map_by(NEWUIDMAP, us, geteuid(), users) ||
		     map_by(NEWGIDMAP, us, getegid(), groups));
	}
	userns_unshare();
	failed = write(go[1], "", 1) != 1 || wait_for(helper);
	close(go[0]);
	close(go[1]);
	return !failed;
}

/* Enter a user namespace and be root in it: with ids for others, or else alone. */
static void enter(struct container *c)
{
	unsigned user = geteuid(), group = getegid();
	struct id_map users, groups;
	char verbose_before = verbose;

	c->one_id = find_ids(&users, &groups);
	if (c->one_id)
		say("exec unshare -m -U --map-root-user sh -e");
	else
		say("exec unshare -m -U --map-root-user --map-users %u,1,%u --map-groups %u,1,%u sh -e",
		    users.outside, users.count, groups.outside, groups.count);
	verbose = 0; /* all that was one command */
	if (c->one_id)
		userns_unshare();
	else if (!enter_with(&users, &groups))
		c->one_id =
			"only root exists in there: newuidmap does not work here";
	if (c->one_id)
		userns_map_root(0, user, group);
	verbose = verbose_before;
	if (c->one_id && !c->check)
		warnx("%s", c->one_id);
}

/* How many ids there are in this namespace, from 0 on, by FILE, uid_map or gid_map: by
 * its first two lines, one for root and one for others. What 0 is outside goes to ROOT,
 * unless that is NULL. */
static unsigned count_ids(const char *file, unsigned *root)
{
	unsigned inside, outside, count, next = 0;
	FILE *map = fopen(file, "re");

	for (int i = 0; map && i < 2; i++) {
		if (fscanf(map, "%u %u %u", &inside, &outside, &count) != 3 ||
		    inside != next)
			break;
		if (inside == 0 && root)
			*root = outside;
		next += count;
	}
	if (map)
		fclose(map);
	return next;
}

void become_root(struct container *c)
{
	unsigned groups;

	if (geteuid()) {
		try_user_namespace();
		enter(c);
	}
	/* Or we are root of one already: protect_program has started us anew, or
	 * somebody else has made it. */
	c->ids = count_ids("/proc/self/uid_map", &c->caller);
	if (!c->caller)
		errx(2,
		     "--rootless is for those who are not root outside either: leave it out");
	groups = count_ids("/proc/self/gid_map", NULL);
	if (groups < c->ids)
		c->ids = groups;
	find_program(c);
	/* Mounts that belong to the host's root are not ours to copy. */
	namespaces_unshare(CLONE_NEWNS);
	find_own_group(c);
}
