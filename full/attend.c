/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * While the container runs, the launcher waits for its end. On a signal, the launcher ends
 * the container.
 *
 * Signals are blocked from the beginning and accepted here one at a time, so that none of
 * them interrupts the launcher in the middle of something. sigwaitinfo(2)
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
	/* By default these do not end a process. signal(7) */
	static const int harmless[] = { SIGTSTP, SIGTTIN,  SIGTTOU,
					SIGCONT, SIGWINCH, SIGURG };

	sigfillset(&held);
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		sigdelset(&held, harmless[i]);
	sigprocmask(SIG_BLOCK, &held, &mask_before);
}

void release_signals(void)
{
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

/* A signal that we ignore must not end the container. nohup(1) has its command ignore
 * SIGHUP, and a script has a command that it starts with "&" ignore SIGINT. */
bool is_ignored(int n)
{
	struct sigaction action;

	return !sigaction(n, NULL, &action) && action.sa_handler == SIG_IGN;
}

int wait_or_end(pid_t pid)
{
	int told = 0; /* the signal that told us to end */
	int status, got;
	pid_t ended;

	while ((ended = waitpid(pid, &status, WNOHANG)) == 0) {
		got = sigwaitinfo(&held, NULL);
		if (got == SIGCHLD || (got < 0 && errno == EINTR) ||
		    is_ignored(got))
			continue;
		/* Ask it to end. Process 1 of a pid namespace gets SIGTERM only if it has a
		 * handler. So kill it on the next signal, which is SIGALRM after a second. (A
		 * timeout would begin anew with each SIGCHLD, and PID can cause many.) */
		kill(pid, told ? SIGKILL : SIGTERM);
		if (told)
			continue;
		told = got;
		signal(SIGALRM, SIG_DFL); /* our caller may have ignored it */
		alarm(1);
	}
	alarm(0);
	if (ended < 0)
		err(1, "wait for process %d", pid);
	return told ? 128 + told : exit_status(status);
}

int attend(struct container *c)
{
	serve_terminal(c); /* beyond the article */
	return wait_or_end(c->pid);
}
