/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beyond the article: a terminal of the container's own.
 *
 * Who holds a terminal can type into it. So the container gets one of its own, a
 * pair of which it has one end and the launcher the other; the launcher passes what
 * is typed and printed on. The host's terminal is "raw" meanwhile: Ctrl-C is a byte
 * like any other there, and becomes a signal in the container's.
 */
#include "terminal.h"
#include "container.h"
#include "lesson.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>

static struct termios host_before;
static pid_t raw_for; /* the launcher, while the host's terminal is raw */

/* Which of stdin, stdout and stderr is a terminal? The first from FD on, or -1. */
static int terminal_from(int fd)
{
	while (fd <= STDERR_FILENO && !isatty(fd))
		fd++;
	return fd <= STDERR_FILENO ? fd : -1;
}

/* A person sits there, and not half a pipeline. */
static bool is_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* --- in the container --- */

static void send_descriptor(int line, int fd)
{
	char space[CMSG_SPACE(sizeof fd)] = { 0 };
	struct iovec byte = { .iov_base = "", .iov_len = 1 };
	struct msghdr message = { .msg_iov = &byte,
				  .msg_iovlen = 1,
				  .msg_control = space,
				  .msg_controllen = sizeof space };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&message);

	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(rights), &fd, sizeof fd);
	if (sendmsg(line, &message, 0) != 1)
		err(1, "hand the terminal over");
}

void open_terminal(const struct container *c)
{
	int host = terminal_from(STDIN_FILENO), ours, theirs, no = 0;
	struct termios settings;
	struct winsize size;

	/* A session without a terminal: else /dev/tty would be the host's. */
	setsid();
	if (host < 0)
		return;
	theirs = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (theirs < 0 || ioctl(theirs, TIOCSPTLCK, &no))
		err(1, "open a terminal");
	ours = ioctl(theirs, TIOCGPTPEER, O_RDWR | O_CLOEXEC);
	if (ours < 0 || ioctl(ours, TIOCSCTTY, 0))
		err(1, "open a terminal");

	tcgetattr(host, &settings);
	if (!is_interactive()) /* the host's does what there is to do */
		cfmakeraw(&settings);
	tcsetattr(ours, TCSANOW, &settings);
	if (!ioctl(host, TIOCGWINSZ, &size))
		ioctl(ours, TIOCSWINSZ, &size);

	send_descriptor(c->line, theirs);
	for (; host >= 0; host = terminal_from(host + 1))
		dup2(ours, host);
}

/* --- in the launcher --- */

/* Receive the launcher's end; -1 if the container ended before. */
static int receive_descriptor(int line)
{
	int fd = -1;
	char byte, space[CMSG_SPACE(sizeof fd)];
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = { .msg_iov = &iov,
				  .msg_iovlen = 1,
				  .msg_control = space,
				  .msg_controllen = sizeof space };

	if (recvmsg(line, &message, MSG_CMSG_CLOEXEC) == 1 &&
	    CMSG_FIRSTHDR(&message))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
	return fd;
}

void terminal_restore(void)
{
	if (raw_for == getpid() &&
	    tcsetattr(STDIN_FILENO, TCSANOW, &host_before))
		warn("put the terminal back (stty sane does)");
	raw_for = 0;
}

static void make_host_raw(void)
{
	struct termios raw;

	if (!is_interactive() || tcgetattr(STDIN_FILENO, &host_before))
		return;
	raw = host_before;
	cfmakeraw(&raw);
	raw_for = getpid();
	atexit(terminal_restore);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

/* Open the terminal at FD once more, so that what we set there is ours alone. If it is
 * somebody else's, as it is after su(1), FD has to do: a write may wait there. */
static int reopen(int fd)
{
	char path[32];
	int other;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	other = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return other < 0 ? fd : other;
}

void terminal_connect(struct flow *in, struct flow *out, int line)
{
	int container;

	if (terminal_from(STDIN_FILENO) < 0)
		return;
	container = receive_descriptor(line);
	if (container < 0)
		return;
	fcntl(container, F_SETFL, O_NONBLOCK);
	if (isatty(STDIN_FILENO))
		in->from = STDIN_FILENO;
	in->to = out->from = container;
	if (terminal_from(STDOUT_FILENO) >= 0)
		out->to = reopen(terminal_from(STDOUT_FILENO));
	make_host_raw();
}

void terminal_resize(const struct flow *in)
{
	struct winsize size;

	if (in->to >= 0 && !ioctl(STDIN_FILENO, TIOCGWINSZ, &size))
		ioctl(in->to, TIOCSWINSZ, &size);
}

/* --- what goes between the two --- */

bool is_waiting(const struct flow *flow)
{
	return flow->start < flow->end;
}

bool pass_on(struct flow *flow, short readable, short writable)
{
	ssize_t n;

	if (!is_waiting(flow) && readable) {
		n = read(flow->from, flow->bytes, sizeof flow->bytes);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return false;
		flow->start = 0;
		flow->end = n > 0 ? (size_t)n : 0;
		writable = 1;
	}
	if (is_waiting(flow) && writable) {
		n = write(flow->to, flow->bytes + flow->start,
			  flow->end - flow->start);
		if (n > 0)
			flow->start += (size_t)n;
		else if (n < 0 && errno != EAGAIN && errno != EINTR)
			flow->start = flow->end; /* nobody is there to read */
	}
	return true;
}

void pass_rest(struct flow *out)
{
	struct pollfd writable = { out->to, POLLOUT, 0 };

	while (out->from >= 0 && pass_on(out, 1, 1) && out->end)
		if (is_waiting(out) && poll(&writable, 1, 1000) <= 0)
			break; /* somebody has stopped it with Ctrl-S */
}
