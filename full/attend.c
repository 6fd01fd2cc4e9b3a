/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the launcher does while the container runs: wait for it to end, or for a signal
 * to end it.
 *
 * The signals are blocked from the beginning and taken here one by one, so that nothing
 * is ever interrupted half-way. sigtimedwait(2)
 */
#include "../01-unshare/unshare.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"

#include <signal.h>
#include <sys/wait.h>

static sigset_t held, mask_before;

void hold_signals(void)
{
	/* These do not end a process. signal(7) */
	static const int harmless[] = { SIGTSTP, SIGTTIN,  SIGTTOU,
					SIGCONT, SIGWINCH, SIGURG };
	struct sigaction action;

	sigfillset(&held);
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		sigdelset(&held, harmless[i]);
	/* A signal that we ignore is not held, or attend() would end the container for it:
	 * nohup(1) has its program ignore SIGHUP, a script with "&" SIGINT. */
	for (int n = 1; n <= SIGRTMAX; n++)
		if (!sigaction(n, NULL, &action) &&
		    action.sa_handler == SIG_IGN)
			sigdelset(&held, n);
	sigaddset(&held, SIGCHLD); /* even so: spawn() ends its being ignored */
	sigprocmask(SIG_BLOCK, &held, &mask_before);
}

void release_signals(void)
{
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

int attend(struct container *c)
{
	const struct timespec second = { .tv_sec = 1 };
	int status, got, told = 0; /* the signal that told us to end */
	pid_t ended;

	serve_terminal(c); /* beyond the article */
	while ((ended = waitpid(c->pid, &status, WNOHANG)) == 0) {
		/* NULL: without end. */
		got = sigtimedwait(&held, NULL, told ? &second : NULL);
		if (got == SIGCHLD || (got < 0 && errno == EINTR))
			continue;
		/* Ask it to end. If we are told again, or a second later (EAGAIN), end it:
		 * process 1 of a pid namespace gets SIGTERM only if it handles it. */
		kill(c->pid, told ? SIGKILL : SIGTERM);
		if (!told)
			told = got;
	}
	if (ended < 0)
		err(1, "wait for the container");
	return told ? 128 + told : exit_status(status);
}
