/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The relay between the host's terminal and the container's; see terminal.c.
 *
 * The host's terminal is "raw" meanwhile: Ctrl-C is a byte like any other there, and
 * becomes a signal in the container's. Both ends can be slow, or stopped with Ctrl-S, so
 * no write waits.
 */
#include "terminal.h"
#include "../lesson.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
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

static struct termios before, raw;
static bool is_raw;

static void make_host_raw(void)
{
	if (!is_interactive() || tcgetattr(STDIN_FILENO, &before))
		return;
	raw = before;
	cfmakeraw(&raw);
	is_raw = !tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
	/* If the launcher is killed, the shell takes the terminal back. To change it from
	 * the background would stop us. */
	signal(SIGTTOU, SIG_IGN);
}

static void put_host_back(void)
{
	struct termios now;

	if (!is_raw)
		return;
	/* Perhaps that shell has changed it already, as a line editor does. */
	if (!tcgetattr(STDIN_FILENO, &now) && now.c_lflag != raw.c_lflag)
		return;
	if (tcsetattr(STDIN_FILENO, TCSANOW, &before))
		warn("put the terminal back (stty sane does)");
}

/* Open the terminal at FD once more, so that O_NONBLOCK is ours alone. If it
 * belongs to another user, as it does after su(1), FD has to do: a write may wait there. */
static int reopen(int fd)
{
	char path[32];
	int other;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	other = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return other < 0 ? fd : other;
}

/* One direction: bytes[start..end) were read FROM and wait to be written TO. */
struct flow {
	int from, to;	   /* -1: closed */
	size_t start, end; /* end is 0 when nothing was read */
	char bytes[4096];
};

/* Does FLOW hold something that is still to be written? */
static bool is_waiting(const struct flow *flow)
{
	return flow->start < flow->end;
}

/* Read and write what can be without waiting; READABLE and WRITABLE are what poll(2)
 * says of the two ends. False at the end of FROM. */
static bool pass_on(struct flow *flow, short readable, short writable)
{
	ssize_t n;

	if (!is_waiting(flow) && readable) {
		n = read(flow->from, flow->bytes, sizeof flow->bytes);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return false;
		flow->start = 0;
		flow->end = n > 0 ? (size_t)n : 0;
		writable = 1; /* try at once */
	}
	if (is_waiting(flow) && writable) {
		n = write(flow->to, flow->bytes + flow->start,
			  flow->end - flow->start);
		if (n > 0)
			flow->start += (size_t)n;
		else if (n < 0 && errno != EAGAIN && errno != EINTR)
			flow->start = flow->end; /* there is no reader */
	}
	return true;
}

/* Pass on what is left, to the end; give up where nothing is taken for a second. */
static void pass_rest(struct flow *out)
{
	struct pollfd writable = { out->to, POLLOUT, 0 };

	while (pass_on(out, 1, 1) && out->end)
		if (is_waiting(out) && poll(&writable, 1, 1000) <= 0)
			break; /* stopped with Ctrl-S */
}

/* Give the container's terminal the size of the host's. TIOCSWINSZ(2const) */
static void resize(int terminal)
{
	struct winsize size;

	if (!ioctl(STDIN_FILENO, TIOCGWINSZ, &size))
		ioctl(terminal, TIOCSWINSZ, &size);
}

/* Pass on in both directions, until no process in the container has its terminal open:
 * then reading from OUT->from fails. */
static void pass_all(struct flow *in, struct flow *out, int resized)
{
	struct signalfd_siginfo info;

	for (;;) {
		enum { RESIZED, IN_FROM, IN_TO, OUT_FROM, OUT_TO };
		struct pollfd fds[] = {
			[RESIZED] = { resized, POLLIN, 0 },
			[IN_FROM] = { is_waiting(in) ? -1 : in->from, POLLIN,
				      0 },
			[IN_TO] = { is_waiting(in) ? in->to : -1, POLLOUT, 0 },
			[OUT_FROM] = { is_waiting(out) ? -1 : out->from, POLLIN,
				       0 },
			[OUT_TO] = { is_waiting(out) ? out->to : -1, POLLOUT,
				     0 },
		};

		if (poll(fds, sizeof fds / sizeof *fds, -1) < 0)
			continue;
		if (fds[RESIZED].revents &&
		    read(resized, &info, sizeof info) > 0)
			resize(in->to);
		if (!pass_on(in, fds[IN_FROM].revents, fds[IN_TO].revents)) {
			/* Once for a line that is not whole, once for the end. */
			in->from = -1;
			memset(in->bytes, CTRL_D, 2);
			in->start = 0;
			in->end = 2;
		}
		if (!pass_on(out, fds[OUT_FROM].revents, fds[OUT_TO].revents))
			return;
	}
}

void relay_bytes(int terminal)
{
	static struct flow in = { .from = -1 }, out = { .to = -1 };
	sigset_t window;

	in.to = out.from = terminal;
	fcntl(terminal, F_SETFL, O_NONBLOCK);
	if (isatty(STDIN_FILENO))
		in.from = STDIN_FILENO;
	if (terminal_from(STDOUT_FILENO) >= 0)
		out.to = reopen(terminal_from(STDOUT_FILENO));
	sigemptyset(&window);
	sigaddset(&window, SIGWINCH);
	sigprocmask(SIG_BLOCK, &window, NULL);
	make_host_raw();
	resize(terminal); /* it may have changed since the container asked */
	pass_all(&in, &out, signalfd(-1, &window, SFD_CLOEXEC | SFD_NONBLOCK));
	pass_rest(&out);
	put_host_back();
}
