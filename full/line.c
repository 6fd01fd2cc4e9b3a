/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The line is a pair of connected sockets. One end is in the launcher, and the other in the
 * process that becomes the container. That process waits until the launcher sends a byte. When
 * the launcher ends, its end of the line closes.
 */
#include "../03-mounts/mounts.h" /* close_from() */
#include "container.h"
#include "lesson.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>

void let_go(const struct container *c)
{
	/* EPIPE: the process has ended, and has said why. attend() returns its status. */
	if (send(c->line, "", 1, MSG_NOSIGNAL) != 1 && errno != EPIPE)
		err(1, "let the container go");
}

/* The launcher's other descriptors must not stay open here after it has ended: as long as one
 * of them is open, the container's name is taken (beyond/name.c). */
void close_all_but_line(struct container *c)
{
	if (c->line != 3 && dup2(c->line, 3) < 0)
		err(1, "dup2");
	c->line = 3;
	close_from(4);
}

void wait_to_be_let_go(int line)
{
	char byte;
	ssize_t n = read(line, &byte, 1);

	if (n < 0)
		err(1, "wait for the launcher");
	if (n == 0)
		_exit(1);
}

void bind_to_launcher(int line)
{
	char byte;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		err(1, "PR_SET_PDEATHSIG");
	/* If the launcher ended before that call, the line is closed. (getppid(2) would not
	 * tell us: here it always returns 0, for a parent in another pid namespace.) */
	if (recv(line, &byte, 1, MSG_DONTWAIT) == 0)
		_exit(1);
}
