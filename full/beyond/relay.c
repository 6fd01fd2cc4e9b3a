/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The relay between the host's terminal and the container's; see terminal.c.
 *
 * The host's terminal is "raw" meanwhile: Ctrl-C is a byte like any other there, and
 * becomes a signal in the container's. But in a pipeline it serves other programs, too, so
 * there it stays as it is; and in the background ("container &") it belongs to the shell.
 *
 * Both ends can be slow, or stopped with Ctrl-S, so no read or write waits.
 */
#include "terminal.h"
#include "../lesson.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <termios.h>

int terminal_from(int fd)
{
	while (fd <= STDERR_FILENO && !isatty(fd))
		fd++;
	return fd <= STDERR_FILENO ? fd : -1;
}

bool is_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* --- the host's terminal --- */

static struct termios before, raw;
static bool is_raw;

/* Is another job in the foreground of stdin? tcgetpgrp(3) */
static bool in_background(void)
{
	pid_t group = tcgetpgrp(STDIN_FILENO);

	return group >= 0 && group != getpgrp();
}

static void make_host_raw(void)
{
	if (is_raw || !is_interactive() || tcgetattr(STDIN_FILENO, &before))
		return;
	raw = before;
	cfmakeraw(&raw);
	is_raw = !tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

static void put_host_back(void)
{
	struct termios now;

	if (!is_raw)
		return;
	/* If the launcher was killed, the shell has taken the terminal back, and perhaps
	 * changed it already, as a line editor does. */
	if (!tcgetattr(STDIN_FILENO, &now) && now.c_lflag != raw.c_lflag)
		return;
	if (tcsetattr(STDIN_FILENO, TCSANOW, &before))
		warn("put the terminal back (stty sane does)");
}

/* Give the container's TERMINAL the size of the host's. TIOCSWINSZ(2const) */
static void resize(int terminal)
{
	struct winsize size;

	if (!ioctl(terminal_from(STDIN_FILENO), TIOCGWINSZ, &size))
		ioctl(terminal, TIOCSWINSZ, &size);
}

/* Open the terminal at FD once more, so that O_NONBLOCK is ours alone. If it belongs to
 * another user, as it does after su(1), FD has to do: a write may wait there. */
static int reopen(int fd, int access)
{
	char path[32];
	int other;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	other = open(path, access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return other < 0 ? fd : other;
}

/* --- what is passed on --- */

/* One direction: bytes[start..end) were read FROM and wait to be written TO. */
struct flow {
	int from, to; /* -1: none */
	bool edited;  /* FROM is not raw: it hands out lines */
	size_t start, end;
	char bytes[4096 + 1];
};

static bool is_waiting(const struct flow *flow)
{
	return flow->start < flow->end;
}

/* What FLOW has to wait for. poll(2) */
static struct pollfd next_step(const struct flow *flow)
{
	if (is_waiting(flow))
		return (struct pollfd){ flow->to, POLLOUT, 0 };
	return (struct pollfd){ flow->from, POLLIN, 0 };
}

/* Read what is there. False if there will be no more. */
static bool take(struct flow *flow)
{
	ssize_t n = read(flow->from, flow->bytes, sizeof flow->bytes - 1);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	flow->start = 0;
	flow->end = (size_t)n;
	/* No newline: Ctrl-D has ended the line. The host's terminal keeps the Ctrl-D, but
	 * the container's terminal needs one too. */
	if (flow->edited && (n == 0 || flow->bytes[n - 1] != '\n'))
		flow->bytes[flow->end++] = CTRL_D;
	return is_waiting(flow);
}

/* Read and write what can be without waiting. False if there will be no more. */
static bool pass_on(struct flow *flow)
{
	ssize_t n;

	if (!is_waiting(flow) && !take(flow))
		return false;
	n = write(flow->to, flow->bytes + flow->start, flow->end - flow->start);
	if (n > 0)
		flow->start += (size_t)n;
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		flow->start = flow->end; /* there is no reader */
	return true;
}

/* Take the signal that has come. Is it the one that tells us to end? */
static bool told_to_end(int signals, int terminal)
{
	struct signalfd_siginfo info = { 0 };

	if (read(signals, &info, sizeof info) == sizeof info &&
	    info.ssi_signo == SIGWINCH)
		resize(terminal);
	return info.ssi_signo == SIGTERM;
}

/* Pass on in both directions, until no process has the container's terminal open (then
 * reading from it fails), or until we are told to end. */
static void pass_all(struct flow *in, struct flow *out, int signals)
{
	for (;;) {
		enum { SIGNALS, OUT, IN };
		bool ours = !in_background();
		struct pollfd fds[] = { [SIGNALS] = { signals, POLLIN, 0 },
					[OUT] = next_step(out),
					[IN] = next_step(in) };

		if (ours)
			make_host_raw();
		else
			fds[IN].fd = -1; /* what is typed is for others */
		/* No signal says that a job has come to the foreground. */
		if (poll(fds, 3, ours ? -1 : 100) < 0)
			continue;
		if (fds[SIGNALS].revents && told_to_end(signals, in->to))
			return;
		if (fds[OUT].revents && !pass_on(out))
			return;
		if (fds[IN].revents & POLLHUP)
			in->from = -1;
		else if (fds[IN].revents)
			pass_on(in);
	}
}

/* Pass on what the container printed last. A process outside may have its terminal open,
 * and print without end, and the host's may be stopped: so go on for a while only. */
static void pass_rest(struct flow *out)
{
	struct pollfd step;
	int left = 4096;

	do
		step = next_step(out);
	while (left-- > 0 && poll(&step, 1, is_waiting(out) ? 5000 : 100) > 0 &&
	       pass_on(out));
}

void relay_bytes(int terminal)
{
	static struct flow in = { .from = -1 }, out = { .to = -1 };
	sigset_t taken;

	sigemptyset(&taken);
	sigaddset(&taken, SIGWINCH);
	sigaddset(&taken, SIGTERM); /* of the launcher */
	sigprocmask(SIG_BLOCK, &taken, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* To touch the terminal from the background would stop us, and the launcher. */
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);

	in.to = out.from = terminal;
	in.edited = !is_interactive();
	fcntl(terminal, F_SETFL, O_NONBLOCK);
	if (isatty(STDIN_FILENO))
		in.from = reopen(STDIN_FILENO, O_RDONLY);
	if (terminal_from(STDOUT_FILENO) >= 0)
		out.to = reopen(terminal_from(STDOUT_FILENO), O_WRONLY);
	resize(terminal); /* it may have changed since the container asked */
	pass_all(&in, &out, signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK));
	pass_rest(&out);
	put_host_back();
}
