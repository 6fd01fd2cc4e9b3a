/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the launcher does while the container runs: wait for its end, or for a signal
 * to end it, and pass on what is typed and printed.
 *
 * The signals are blocked from the beginning and read from a descriptor, so that one
 * poll(2) waits for everything, and nothing is ever interrupted half-way.
 */
#include "../01-unshare/unshare.h"
#include "container.h"
#include "lesson.h"
#include "terminal.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>

static sigset_t held, mask_before;

void hold_signals(void)
{
	sigemptyset(&held);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGPIPE); /* who reads what we say is gone */
	sigaddset(&held, SIGWINCH);
	sigaddset(&held, SIGCHLD);
	sigprocmask(SIG_BLOCK, &held, &mask_before);
}

void release_signals(void)
{
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

/* Everything that the launcher watches while the container runs. */
struct watch {
	pid_t pid;	     /* the container's process 1 */
	int signals;	     /* a signalfd */
	struct flow in, out; /* typed, printed */
	int end_by;	     /* the signal that told us to end it, or 0 */
	long deadline;	     /* when it is killed, in milliseconds */
	int status;	     /* of wait(2), once it has ended */
};

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Tell the container to end: it has a second to do so. */
static void end(struct watch *w, int signal)
{
	if (w->end_by) /* told twice: do not wait */
		kill(w->pid, SIGKILL);
	else
		kill(w->pid, SIGTERM);
	w->end_by = signal;
	w->deadline = now() + 1000;
}

/* Has the container ended? */
static bool has_ended(struct watch *w)
{
	pid_t pid = waitpid(w->pid, &w->status, WNOHANG);

	if (pid < 0)
		err(1, "wait for the container");
	return pid > 0;
}

/* Take one signal. Returns whether the container has ended. */
static bool take_signal(struct watch *w)
{
	struct signalfd_siginfo info;

	if (read(w->signals, &info, sizeof info) != sizeof info)
		return false;
	if (info.ssi_signo == SIGCHLD)
		return has_ended(w);
	if (info.ssi_signo == SIGWINCH)
		terminal_resize(&w->in);
	else
		end(w, (int)info.ssi_signo);
	return false;
}

/* Wait for something to do, and do it. Returns whether the container has ended. */
static bool step(struct watch *w)
{
	struct pollfd fds[] = {
		{ w->signals, POLLIN, 0 },
		{ is_waiting(&w->in) ? -1 : w->in.from, POLLIN, 0 },
		{ is_waiting(&w->in) ? w->in.to : -1, POLLOUT, 0 },
		{ is_waiting(&w->out) ? -1 : w->out.from, POLLIN, 0 },
		{ is_waiting(&w->out) ? w->out.to : -1, POLLOUT, 0 },
	};
	long left = w->deadline - now();

	poll(fds, sizeof fds / sizeof *fds,
	     !w->end_by ? -1
	     : left > 0 ? (int)left
			: 0);
	if (!pass_on(&w->in, fds[1].revents, fds[2].revents))
		w->in.from = -1;
	if (!pass_on(&w->out, fds[3].revents, fds[4].revents))
		w->out.from = -1;
	if (w->end_by && now() >= w->deadline) {
		kill(w->pid, SIGKILL);
		w->deadline = now() + 1000;
	}
	return fds[0].revents && take_signal(w);
}

int attend(struct container *c, pid_t pid)
{
	static struct watch w = { .in = { -1, -1, 0, 0, "" },
				  .out = { -1, -1, 0, 0, "" } };

	w.pid = pid;
	w.signals = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w.signals < 0)
		err(1, "signalfd");
	terminal_connect(&w.in, &w.out, c->line);
	/* It may have ended before there was anything to read a signal from. */
	if (!has_ended(&w))
		while (!step(&w))
			;
	pass_rest(&w.out);
	terminal_restore();
	return w.end_by ? 128 + w.end_by : exit_status(w.status);
}
