/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Other users in a container without root.
 *
 * An ordinary user may map one id: then root is the only user inside, chown(2) to any
 * other fails with "Invalid argument", and so do su and apt-get. But a system lends each
 * user some ids that are not in use, by lines of /etc/subuid such as
 * "alice:100000:65536", and newuidmap(1) has the right to map these. A process
 * outside must call it.
 */
#include "../lesson.h"
#include "chapters.h"

#include <pwd.h>

#define NEWUIDMAP "/usr/bin/newuidmap"
#define NEWGIDMAP "/usr/bin/newgidmap"

/* COUNT ids from FIRST on. */
struct range {
	unsigned first, count;
};

static struct range users, groups;
static int go[2]; /* the mapper waits for a byte */

/* The range that FILE lends to the user NAME, or NUMBER. False if there is none.
 * subuid(5) */
static bool find_range(const char *file, const char *name, const char *number,
		       struct range *range)
{
	FILE *lines = open_if_there(file);
	char line[256], user[256];
	bool found = false;

	while (lines && !found && fgets(line, sizeof line, lines))
		found = sscanf(line, "%255[^:]:%u:%u", user, &range->first,
			       &range->count) == 3 &&
			(!strcmp(user, name) || !strcmp(user, number)) &&
			range->first && range->count;
	if (lines)
		fclose(lines);
	return found;
}

/* The name of the user UID, or "". (getpwuid(3) would want a dynamic libc.) */
static const char *user_name(uid_t uid)
{
	FILE *passwd = open_if_there("/etc/passwd");
	static char name[256];
	const char *claimed = getenv("USER"); /* newuidmap checks it */
	struct passwd *user;

	while (passwd && !*name && (user = fgetpwent(passwd)))
		if (user->pw_uid == uid)
			snprintf(name, sizeof name, "%s", user->pw_name);
	if (passwd)
		fclose(passwd);
	if (!*name && claimed) /* a directory service knows it */
		return claimed;
	return name;
}

/* Why there are no ranges here; NULL if there are. */
static const char *problem(void)
{
	const char *name = user_name(geteuid());
	char number[16];

	snprintf(number, sizeof number, "%u", geteuid());
	if (access(NEWUIDMAP, X_OK) || access(NEWGIDMAP, X_OK))
		return "newuidmap is not installed (Debian: apt install uidmap; Alpine: apk add shadow-subids)";
	if (!find_range("/etc/subuid", name, number, &users))
		return "/etc/subuid lends you no ids (root may: usermod --add-subuids)";
	if (!find_range("/etc/subgid", name, number, &groups))
		return "/etc/subgid lends you no ids (root may: usermod --add-subgids)";
	return NULL;
}

/* Have TOOL map ids for the process PID: 0 is ID outside, and those from 1 on are RANGE.
 * Returns its exit status. */
static int map_by(const char *tool, pid_t pid, unsigned id,
		  const struct range *range)
{
	char process[16], own[16], first[16], count[16];
	pid_t child;

	snprintf(process, sizeof process, "%d", pid);
	snprintf(own, sizeof own, "%u", id);
	snprintf(first, sizeof first, "%u", range->first);
	snprintf(count, sizeof count, "%u", range->count);
	child = spawn(0, -1);
	if (child == 0) {
		execl(tool, tool, process, "0", own, "1", "1", first, count,
		      NULL);
		err(1, "%s", tool);
	}
	return wait_for(child);
}

pid_t start_mapper(void)
{
	const char *why = problem();
	pid_t us = getpid(), mapper;
	char byte;

	if (why) {
		warnx("only root exists in there: %s", why);
		return 0;
	}
	say("exec unshare -m -U --map-root-user --map-users %u,1,%u --map-groups %u,1,%u sh -e",
	    users.first, users.count, groups.first, groups.count);
	if (pipe2(go, O_CLOEXEC))
		err(1, "pipe");
	mapper = spawn(0, -1);
	if (mapper == 0) {
		close(go[1]);
		if (read(go[0], &byte, 1) != 1)
			exit(1); /* the other process has said why */
		exit(map_by(NEWUIDMAP, us, geteuid(), &users) ||
		     map_by(NEWGIDMAP, us, getegid(), &groups));
	}
	return mapper;
}

/* The number of ids that are mapped here, from 0 on, by the map in FILE: a line for root,
 * and one that goes on from it for those that are lent. Other lines do not count. */
static unsigned count_ids(const char *file)
{
	unsigned inside, outside, count, next = 0;
	FILE *map = open_if_there(file);

	while (map && fscanf(map, "%u %u %u", &inside, &outside, &count) == 3 &&
	       inside == next && next <= 1)
		next += count;
	if (map)
		fclose(map);
	return next;
}

bool has_mapped(pid_t mapper)
{
	if (!mapper)
		return false;
	if (write(go[1], "", 1) == 1 && !wait_for(mapper))
		return true;
	/* A map can be written once only: so root cannot be mapped alone any more. */
	if (count_ids("/proc/self/uid_map"))
		errx(1, "newuidmap works here, but newgidmap does not");
	warnx("only root exists in there: newuidmap does not work here");
	return false;
}

/* Hand all ids down to the process PID: to its FILE, "uid_map" or "gid_map". */
static void hand_down(pid_t pid, const char *file, unsigned count)
{
	char text[64], path[64];

	/* Two lines, as our own map has: a line may not span two of ours. */
	snprintf(text, sizeof text, "0 0 1\n1 1 %u", count - 1);
	snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
	say("/usr/bin/printf '0 0 1\\n1 1 %u' > /proc/$PID/%s", count - 1,
	    file);
	if (write_text(text, path))
		err(1, "write '%s' to %s", text, path);
}

bool map_ranges(const struct container *c)
{
	unsigned uids, gids;

	if (!c->rootless)
		return false;
	uids = count_ids("/proc/self/uid_map");
	gids = count_ids("/proc/self/gid_map");
	if (uids < 2 || gids < 2)
		return false;
	hand_down(c->pid, "uid_map", uids);
	hand_down(c->pid, "gid_map", gids);
	return true;
}
