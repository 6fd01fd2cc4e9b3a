/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A terminal of the container's own.
 *
 * A process that has a terminal open can type into it (TIOCSTI), and so give commands to
 * the shell that reads from it after the container's end. So the container gets a terminal
 * of its own: a pair of which it has one end, and a process on the host the other. That
 * process, the relay, passes on what is typed and printed (relay.c). It is not the
 * launcher, so that the host's terminal is put back even if the launcher is killed.
 */
#include "terminal.h"
#include "../lesson.h"
#include "chapters.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>

/* --- in the container --- */

static void send_descriptor(int line, int fd)
{
	_Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof fd)] = { 0 };
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

/* Make the INNER terminal like the HOST's. */
static void copy_settings(int host, int inner)
{
	struct termios settings;
	struct winsize size;

	tcgetattr(host, &settings);
	if (!is_interactive()) { /* the host's stays as it is, and edits lines */
		cfmakeraw(&settings);
		settings.c_lflag |= ICANON; /* for Ctrl-D, which ends input */
		settings.c_cc[VEOF] = CTRL_D;
	}
	tcsetattr(inner, TCSANOW, &settings);
	if (!ioctl(host, TIOCGWINSZ, &size))
		ioctl(inner, TIOCSWINSZ, &size);
}

void open_terminal(const struct container *c)
{
	int host = terminal_from(STDIN_FILENO), inner, outer, no = 0;

	/* A session without a terminal: else /dev/tty would be the host's. */
	setsid();
	if (host < 0)
		return;
	/* What posix_openpt(3), unlockpt(3) and open(2) of ptsname(3) do. */
	outer = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (outer < 0 || ioctl(outer, TIOCSPTLCK, &no))
		err(1, "open a terminal");
	inner = ioctl(outer, TIOCGPTPEER, O_RDWR | O_CLOEXEC);
	if (inner < 0 || ioctl(inner, TIOCSCTTY, 0))
		err(1, "open a terminal");

	copy_settings(host, inner);
	send_descriptor(c->line, outer);
	for (; host >= 0; host = terminal_from(host + 1))
		dup2(inner, host);
}

/* --- in the launcher --- */

/* Receive the launcher's end; -1 if the container ended before. */
static int receive_descriptor(int line)
{
	int fd = -1;
	_Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof fd)];
	char byte;
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

static pid_t relay;

/* The container has ended by now, so the relay ends by itself, unless a process outside
 * has its terminal open. */
static void end_relay(struct container *c)
{
	(void)c;
	kill(relay, SIGTERM);
	wait_for(relay);
}

void start_relay(struct container *c)
{
	int terminal;

	if (terminal_from(STDIN_FILENO) < 0)
		return;
	relay = spawn(0, -1);
	if (relay == 0) {
		/* The launcher's other descriptors: its name and rules last as long
		 * as they are open. */
		close_all_but_line(c);
		/* The launcher itself must not wait for that. With --enter root inside
		 * can stop the process which is to send it. */
		terminal = receive_descriptor(c->line);
		if (terminal >= 0)
			relay_bytes(terminal);
		_exit(0);
	}
	at_end(c, end_relay);
}
