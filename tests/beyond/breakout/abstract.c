/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * abstract listen: on the host, wait at a socket whose name is not in the file system.
 * abstract: connect to it. Desktops and engines have had such sockets.
 */
#include "attack.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char *argv[])
{
	struct sockaddr_un name = { AF_UNIX, "\0breakout" };
	socklen_t size = offsetof(struct sockaddr_un, sun_path) + 9;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)argv;
	if (argc == 1)
		return connect(fd, (struct sockaddr *)&name, size) ? HELD : OUT;
	if (bind(fd, (struct sockaddr *)&name, size) || listen(fd, 5))
		err(NOT_TRIED, "bind");
	for (;;)
		close(accept(fd, NULL, NULL));
}
