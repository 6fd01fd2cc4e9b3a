/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The rootfs of the whole container.
 *
 * After its first run nothing in it is to be trusted: root of the container may have put
 * symbolic links there that lead to the host's files. So the host's root only enters the
 * folder. What is done in it is done by a process that has become the container's user.
 */
#include "../02-rootfs/rootfs.h"
#include "container.h"
#include "lesson.h"

#include <sys/stat.h>

/* Remove the folder, unless something is in it. */
static void remove_folder(struct container *c)
{
	if (rmdir(c->rootfs) && errno != ENOTEMPTY)
		warn("rmdir %s", c->rootfs);
}

/* Make the folder, for C->uid. */
static void make_folder(struct container *c)
{
	const mode_t mode = S_IFDIR | 01700;
	struct stat st;
	int fd;

	say("mkdir -m 755 %s", quoted(c->rootfs));
	if (mkdir(c->rootfs, 01700))
		err(1, "mkdir %s", c->rootfs);
	say("chown %u:%u %s", c->uid, c->gid, quoted(c->rootfs));
	fd = open(c->rootfs, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st))
		err(1, "%s", c->rootfs);
	/* The owner of the directory above may have swapped it for another one of
	 * root's, to be given that. No other has this mode; "g+s" comes from above. */
	if ((st.st_mode & ~(mode_t)S_ISGID) != mode || st.st_uid != geteuid())
		errx(1, "%s is not the folder that was just made", c->rootfs);
	at_end(c, remove_folder);
	if (fchown(fd, c->uid, c->gid) || fchmod(fd, 0755))
		err(1, "chown %s", c->rootfs);
	close(fd);
}

/* Enter the folder. The container starts in it: its user could not walk there through a
 * closed home. */
static void enter_folder(struct container *c)
{
	char path[PATH_MAX];
	struct stat st;

	if (!realpath(c->rootfs, path))
		err(1, "%s", c->rootfs);
	strcpy(c->rootfs, path);
	say("cd %s", quoted(path));
	if (chdir(path) || stat(".", &st))
		err(1, "cd %s", path);
	if (st.st_uid != c->uid)
		errx(1,
		     "%s belongs to user %u, not %u; choose another --rootfs",
		     path, st.st_uid, c->uid);
}

/* Is the tree complete: the last file that step 2 writes, and the four directories to
 * mount on? */
static bool is_complete(const struct container *c)
{
	static const char *const names[] = { "proc", "sys", "dev", "tmp" };
	struct stat st;
	bool all = !lstat("etc/group", &st);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (lstat(names[i], &st))
			all = false;
		else if (!S_ISDIR(st.st_mode))
			errx(1, "%s/%s is a link or a file, not a directory",
			     c->rootfs, names[i]);
	return all;
}

/* PATH, made absolute. */
static const char *absolute(const char *path)
{
	char *whole, *dir;

	if (*path == '/')
		return path;
	whole = realpath(path, NULL); /* freed when the program ends */
	dir = get_current_dir_name();
	if (!whole && (!dir || asprintf(&whole, "%s/%s", dir, path) < 0))
		err(1, "%s", path);
	return whole;
}

/* Become C->uid and fill the folder. */
__attribute__((noreturn)) static void build(const struct container *c,
					    int busybox, const char *file)
{
	char *applets;

	say_inside();
	umask(022);
	/* The group first: only root may choose one. */
	if (setresgid(c->gid, c->gid, c->gid) ||
	    setresuid(c->uid, c->uid, c->uid))
		err(1, "become user %u", c->uid);
	/* A busybox that prints no list and does not end must hear Ctrl-C. */
	release_signals();
	applets = busybox_list(busybox, file);
	hold_signals();
	rootfs_build(busybox, file, applets);
	exit(0);
}

static void fill(const struct container *c)
{
	const char *file = c->busybox ? c->busybox : busybox_find();
	int busybox = busybox_open(file);
	pid_t builder;

	say("setpriv --reuid %u --regid %u --%s-groups sh -e", c->uid, c->gid,
	    c->rootless ? "keep" : "clear");
	builder = spawn(0, -1);
	if (builder == 0)
		build(c, busybox, file);
	if (wait_for(builder))
		exit(1); /* it has said why */
	close(busybox);
}

void prepare_rootfs(struct container *c)
{
	struct stat st;

	if (c->busybox)
		c->busybox = absolute(c->busybox);
	if (lstat(c->rootfs, &st) && errno == ENOENT)
		make_folder(c);
	enter_folder(c);
	if (!is_complete(c))
		fill(c);
}
