/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* ptrace PID: take hold of a process of the host's, which one could then rewrite. */
#include "attack.h"

#include <sys/ptrace.h>

int main(int argc, char *argv[])
{
	if (argc != 2)
		return NOT_TRIED;
	return ptrace(PTRACE_SEIZE, atoi(argv[1]), NULL, NULL) ? HELD : OUT;
}
