/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* reconnect PORT: stdin is a socket of the host's network. Connect it to what listens on PORT of
 * the host's 127.0.0.1. */
#include "attack.h"

#include <arpa/inet.h>

int main(int argc, char *argv[])
{
	struct sockaddr_in nowhere = { .sin_family = AF_UNSPEC };
	struct sockaddr_in to = { .sin_family = AF_INET };

	if (argc != 2)
		return NOT_TRIED;
	to.sin_port = htons((in_port_t)atoi(argv[1]));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(0, (struct sockaddr *)&nowhere, sizeof nowhere))
		return HELD;
	return connect(0, (struct sockaddr *)&to, sizeof to) ? HELD : OUT;
}
