/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* Choose which user of the host is root in the container. It is never the host's root. */
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

/* Choose the user who called sudo, or else the owner of the rootfs, or else an unused id. */
void choose_ids(struct container *c)
{
	struct stat st;

	if (c->rootless) /* beyond/rootless.c maps the caller to 0 */
		return;
	if (geteuid())
		errx(1,
		     "the network and the limits need root: run it with sudo, or --rootless, without them");
	c->uid = id_in("SUDO_UID");
	c->gid = id_in("SUDO_GID");
	if (!c->uid && !stat(c->rootfs, &st) && st.st_uid) {
		c->uid = st.st_uid;
		/* With S_ISGID its group is that of the parent directory. Others may share it. */
		c->gid = st.st_mode & S_ISGID ? 0 : st.st_gid;
	}
	if (!c->uid)
		c->uid = SPARE;
	if (!c->gid) /* not the host's root group either */
		c->gid = SPARE;
	/* Otherwise the container would keep them. */
	if (setgroups(0, NULL))
		err(1, "leave all groups");
}
