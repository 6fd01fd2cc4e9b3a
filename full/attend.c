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
	struct sigaction hangup;

	sigemptyset(&held);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGPIPE); /* what we print has no reader any more */
	sigaddset(&held, SIGCHLD);
	/* Held, it would end us even where nohup(1) has had us ignore it. */
	if (!sigaction(SIGHUP, NULL, &hangup) && hangup.sa_handler != SIG_IGN)
		sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, &mask_before);
}

void release_signals(void)
{
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

int attend(struct container *c)
{
	const struct timespec second = { .tv_sec = 1 };
	int status, signal, told = 0; /* the signal that told us to end */
	pid_t ended;

	serve_terminal(c); /* beyond the article */
	while ((ended = waitpid(c->pid, &status, WNOHANG)) == 0) {
		/* Without end; but for a second once it has been asked to end. */
		signal = sigtimedwait(&held, NULL, told ? &second : NULL);
		if (signal == SIGCHLD || (signal < 0 && errno == EINTR))
			continue;
		/* Process 1 of a pid namespace gets SIGTERM only if it handles it. */
		kill(c->pid, told ? SIGKILL : SIGTERM);
		if (!told)
			told = signal;
	}
	if (ended < 0)
		err(1, "wait for the container");
	return told ? 128 + told : exit_status(status);
}
