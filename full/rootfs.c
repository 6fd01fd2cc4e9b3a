/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The rootfs of the whole container. Its files cannot be trusted after the first run: root in
 * the container may have made links to the host's files. So the launcher, which is the host's
 * root, only enters the folder. A process that has become the container's user fills it.
 */
#include "../02-rootfs/rootfs.h"
#include "container.h"
#include "lesson.h"

#include <sys/stat.h>

/* A new folder has this unusual mode until give_folder() sets 755. */
#define NEW_MODE 01700

/* Enter the folder. The container starts in it, because its user may not be allowed to get
 * there through a home directory of mode 700. */
static void enter_folder(struct container *c)
{
	const char *path;

	say("cd %s", quoted(c->rootfs));
	if (chdir(c->rootfs))
		err(1, "cd %s", c->rootfs);
	path = getcwd(NULL, 0); /* freed when the program ends */
	if (!path)
		err(1, "cd %s", c->rootfs);
	c->rootfs = path;
}

/* Remove the working directory, unless something is in it. The path is not used, because the
 * owner of a directory above may have put another one there. */
static void remove_folder(struct container *c)
{
	if (chdir("..") ||
	    (rmdir(strrchr(c->rootfs, '/') + 1) && errno != ENOTEMPTY))
		warn("rmdir %s", c->rootfs);
}

/* Is FOLDER new? If so, this launcher has made it, or one that was killed in give_folder() or
 * before. */
static bool is_new(const struct container *c, const struct stat *folder)
{
	/* The parent directory may add S_ISGID. */
	return (folder->st_mode & ~S_ISGID) == (S_IFDIR | NEW_MODE) &&
	       (folder->st_uid == geteuid() || folder->st_uid == c->uid);
}

/* Give the folder to the container's user. At the end it is removed if it is empty. */
static void give_folder(struct container *c)
{
	at_end(c, remove_folder);
	say("chown %u:%u .", c->uid, c->gid);
	if (chown(".", c->uid, c->gid) || chmod(".", 0755))
		err(1, "chown %s", c->rootfs);
}

/* Does the folder have the four mount points, and the file that step 2 writes last? */
static bool is_complete(void)
{
	static const char *const names[] = { "proc", "sys", "dev", "tmp" };
	struct stat st;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (lstat(names[i], &st) || !S_ISDIR(st.st_mode))
			return false;
	return !lstat("etc/group", &st);
}

/* Become C->uid and fill the folder. */
__attribute__((noreturn)) static void build(const struct container *c,
					    int busybox, const char *file)
{
	char *applets;

	say_inside();
	umask(022);
	/* The group first, while we are root. choose_ids() has dropped the others. It is not the
	 * user's yet, because busybox gets our environment and terminal: other processes of this
	 * user may trace only what has their group, too. ptrace(2) (If we are in a user
	 * namespace, it may lack the other group.) */
	if ((setresgid(SPARE, SPARE, c->gid) &&
	     setresgid(c->gid, c->gid, c->gid)) ||
	    setresuid(c->uid, c->uid, c->uid))
		err(1, "become user %u", c->uid);
	/* busybox_list() runs busybox. If that does not end, Ctrl-C must end it. */
	release_signals();
	applets = busybox_list(busybox, file);
	hold_signals();
	if (setresgid(c->gid, c->gid, c->gid))
		err(1, "become group %u", c->gid);
	rootfs_build(busybox, file, applets);
	exit(0);
}

static void fill(const struct container *c)
{
	const char *file = busybox_find(c->busybox);
	int busybox = busybox_open(file), status;
	pid_t builder;

	say("setpriv --reuid %u --regid %u --%s-groups sh -e", c->uid, c->gid,
	    c->rootless ? "keep" : "clear");
	builder = spawn(0, -1);
	if (builder == 0)
		build(c, busybox, file);
	status = wait_or_end(builder); /* its user can stop it */
	if (status)
		exit(status); /* the builder has said why, or a signal ended it */
	close(busybox);
}

void prepare_rootfs(struct container *c)
{
	struct stat st;
	const char *made = NULL;

	if (lstat(c->rootfs, &st) && errno == ENOENT) {
		made = c->rootfs;
		say("mkdir -m 755 %s", quoted(made));
		if (mkdir(made, NEW_MODE))
			err(1, "mkdir %s", made);
	}
	enter_folder(c);
	if (stat(".", &st))
		err(1, "stat %s", c->rootfs);
	if (is_new(c, &st))
		give_folder(c);
	else if (st.st_uid != c->uid) {
		/* Do not chown it. If it was made above, the file system knows no owners, or
		 * the owner of the parent directory has put another folder in its place. */
		if (made)
			rmdir(made);
		errx(1,
		     made ? "%s was made, but belongs to user %u, not %u"
			  : "%s belongs to user %u, not %u; choose another --rootfs",
		     c->rootfs, st.st_uid, c->uid);
	}
	if (!is_complete())
		fill(c);
}
