/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The terminal of the whole container, and its end.
 *
 * Who holds a terminal can type into it. So the container gets one of its own, a
 * pair of which it has one end and the launcher the other; the launcher passes what
 * is typed and printed on. The host's terminal is "raw" meanwhile: Ctrl-C is a byte
 * like any other there, and becomes a signal in the container's.
 */
#include "../01-unshare/unshare.h"
#include "container.h"
#include "lesson.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>

static sigset_t held, mask_before;
static struct termios host_before;
static pid_t raw_for; /* the launcher, while the host's terminal is raw */

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

static void restore_host(void)
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
	atexit(restore_host);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

/* One direction: what was read FROM and is still to be written TO. */
struct flow {
	int from, to;	   /* -1: closed */
	size_t start, end; /* of what waits, in bytes */
	char bytes[4096];
};

static bool is_waiting(const struct flow *flow)
{
	return flow->start < flow->end;
}

/* Do what can be done without waiting. False at the end of FROM. */
static bool pass_on(struct flow *flow, short readable, short writable)
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
	struct winsize size;

	if (read(w->signals, &info, sizeof info) != sizeof info)
		return false;
	if (info.ssi_signo == SIGCHLD)
		return has_ended(w);
	if (info.ssi_signo == SIGWINCH) {
		if (w->in.to >= 0 && !ioctl(STDIN_FILENO, TIOCGWINSZ, &size))
			ioctl(w->in.to, TIOCSWINSZ, &size);
	} else {
		end(w, (int)info.ssi_signo);
	}
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

/* Print what the container left behind in its terminal, to the end. */
static void print_rest(struct flow *out)
{
	struct pollfd writable = { out->to, POLLOUT, 0 };

	while (out->from >= 0 && pass_on(out, 1, 1) && out->end)
		if (is_waiting(out) && poll(&writable, 1, 1000) <= 0)
			break; /* somebody has stopped it with Ctrl-S */
}

/* Open the terminal at FD once more, so that what we set there is ours alone. */
static int reopen(int fd)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static void connect_terminals(struct watch *w, int line)
{
	int container = receive_descriptor(line);

	if (container < 0)
		return;
	fcntl(container, F_SETFL, O_NONBLOCK);
	if (isatty(STDIN_FILENO))
		w->in.from = STDIN_FILENO;
	w->in.to = w->out.from = container;
	if (terminal_from(STDOUT_FILENO) >= 0)
		w->out.to = reopen(terminal_from(STDOUT_FILENO));
	make_host_raw();
}

int attend(struct container *c, pid_t pid)
{
	static struct watch w = { .in = { -1, -1, 0, 0, "" },
				  .out = { -1, -1, 0, 0, "" } };

	w.pid = pid;
	w.signals = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w.signals < 0)
		err(1, "signalfd");
	if (terminal_from(STDIN_FILENO) >= 0)
		connect_terminals(&w, c->line);
	/* It may have ended before there was anything to read a signal from. */
	if (!has_ended(&w))
		while (!step(&w))
			;
	print_rest(&w.out);
	restore_host();
	return w.end_by ? 128 + w.end_by : exit_status(w.status);
}
