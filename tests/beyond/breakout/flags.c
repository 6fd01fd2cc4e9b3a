/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * flags set: have no write to stdout, nor read from stdin, wait any more. The flag belongs to
 * the pipe's end, which the caller has open as well.
 * flags left: what the caller starts next, does it find that? Most programs take it for an error.
 */
#include "attack.h"

int main(int argc, char *argv[])
{
	int result = HELD;

	if (argc != 2)
		return NOT_TRIED;
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (!strcmp(argv[1], "set"))
			fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
		else if (fcntl(fd, F_GETFL) & O_NONBLOCK)
			result = OUT;
	}
	return result;
}
