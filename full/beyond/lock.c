/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * One change to the network at a time.
 *
 * Two that start at the same time would both find that 192.168.1.0/24 is free, and both
 * take it. And one that ends could turn forwarding off just after another has found it on.
 * So a launcher that looks at the network in order to change it holds this lock.
 */
#include "chapters.h"
#include "../lesson.h"

#include <signal.h>
#include <sys/file.h>
#include <time.h>

/* Any file would do. This one is there once for each network namespace, and only its root
 * can open it, so that no other user can keep us waiting. */
#define FILE_TO_LOCK "/proc/sys/net/ipv4/tcp_fastopen_key"

static int fd = -1; /* the lock lasts as long as this is open. flock(2) */

/* The signal that told us to end, or 0: signals are held back until attend(). */
static int told_to_end(void)
{
	sigset_t pending;

	sigpending(&pending);
	for (int n = 1; n <= SIGRTMAX; n++)
		if (n != SIGCHLD && sigismember(&pending, n) == 1 &&
		    !is_ignored(n))
			return n;
	return 0;
}

/* Wait until no other process has the lock, and take it. 0, or -1 with errno: EINTR if we
 * are told to end. */
static int wait_for_lock(void)
{
	const struct timespec pause = { .tv_nsec = 10000000 };

	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno == EWOULDBLOCK && told_to_end())
			errno = EINTR;
		if (errno != EWOULDBLOCK)
			return -1;
		nanosleep(&pause, NULL);
	}
	return 0;
}

void unlock_network(void)
{
	if (fd >= 0)
		close(fd);
	fd = -1;
}

bool lock_for_undoing(void)
{
	if (fd < 0)
		fd = open(FILE_TO_LOCK, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && !wait_for_lock())
		return true;
	warn("lock " FILE_TO_LOCK);
	unlock_network();
	return false;
}

void lock_network(void)
{
	if (!lock_for_undoing())
		exit(told_to_end() ? 128 + told_to_end() : 1);
}
