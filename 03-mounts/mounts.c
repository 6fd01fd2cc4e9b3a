/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 3: what a container sees when it looks at its files.
 *
 * To mount is to lay a file system over a directory. None of the four here is
 * a disk: the kernel makes up proc and sysfs while they are read, tmpfs lives
 * in memory, and dev is a second way into a directory that is there already.
 */
#include "mounts.h"
#include "lesson.h"

#include <limits.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>

static const char *const places[] = { "dev", "proc", "sys", "tmp" };
static int made; /* the first so many of them are mounted, and by us */

void mounts_unshare(void)
{
	say("unshare -m --propagation unchanged sh");
	if (unshare(CLONE_NEWNS))
		err(1, "new mount namespace");
	say_inside();
	mounts_private();
}

void mounts_private(void)
{
	/* systemd has made / "shared": what is mounted in one namespace turns up
	 * in its copies. So this comes before any mount, and goes all the way
	 * down (MS_REC), or ours would turn up on the host. */
	say("mount --make-rprivate /");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		err(1, "make all mounts private");
}

/* Is this the host's own user namespace? Its map has all the ids there are. */
static bool on_host(void)
{
	unsigned inside, outside, count;
	FILE *map = fopen("/proc/self/uid_map", "re");
	bool all;

	if (!map)
		return true; /* a kernel without user namespaces */
	if (fscanf(map, "%u %u %u", &inside, &outside, &count) == 3)
		all = count == UINT_MAX;
	else /* no line at all: a user namespace without ids yet */
		all = ferror(map);
	fclose(map);
	return all;
}

/* Open DIR/NAME, which must be a directory and nothing cleverer: the kernel says
 * ELOOP for a symbolic link, which could lead out of DIR and over a directory of
 * the host, and EXDEV where something is mounted. */
static int open_place(const char *dir, const char *name)
{
	struct open_how how = {
		.flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
	};
	int root = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd, error;

	if (root < 0)
		return -1;
	/* libc has no openat2. */
	fd = (int)syscall(SYS_openat2, root, name, &how, sizeof how);
	error = errno;
	close(root);
	errno = error;
	return fd;
}

/* What "Operation not permitted" leaves unsaid. */
static const char *permission(const char *type)
{
	if (errno != EPERM)
		return "";
	if (on_host() || !type)
		return ": only root may; run it with sudo";
	if (!strcmp(type, "proc") && getpid() == 1)
		return ": parts of this /proc are covered, as in Docker or "
		       "LXC, and a new one would show them: run it on the host";
	if (!strcmp(type, "proc"))
		return ": it shows a pid namespace, which must be this user "
		       "namespace's own: unshare -p -f first";
	return ": it shows a network namespace, which must be this user "
	       "namespace's own: unshare -n first";
}

void mount_on(const char *source, const char *type, unsigned long flags,
	      const char *data, const char *dir, const char *name)
{
	char place[sizeof "/proc/self/fd/" + 10];
	int fd = open_place(dir, name);

	if (fd < 0 && errno == EXDEV)
		errx(1, "%s/%s is mounted already", dir, name);
	if (fd < 0 && errno == ELOOP)
		errx(1, "%s/%s is a symbolic link, not a directory", dir, name);
	if (fd < 0)
		err(1, "%s/%s", dir, name);
	/* By way of the descriptor: whatever becomes of the name meanwhile, this
	 * is the directory that was looked at. */
	snprintf(place, sizeof place, "/proc/self/fd/%d", fd);
	if (mount(source, place, type, flags, data))
		errx(1, "mount %s on %s/%s: %s%s", type ? type : source, dir,
		     name, strerror(errno), permission(type));
	close(fd);
}

static void mount_dev(const char *dir)
{
	/* A user namespace may not lift a mount to see what lies below, so
	 * there /dev comes only with all that is mounted in it (MS_REC). */
	unsigned long recursive = on_host() ? 0 : MS_REC;

	say("mount --%s /dev %s/dev", recursive ? "rbind" : "bind",
	    quoted(dir));
	mount_on("/dev", NULL, MS_BIND | recursive, NULL, dir, "dev");
}

void mounts_add(const char *dir)
{
	mount_dev(dir);
	made++;

	say("mount -t proc none %s/proc", quoted(dir));
	mount_on("none", "proc", 0, NULL, dir, "proc");
	made++;

	say("mount -t sysfs none %s/sys", quoted(dir));
	mount_on("none", "sysfs", 0, NULL, dir, "sys");
	made++;

	say("mount -t tmpfs none %s/tmp", quoted(dir));
	mount_on("none", "tmpfs", 0, NULL, dir, "tmp");
	made++;
}

/* Unmount those of the first COUNT places that are mounted, the last one first. */
static int unmount(const char *dir, int count)
{
	char path[PATH_MAX];
	int fd, done = 0;
	bool whole;

	while (count-- > 0) {
		fd = open_place(dir, places[count]);
		if (fd >= 0)
			close(fd);
		snprintf(path, sizeof path, "%s/%s", dir, places[count]);
		if (fd >= 0 || errno == ENOENT || errno == ELOOP ||
		    errno == ENOTDIR)
			continue; /* nothing mounted there */
		if (errno != EXDEV) {
			warn("%s", path);
			return -1;
		}
		/* What came with dev in a user namespace may not be taken off
		 * alone: all of it at once (MNT_DETACH), or not at all. */
		whole = count == 0 && !on_host();
		say("umount %s%s", whole ? "-l " : "", quoted(path));
		if (umount2(path, UMOUNT_NOFOLLOW | (whole ? MNT_DETACH : 0))) {
			warn("umount %s", path);
			return -1;
		}
		done++;
	}
	return done;
}

int mounts_remove(const char *dir)
{
	return unmount(dir, sizeof places / sizeof *places);
}

void mounts_undo(const char *dir)
{
	unmount(dir, made);
}

void root_bind(const char *dir)
{
	/* pivot_root takes a mount point only: DIR becomes one, over itself. */
	say("mount --bind %s %s", quoted(dir), quoted(dir));
	if (mount(dir, dir, NULL, MS_BIND, NULL))
		err(1, "bind %s onto itself", dir);

	/* Only now: entered before, we would stand below the new mount. */
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
}

/* libc has no pivot_root. */
static int pivot_root(const char *new_root, const char *put_old)
{
	return (int)syscall(SYS_pivot_root, new_root, put_old);
}

void root_enter(void)
{
	/* The working directory becomes the root, and the old root is mounted on
	 * top of it: that needs no directory to put it in. */
	say("pivot_root . .");
	if (pivot_root(".", "."))
		err(1, "pivot_root");

	/* Take it off again, with all that was mounted in it. No path leads to
	 * the host any more; chroot would have left one for who knows how. */
	say("umount -l .");
	if (umount2(".", MNT_DETACH))
		err(1, "unmount the old root");

	say("cd /");
	if (chdir("/"))
		err(1, "cd /");
}

void close_from(int first)
{
	/* libc may lack close_range. */
	if (syscall(SYS_close_range, first, UINT_MAX, 0))
		err(1, "close_range");
}
