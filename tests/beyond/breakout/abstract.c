/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * abstract listen NAME: on the host, wait at a socket whose name is not in the file system.
 * abstract NAME: connect to it. Desktops and engines have had such sockets.
 */
#include "attack.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char *argv[])
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	const char *text = argc > 1 ? argv[argc - 1] : "";
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				     1 + strlen(text));
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "%s", text);
	if (argc == 2)
		return connect(fd, (struct sockaddr *)&name, size) ? HELD : OUT;
	if (bind(fd, (struct sockaddr *)&name, size) || listen(fd, 5))
		err(NOT_TRIED, "bind");
	for (;;)
		close(accept(fd, NULL, NULL));
}
