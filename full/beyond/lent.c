/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Which other user has the container's id?
 *
 * /etc/subuid lends ids to users, so that they can have several in a container without
 * root. A user to whom the id of root's container is lent can kill it, and write to its
 * rootfs. 100000 is such an id on most systems: it is the first that useradd(8) lends.
 */
#include "../lesson.h"
#include "chapters.h"

/* In FILE, with lines like "alice:100000:65536": is ID lent to a user but root? Then USER gets the
 * name, and NEXT the first id above that range. subuid(5) */
static bool is_lent(const char *file, unsigned id, char user[256],
		    unsigned *next)
{
	FILE *lines = open_if_there(file);
	unsigned first, count;
	char line[256];
	bool lent = false;

	while (lines && !lent && fgets(line, sizeof line, lines))
		lent = sscanf(line, "%255[^:]:%u:%u", user, &first, &count) ==
			       3 &&
		       strcmp(user, "root") && id >= first &&
		       id - first < count;
	if (lines)
		fclose(lines);
	if (lent)
		*next = first + count;
	return lent;
}

/* The first id from ID on that FILE lends to nobody. */
static unsigned not_lent(const char *file, unsigned id)
{
	unsigned next = id;
	char user[256];

	while (is_lent(file, id, user, &next) && next > id)
		id = next;
	if (next < id || id == UINT_MAX)
		errx(1, "%s lends every id there is", file);
	return id;
}

/* If ID, which the rootfs belongs to already, is lent, say so. */
static void warn_of_lender(const struct container *c, const char *file,
			   unsigned id)
{
	unsigned next;
	char user[256];

	if (is_lent(file, id, user, &next))
		warnx("%s lends %u to %s, who can kill this container and change %s",
		      file, id, user, c->rootfs);
}

void avoid_lent_ids(struct container *c)
{
	if (c->rootless) /* they are lent to the caller */
		return;
	if (access(c->rootfs, F_OK)) { /* it can still have another owner */
		c->uid = not_lent("/etc/subuid", c->uid);
		c->gid = not_lent("/etc/subgid", c->gid);
		return;
	}
	warn_of_lender(c, "/etc/subuid", c->uid);
	warn_of_lender(c, "/etc/subgid", c->gid);
}
