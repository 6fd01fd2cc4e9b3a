/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* Who root of the container is on the host: anybody but root. */
#include "../03-mounts/mounts.h"
#include "../04-userns/userns.h"
#include "container.h"
#include "lesson.h"
#include "ranges.h"

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

/* The first id that FILE lends to root; or 100000. */
static unsigned lent_id(const char *file)
{
	struct id_map ids;

	return lent_ids(file, "root", &ids) ? ids.outside : 100000;
}

/* Close what the caller had open, but for stdin, stdout and stderr, which the container
 * inherits. None of these may be closed, or the next file that we open would take its
 * place; and none may be a directory, since ".." in it leads to the host's root. */
static void leave_descriptors(void)
{
	struct stat st;

	close_from(3);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fstat(fd, &st)) /* open returns the lowest that is free */
			fd = open("/dev/null", O_RDWR);
		else if (S_ISDIR(st.st_mode))
			errx(1, "descriptor %d is a directory of the host", fd);
		if (fd < 0)
			err(1, "/dev/null");
	}
}

/* Give pipes to root of the container, or else "echo x > /dev/stdout" in there would be
 * "Permission denied". */
static void give_pipes(const struct container *c)
{
	struct stat st;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (!fstat(fd, &st) && S_ISFIFO(st.st_mode) &&
		    fchown(fd, c->uid, c->gid))
			err(1, "chown a pipe");
}

/* Choose C->uid and C->gid, as root of the host. */
static void choose_user(struct container *c)
{
	struct stat st;

	if (geteuid())
		errx(1,
		     "the network and the limits need root: run it with sudo, or --rootless, without them");
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
}

void choose_ids(struct container *c)
{
	leave_descriptors();
	if (c->rootless)
		become_root(c); /* 0 and 0, of a namespace */
	else
		choose_user(c);
	name_group(c);
	/* Other groups of ours would stay with the container. EPERM: they do, for
	 * our user namespace denies setgroups, since nobody is in it but us. */
	if (setgroups(0, NULL) && !(c->rootless && errno == EPERM))
		err(1, "leave all groups");
	if (!c->rootless)
		give_pipes(c);
}

void map_ids(const struct container *c, pid_t pid)
{
	if (c->ids == 1)
		userns_map_root(pid, c->uid, c->gid);
	else
		map_ranges(pid, c->uid, c->gid, c->ids);
}

void userns_become_root(void)
{
	say("exec setpriv --reuid 0 --regid 0 --keep-groups sh -e");
	/* The group first: root that becomes another user may not choose a group
	 * after that. */
	if (setresgid(0, 0, 0))
		err(1, "become group 0");
	if (setresuid(0, 0, 0))
		err(1, "become user 0");
}
