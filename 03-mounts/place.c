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
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

const char *place(const char *name)
{
	/* With these flags openat2 fails with ELOOP if NAME is a symbolic link, and with EXDEV
	 * if something is mounted on it. */
	struct open_how how = {
		.flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
	};
	/* libc has no openat2. */
	int fd = (int)syscall(SYS_openat2, AT_FDCWD, name, &how, sizeof how);
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

bool on_host(void)
{
	struct stat ns;

	/* The host's user namespace has this number on every machine (PROC_USER_INIT_INO in
	 * the kernel). A kernel without user namespaces has no such file. */
	return stat("/proc/self/ns/user", &ns) || ns.st_ino == 0xEFFFFFFD;
}

void mount_failed(const char *type, const char *name)
{
	static const char *const names[] = { "dev", "proc", "sys", "tmp" };
	const char *hint = "";
	int error = errno;
	bool host = on_host();

	/* Process 1 has a pid namespace of its own, so for proc the cause is another one. */
	if (error == EPERM && host)
		hint = ": only root may; run it with sudo";
	else if (error == EPERM && getpid() == 1 && !strcmp(type, "proc"))
		hint = ": parts of this /proc are covered, as in Docker or LXC, and a new one would show them: run it on the host";
	else if (error == EPERM)
		hint = ": only root may, and a user namespace needs mount, pid and network namespaces of its own for this: unshare -m -p -f -n first";

	/* What is mounted on these is ours, because place() has found nothing there. */
	for (int i = 0; i < 4; i++)
		umount2(names[i], UMOUNT_NOFOLLOW | (host ? 0 : MNT_DETACH));
	errx(1, "mount %s on %s/%s: %s%s", type, getcwd(NULL, 0), name,
	     strerror(error), hint);
}

void close_from(int first)
{
	/* O_CLOEXEC would close them too late: exec looks up the program first, and its path
	 * may lead through /proc/self/fd/N (CVE-2024-21626). musl has no close_range(). */
	if (syscall(SYS_close_range, first, UINT_MAX, 0))
		err(1, "close_range");
}
