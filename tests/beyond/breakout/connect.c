/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* connect ADDRESS PORT: reach a service of the host's. Waits two seconds at most. */
#include "attack.h"

#include <arpa/inet.h>
#include <sys/time.h>

int main(int argc, char *argv[])
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct timeval patience = { .tv_sec = 2 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (argc != 3 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1)
		return NOT_TRIED;
	to.sin_port = htons((in_port_t)atoi(argv[2]));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	return connect(fd, (struct sockaddr *)&to, sizeof to) ? HELD : OUT;
}
