/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* Who root of the container is on the host: anybody but root. */
#include "args.h"
#include "container.h"
#include "lesson.h"

#include <grp.h>
#include <sys/stat.h>

/* The id in the environment variable NAME, or 0. */
static unsigned id_in(const char *name)
{
	const char *text = getenv(name);
	long id;

	return text && parse_number(text, 1, UINT_MAX - 1L, &id) ? (unsigned)id
								 : 0;
}

/* The first id that FILE, /etc/subuid or its like, lends to root; or 100000. */
static unsigned lent_id(const char *file)
{
	FILE *lines = fopen(file, "re");
	unsigned id = 0;
	char line[256];

	while (lines && !id && fgets(line, sizeof line, lines))
		if (sscanf(line, "root:%u:", &id) != 1)
			id = 0;
	if (lines)
		fclose(lines);
	return id ? id : 100000;
}

/* The three descriptors that the container inherits. A directory would be a way out:
 * from there ".." leads to the host's root. Pipes are given to root of the container,
 * or else "echo x > /dev/stdout" in there would be "Permission denied". */
static void prepare_descriptors(const struct container *c)
{
	struct stat st;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fstat(fd, &st))
			continue;
		if (S_ISDIR(st.st_mode))
			errx(1, "descriptor %d is a directory of the host", fd);
		if (S_ISFIFO(st.st_mode) && fchown(fd, c->uid, c->gid))
			err(1, "chown a pipe");
	}
}

void choose_ids(struct container *c)
{
	struct stat st;

	if (geteuid())
		errx(1,
		     "the network and the limits need root: run it with sudo");
	c->uid = id_in("SUDO_UID");
	c->gid = id_in("SUDO_GID");
	if (!c->uid && !stat(c->rootfs, &st) && st.st_uid) {
		c->uid = st.st_uid;
		c->gid = st.st_gid;
	}
	if (!c->uid) {
		c->uid = lent_id("/etc/subuid");
		c->gid = lent_id("/etc/subgid");
	}
	if (!c->gid) /* the host's root group is no better */
		c->gid = c->uid;
	/* Other groups of ours would stay with the container for good, since its
	 * user namespace denies setgroups. */
	if (setgroups(0, NULL))
		err(1, "leave all groups");
	prepare_descriptors(c);
}
