/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside the lesson: a child that ends when its parent ends, even if the parent is
 * killed. The lesson can be read without this file.
 */
#include "lesson.h"
#include "unshare.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int parent_open(void)
{
	int parent = (int)syscall(SYS_pidfd_open, getpid(), 0);

	if (parent < 0)
		err(1, "pidfd_open");
	return parent;
}

void end_with_parent(int parent)
{
	struct pollfd ended = { .fd = parent, .events = POLLIN };

	/* The parent may have ended before prctl(). (getppid() would not show it: it is
	 * 0 anyway if the parent is in another pid namespace.) */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) || poll(&ended, 1, 0) < 0)
		err(1, "PR_SET_PDEATHSIG");
	if (ended.revents)
		exit(1);
	close(parent);
}
