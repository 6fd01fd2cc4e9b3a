/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* userns: get every capability again, in a user namespace within this one. */
#include "attack.h"

#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

static int wait_for_ok(pid_t pid)
{
	int status;

	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

int main(void)
{
	struct clone_args args = { .flags = CLONE_NEWUSER,
				   .exit_signal = SIGCHLD };
	pid_t pid;

	pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
	if (pid == 0)
		_exit(0);
	if (wait_for_ok(pid))
		return OUT;
	pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	if (wait_for_ok(pid))
		return OUT;
	return unshare(CLONE_NEWUSER) ? HELD : OUT;
}
