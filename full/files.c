/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The rootfs of the whole container.
 *
 * After its first run nothing in it is to be trusted: its root may have put links
 * there to the host's files. So the host's root only ever opens the folder; what
 * is to be done in it is done by a process that has become the container's user.
 */
#include "../01-unshare/unshare.h"
#include "../02-rootfs/rootfs.h"
#include "container.h"
#include "lesson.h"

#include <dirent.h>
#include <grp.h>
#include <libgen.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static pid_t launcher;
static const char *pending; /* the folder to remove on error, if it is empty */

static void undo(void)
{
	if (getpid() == launcher && pending && rmdir(pending) &&
	    errno != ENOTEMPTY)
		warn("remove %s again", pending);
}

/* Is nothing in the directory FD? */
static bool is_empty(int fd)
{
	DIR *dir = fdopendir(dup(fd));
	int entries = 0;

	if (!dir)
		return false;
	while (entries <= 2 && readdir(dir))
		entries++;
	closedir(dir);
	return entries == 2; /* . and .. */
}

/* Exit with errno's reason why WHAT, "mkdir " or "", is impossible with the rootfs. If
 * it is denied to root, another process (FUSE) or another machine (NFS) has decided so. */
__attribute__((noreturn)) static void fail(const struct container *c,
					   const char *what)
{
	if (errno != EACCES || c->rootless)
		err(1, "%s%s", what, c->rootfs);
	errx(1,
	     "%s%s: denied even to root, as in a home on FUSE or NFS; choose a --rootfs DIR on a local disk",
	     what, c->rootfs);
}

/* Make the folder, for C->uid. */
static void make_folder(const struct container *c)
{
	struct stat st;
	int fd;

	say("mkdir -m 755 %s", quoted(c->rootfs));
	if (mkdir(c->rootfs, 0700))
		fail(c, "mkdir ");
	pending = c->rootfs;
	atexit(undo);
	say("chown %d:%d %s", (int)c->uid, (int)c->gid, quoted(c->rootfs));
	/* Somebody may have put another folder in its place meanwhile: an empty
	 * one that is no link can be given away without harm. */
	fd = open(c->rootfs, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) || st.st_uid || !is_empty(fd) ||
	    fchown(fd, c->uid, c->gid) || fchmod(fd, 0755))
		err(1, "chown %s", c->rootfs);
	close(fd);
}

/* Open the busybox that a new rootfs is made with. Its name goes to *FILE, absolute: the
 * working directory is about to change. */
static int open_busybox(const struct container *c, const char **file)
{
	int busybox;

	*file = c->busybox ? c->busybox : busybox_find();
	busybox = busybox_open(*file);
	if (**file != '/' && !(*file = realpath(*file, NULL)))
		err(1, "--busybox");
	return busybox;
}

/* Fill the working directory, as the user it belongs to. What a run that failed has made
 * in it stays: the next one makes the rest. */
static void fill(const struct container *c, int busybox, const char *file)
{
	pid_t builder;

	if (c->rootless) /* who is the container's user already */
		say("sh -e");
	else
		say("setpriv --reuid %d --regid %d --clear-groups sh -e",
		    (int)c->uid, (int)c->gid);
	builder = spawn(0, -1);
	if (builder) {
		if (wait_for(builder))
			exit(1); /* it has said why */
		return;
	}
	say_inside();
	umask(022);
	if (!c->rootless &&
	    (setgroups(0, NULL) || setresgid(c->gid, c->gid, c->gid) ||
	     setresuid(c->uid, c->uid, c->uid)))
		err(1, "become user %d", (int)c->uid);
	rootfs_build(busybox, file, busybox_list(busybox, file));
	exit(0);
}

/* Look up PATH below ROOT, by no link and over no mount. Returns a descriptor, or
 * -1 with errno. openat2(2). */
static int look_up(int root, const char *path, unsigned flags)
{
	struct open_how how = {
		.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC | flags,
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV
	};

	return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

/* Is there a directory for each of the mounts to come, and nothing on it? Returns
 * false if one is missing, and refuses what nobody should mend unasked. */
static bool has_places(const struct container *c, int root)
{
	static const char *const places[] = { "dev", "proc", "sys", "tmp" };
	bool all = true;

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		int fd = look_up(root, places[i], O_DIRECTORY);

		if (fd < 0 && errno == EXDEV)
			errx(1,
			     "something is mounted on %s/%s; to take it off: 03-mounts/mounts --umount %s",
			     c->rootfs, places[i], c->rootfs);
		if (fd < 0 && errno == ENOTDIR)
			errx(1, "%s/%s is a link or a file, not a directory",
			     c->rootfs, places[i]);
		if (fd < 0)
			all = false;
		else
			close(fd);
	}
	return all;
}

/* May somebody be told to chown all that is in ROOT? Not the host's own files. */
static bool is_harmless(int root)
{
	char target[8];

	return is_empty(root) ||
	       (readlinkat(root, "bin/ls", target, sizeof target) == 7 &&
		!memcmp(target, "busybox", 7));
}

/* Open the rootfs that stands, and refuse it if it is not the container's own. */
static int open_rootfs(struct container *c)
{
	char path[PATH_MAX];
	struct stat st;
	int root;

	if (!realpath(c->rootfs, path))
		fail(c, "");
	strcpy(c->rootfs, path);
	root = open(c->rootfs, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0 || fstat(root, &st))
		fail(c, "");
	if (st.st_uid != c->uid && c->rootless)
		errx(1, "%s is not yours; choose another --rootfs", c->rootfs);
	if (st.st_uid != c->uid && !is_harmless(root))
		errx(1,
		     "%s belongs to user %d, not %d, and is no rootfs of ours; choose another --rootfs",
		     c->rootfs, (int)st.st_uid, (int)c->uid);
	if (st.st_uid != c->uid)
		errx(1,
		     "%s belongs to user %d, not %d; if nothing else needs it: sudo chown -R %d:%d %s",
		     c->rootfs, (int)st.st_uid, (int)c->uid, (int)c->uid,
		     (int)c->gid, c->rootfs);
	return root;
}

/* Does the last file stand that step 2 makes? Then all of them do. */
static bool is_filled(const struct container *c, int root)
{
	int fd = look_up(root, "etc/group", 0);

	if (fd >= 0)
		close(fd);
	return has_places(c, root) && fd >= 0;
}

static bool is_missing(const struct container *c)
{
	struct stat st;

	return stat(c->rootfs, &st) && errno == ENOENT;
}

/* Can the folder be made? */
static void check_parent(const struct container *c)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s", c->rootfs);
	if (access(dirname(path), W_OK))
		fail(c, "mkdir ");
}

void check_rootfs(struct container *c)
{
	const char *file;

	if (is_missing(c))
		check_parent(c);
	else if (is_filled(c, open_rootfs(c)))
		return;
	close(open_busybox(c, &file));
}

void prepare_rootfs(struct container *c)
{
	const char *file;
	int root, busybox = -1;

	launcher = c->launcher;
	if (is_missing(c))
		make_folder(c);
	root = open_rootfs(c);
	if (!is_filled(c, root))
		busybox = open_busybox(c, &file);
	/* The container starts from here: it may not walk a path through a closed home. */
	say("cd %s", quoted(c->rootfs));
	if (fchdir(root))
		err(1, "cd %s", c->rootfs);
	close(root);
	if (busybox >= 0) {
		fill(c, busybox, file);
		close(busybox);
	}
	pending = NULL;
}
