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

/* Find ids that root of the container may give to others in there. Returns NULL, or
 * why there are none. */
static const char *find_ids(struct id_map *users, struct id_map *groups)
{
	uid_t uid = geteuid();

	if (access("/usr/bin/newuidmap", X_OK) ||
	    access("/usr/bin/newgidmap", X_OK))
		return "only root exists in there: newuidmap is not installed (apt install uidmap)";
	if (!lent_to(uid, "/etc/subuid", users) ||
	    !lent_to(uid, "/etc/subgid", groups))
		return "only root exists in there: /etc/subuid and /etc/subgid lend you no ids (usermod --add-subuids)";
	return NULL;
}

/* Have TOOL map 0 of the process PID to ID, and from 1 on those LENT. It has the right
 * to, and asks /etc/subuid whether we have. newuidmap(1) */
static void map_by(const char *tool, pid_t pid, unsigned id,
		   const struct id_map *lent)
{
	char text[128], *rest = text, *argv[10];
	int argc = 0;

	snprintf(text, sizeof text, "%s %d 0 %u 1 1 %u %u", tool, pid, id,
		 lent->outside, lent->count);
	while ((argv[argc] = strsep(&rest, " ")))
		argc++;
	pid = spawn(0, -1);
	if (pid == 0) {
		execvp(tool, argv);
		err(1, "%s", tool);
	}
	if (wait_for(pid))
		exit(1); /* it has said why */
}

/* Enter a new user namespace, with all these ids. Somebody who stays outside has to
 * call the tools for us. */
static void enter_with(const struct id_map *users, const struct id_map *groups)
{
	pid_t us = getpid(), helper;
	int go[2];
	char byte;

	if (pipe2(go, O_CLOEXEC))
		err(1, "pipe");
	helper = spawn(0, -1);
	if (helper == 0) {
		close(go[1]);
		if (read(go[0], &byte, 1) != 1)
			exit(1); /* the other one has said why */
		map_by("newuidmap", us, geteuid(), users);
		map_by("newgidmap", us, getegid(), groups);
		exit(0);
	}
	userns_unshare();
	if (write(go[1], "", 1) != 1 || wait_for(helper))
		exit(1);
	close(go[0]);
	close(go[1]);
}

/* Enter a new user namespace, as the only one in there. */
static void enter_alone(void)
{
	struct id_maps users = { { { 0, geteuid(), 1 } }, 1 };
	struct id_maps groups = { { { 0, getegid(), 1 } }, 1 };

	userns_unshare();
	userns_map(getpid(), &users, &groups, true);
}

static void enter(struct container *c)
{
	struct id_map users, groups;
	char said = verbose;

	c->one_id = find_ids(&users, &groups);
	if (c->one_id && !c->check)
		warnx("%s", c->one_id);
	if (c->one_id)
		say("exec unshare -m -U --map-root-user sh -e");
	else
		say("exec unshare -m -U --map-root-user --map-users %u,1,%u --map-groups %u,1,%u sh -e",
		    users.outside, users.count, groups.outside, groups.count);
	verbose = 0; /* all that was one command */
	if (c->one_id)
		enter_alone();
	else
		enter_with(&users, &groups);
	verbose = said;
}

/* How many ids there are in this namespace, from 0 on, by FILE, uid_map or gid_map: by
 * its first two lines, one for root and one for others. What 0 is outside goes to ROOT. */
static unsigned count_ids(const char *file, unsigned *root)
{
	unsigned inside, outside, count, next = 0;
	FILE *map = fopen(file, "re");

	*root = 0;
	for (int i = 0; map && i < 2; i++) {
		if (fscanf(map, "%u %u %u", &inside, &outside, &count) != 3 ||
		    inside != next)
			break;
		if (inside == 0)
			*root = outside;
		next += count;
	}
	if (map)
		fclose(map);
	return next;
}

void become_root(struct container *c)
{
	unsigned root, root_group, groups;

	if (geteuid()) {
		try_user_namespace();
		enter(c);
	}
	/* Or somebody has started us as root of such a namespace: that will do. */
	c->ids = count_ids("/proc/self/uid_map", &root);
	groups = count_ids("/proc/self/gid_map", &root_group);
	if (groups < c->ids)
		c->ids = groups;
	if (!root)
		errx(2,
		     "--rootless is for those who are not root: leave it out");
	/* Mounts that belong to the host's root are not ours to copy. */
	namespaces_unshare(CLONE_NEWNS);
	find_own_group(c);
}
