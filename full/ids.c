/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* Choose the host's user that root inside is; never root. */
#include "container.h"
#include "lesson.h"

#include <grp.h>
#include <limits.h>
#include <sys/stat.h>

/* The id in the environment variable NAME, or 0. */
static unsigned id_in(const char *name)
{
	const char *text = getenv(name);
	unsigned id;

	if (!text || sscanf(text, "%u", &id) != 1 || id == UINT_MAX)
		return 0;
	return id;
}

/* The first id that FILE, such as /etc/subuid, sets aside for root: it has lines like
 * "root:100000:65536". 100000 if there is none. subuid(5) */
static unsigned spare_id(const char *file)
{
	FILE *lines = fopen(file, "re");
	unsigned id, found = 0;
	char line[256];

	while (lines && !found && fgets(line, sizeof line, lines))
		if (sscanf(line, "root:%u:", &id) == 1)
			found = id;
	if (lines)
		fclose(lines);
	return found ? found : 100000;
}

/* The user who called sudo, or the owner of the rootfs, or one that is set aside. */
void choose_ids(struct container *c)
{
	struct stat st;

	if (c->rootless) /* it stays 0, of its own user namespace */
		return;
	if (geteuid())
		errx(1,
		     "the network and the limits need root: run it with sudo, or --rootless, without them");
	c->uid = id_in("SUDO_UID");
	c->gid = id_in("SUDO_GID");
	if (!c->uid && !stat(c->rootfs, &st) && st.st_uid) {
		c->uid = st.st_uid;
		/* "g+s" hands down a group that others are in. */
		c->gid = st.st_mode & S_ISGID ? 0 : st.st_gid;
	}
	if (!c->uid) {
		c->uid = spare_id("/etc/subuid");
		c->gid = spare_id("/etc/subgid");
	}
	if (!c->gid) /* not the host's root group either */
		c->gid = c->uid;
	if (setgroups(0, NULL))
		err(1, "leave all groups");
}
