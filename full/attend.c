/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the launcher does while the container runs: wait for it to end, or for a signal
 * to end it.
 *
 * The signals are blocked from the beginning and taken here one by one, so that nothing
 * is ever interrupted half-way. sigwaitinfo(2)
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

/* Wait for a signal, and for no more than a second if HURRY. Returns 0 if none came. */
static int next_signal(bool hurry)
{
	struct timespec second = { .tv_sec = 1 };
	int signal;

	do
		signal = hurry ? sigtimedwait(&held, NULL, &second)
			       : sigwaitinfo(&held, NULL);
	while (signal < 0 && errno == EINTR);
	if (signal < 0 && errno != EAGAIN)
		err(1, "wait for a signal");
	return signal > 0 ? signal : 0;
}

/* Has process PID ended? Its status goes to STATUS. */
static bool has_ended(pid_t pid, int *status)
{
	pid_t ended = waitpid(pid, status, WNOHANG);

	if (ended < 0)
		err(1, "wait for the container");
	return ended == pid;
}

int attend(struct container *c, pid_t pid)
{
	int status, signal, told = 0;

	serve_terminal(c); /* beyond the article */
	while (!has_ended(pid, &status)) {
		signal = next_signal(told);
		if (signal == SIGCHLD)
			continue;
		/* The first time it is asked to end, and has a second for that. Process
		 * 1 of a pid namespace gets SIGTERM only if it handles it. */
		kill(pid, told ? SIGKILL : SIGTERM);
		if (!told)
			told = signal;
	}
	leave_terminal();
	return told ? 128 + told : exit_status(status);
}
