/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * May an ordinary user make a user namespace here?
 *
 * Machines forbid it in several ways, and what the kernel says is the same word for most
 * of them: "Operation not permitted". Each has another way out.
 */
#include "../lesson.h"
#include "chapters.h"

#include <sched.h>
#include <sys/mount.h>

/* The number in FILE, or -1. */
static long number_in(const char *file)
{
	FILE *f = fopen(file, "re");
	long number = -1;

	if (f && fscanf(f, "%ld", &number) != 1)
		number = -1;
	if (f)
		fclose(f);
	return number;
}

/* Is / no mount point? On a whole system it is one. */
static bool in_chroot(void)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[2 * PATH_MAX], place[PATH_MAX] = "";

	while (mounts && strcmp(place, "/") && fgets(line, sizeof line, mounts))
		if (sscanf(line, "%*s %*s %*s %*s %4095s", place) != 1)
			*place = 0;
	if (mounts)
		fclose(mounts);
	return mounts && strcmp(place, "/");
}

/* What stands behind ERROR, an errno, and the way out of it. */
static const char *cause(int error)
{
	const char *apparmor =
		"/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

	if (error == ENOSPC &&
	    number_in("/proc/sys/user/max_user_namespaces") == 0)
		return "none is allowed here; to allow them: sysctl user.max_user_namespaces=10000";
	if (error != EPERM && error != EACCES)
		return strerror(error);
	if (number_in("/proc/sys/kernel/unprivileged_userns_clone") == 0)
		return "only root may make one here; to allow it: sysctl kernel.unprivileged_userns_clone=1";
	if (number_in(apparmor) == 1)
		return "AppArmor denies it to a program without a profile; TUTORIAL.md, \"Without root\", has one";
	if (in_chroot())
		return "a process in a chroot may not make one";
	return "a chroot, or a runtime around us, denies it";
}

/* Make a user namespace, and be root in it, in a process that is thrown away: where
 * AppArmor denies it, to make one is allowed, but not to do anything there. */
void try_user_namespace(void)
{
	char map[32];
	int error;
	pid_t pid;

	snprintf(map, sizeof map, "0 %u 1", geteuid());
	pid = spawn(0, -1);
	if (pid == 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) ||
		    write_text(map, "/proc/self/uid_map") ||
		    mount("none", "/", "tmpfs", 0, NULL))
			_exit(errno);
		_exit(0);
	}
	error = wait_for(pid);
	if (error > 128) /* a signal has ended it */
		exit(error);
	if (error)
		errx(1, "--rootless wants a user namespace: %s", cause(error));
}
