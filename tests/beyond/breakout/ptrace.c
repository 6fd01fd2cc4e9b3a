/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* ptrace PID: take hold of a process of the host's, which one could then rewrite; or read
 * its memory; or take a descriptor out of it. */
#include "attack.h"

#include <sys/ptrace.h>
#include <sys/uio.h>

int main(int argc, char *argv[])
{
	pid_t pid = argc == 2 ? atoi(argv[1]) : 0;
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	char byte;
	struct iovec here = { &byte, 1 }, there = { (void *)1, 1 };

	if (pid <= 0)
		return NOT_TRIED;
	if (syscall(SYS_pidfd_getfd, process, 0, 0) >= 0)
		return OUT;
	/* EFAULT: that it may read, but nothing is at the address 1. */
	if (process_vm_readv(pid, &here, 1, &there, 1, 0) >= 0 ||
	    errno == EFAULT)
		return OUT;
	return ptrace(PTRACE_SEIZE, pid, NULL, NULL) ? HELD : OUT;
}
