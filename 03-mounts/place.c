/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 3: checks that make it safe to run as root, and error messages. The lesson
 * can be read without this file.
 *
 * Root in a container may have made proc a symbolic link to /etc. A mount on the path
 * proc would then cover the host's /etc.
 */
#include "mounts.h"
#include "lesson.h"

#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
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

const char *place(const char *name)
{
	int fd = open_place(name);
	char *path;

	if (fd < 0 && errno == EXDEV)
		errx(1, "%s/%s is mounted already", getcwd(NULL, 0), name);
	if (fd < 0 && errno == ELOOP)
		errx(1, "%s/%s is a symbolic link, not a directory",
		     getcwd(NULL, 0), name);
	if (fd < 0 || asprintf(&path, "/proc/self/fd/%d", fd) < 0)
		err(1, "%s/%s", getcwd(NULL, 0), name);
	return path;
}

bool is_mounted(const char *name)
{
	int fd = open_place(name);

	if (fd >= 0)
		close(fd);
	else if (errno == EXDEV)
		return true;
	else if (errno != ENOENT && errno != ELOOP && errno != ENOTDIR)
		err(1, "%s/%s", getcwd(NULL, 0), name);
	return false; /* also if NAME does not exist, or is a link or a file */
}

bool on_host(void)
{
	struct stat ns;

	/* The host's has this number on every machine (PROC_USER_INIT_INO in the
	 * kernel). A kernel without user namespaces has no such file. */
	return stat("/proc/self/ns/user", &ns) || ns.st_ino == 0xEFFFFFFD;
}

/* The likely cause of "Operation not permitted". */
static const char *hint(const char *type)
{
	if (errno != EPERM)
		return "";
	if (on_host())
		return ": only root may; run it with sudo";
	if (!strcmp(type, "proc") && getpid() == 1)
		return ": parts of this /proc are covered, as in Docker or LXC, and a new one would show them: run it on the host";
	return ": only root may, and a user namespace needs mount, pid and network namespaces of its own for this: unshare -m -p -f -n first";
}

void mount_failed(const char *type, const char *name)
{
	const char *reason = strerror(errno), *more = hint(type);

	warnx("mount %s on %s/%s: %s%s", type, getcwd(NULL, 0), name, reason,
	      more);
	mounts_remove(); /* none was mounted before: place() has checked that */
	exit(1);
}

void close_from(int first)
{
	/* O_CLOEXEC would close them too late: exec looks up the program first, and the
	 * program may be a link through /proc/self/fd/N (CVE-2024-21626). libc may lack
	 * close_range(). */
	if (syscall(SYS_close_range, first, UINT_MAX, 0))
		err(1, "close_range");
}
