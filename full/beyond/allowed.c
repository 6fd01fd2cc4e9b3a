/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * May an ordinary user make a user namespace here?
 *
 * Many machines forbid it. Without this chapter some later call would fail, and its name
 * would not tell why.
 */
#include "../lesson.h"
#include "chapters.h"

#include <sched.h>
#include <sys/mount.h>

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
		errx(1, "--rootless wants a user namespace: %s",
		     strerror(error));
}
