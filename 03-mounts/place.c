/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 3: what makes it safe to run as root, and plain when something goes wrong.
 * The lesson can be read without this file.
 *
 * Root of a container may have made proc a symbolic link to /etc. A mount on the path
 * proc would then cover the host's /etc.
 */
#include "mounts.h"
#include "lesson.h"

#include <limits.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

/* Open the directory NAME here. The kernel fails with ELOOP if it is a symbolic link, and
 * with EXDEV if something is mounted on it. */
static int open_place(const char *name)
{
	struct open_how how = {
		.flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
	};

	/* libc has no openat2. */
	return (int)syscall(SYS_openat2, AT_FDCWD, name, &how, sizeof how);
}

/* The working directory, for messages. */
static const char *here(void)
{
	const char *dir = getcwd(NULL, 0);

	return dir ? dir : ".";
}

const char *place(const char *name)
{
	int fd = open_place(name);
	char *path;

	if (fd < 0 && errno == EXDEV)
		errx(1, "%s/%s is mounted already", here(), name);
	if (fd < 0 && errno == ELOOP)
		errx(1, "%s/%s is a symbolic link, not a directory", here(),
		     name);
	if (fd < 0 || asprintf(&path, "/proc/self/fd/%d", fd) < 0)
		err(1, "%s/%s", here(), name);
	return path;
}

bool is_mounted(const char *name)
{
	int fd = open_place(name);

	if (fd >= 0)
		close(fd);
	else if (errno != EXDEV && errno != ENOENT && errno != ELOOP &&
		 errno != ENOTDIR)
		err(1, "%s/%s", here(), name);
	return fd < 0 && errno == EXDEV;
}

bool on_host(void)
{
	unsigned inside, outside, count;
	FILE *map = fopen("/proc/self/uid_map", "re");
	bool all;

	if (!map)
		return true; /* a kernel without user namespaces */
	/* The host's map has all ids there are. A map may still be empty. */
	if (fscanf(map, "%u %u %u", &inside, &outside, &count) == 3)
		all = count == UINT_MAX;
	else
		all = ferror(map);
	fclose(map);
	return all;
}

/* What "Operation not permitted" does not say. */
static const char *hint(const char *type)
{
	if (errno != EPERM)
		return "";
	if (on_host() || *type == '/')
		return ": only root may; run it with sudo";
	if (strcmp(type, "proc"))
		return ": it shows a network namespace, which must be this "
		       "user namespace's own: unshare -n first";
	if (getpid() == 1)
		return ": parts of this /proc are covered, as in Docker or "
		       "LXC, and a new one would show them: run it on the host";
	return ": it shows a pid namespace, which must be this user "
	       "namespace's own: unshare -p -f first";
}

void mount_failed(const char *type, const char *name)
{
	const char *reason = strerror(errno), *more = hint(type);

	mounts_remove(); /* none of the four was mounted before */
	errx(1, "mount %s on %s/%s: %s%s", type, here(), name, reason, more);
}

void close_from(int first)
{
	/* A directory of the old root that is still open would be a way back to it.
	 * "Close on exec" is too late: exec looks its program up before it closes
	 * anything, and that may be a link to /proc/self/fd/7/.. (CVE-2024-21626).
	 * libc may lack close_range. */
	if (syscall(SYS_close_range, first, UINT_MAX, 0))
		err(1, "close_range");
}

const char *typed(char *argv[])
{
	char *line = "";

	for (; *argv; argv++) {
		const char *word = quoted(*argv);

		if (asprintf(&line, "%s %s", line, word) < 0)
			err(1, "quote %s", *argv);
		if (word != *argv)
			free((char *)word);
	}
	return line;
}
