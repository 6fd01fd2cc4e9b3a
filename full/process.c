/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Child processes. Step 1 has fork(2); the whole container wants its process to start
 * in all its namespaces at once, and within its limits.
 */
#include "process.h"
#include "../01-unshare/unshare.h"
#include "lesson.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* What the kernel's word leaves unsaid. */
static const char *hint(void)
{
	if (errno == ENOSPC)
		return ": the limit is in /proc/sys/user/max_*_namespaces";
	if (errno == EINVAL)
		return ": this kernel lacks a kind of namespace";
	return "";
}

pid_t spawn(int flags, int cgroup)
{
	struct clone_args args = {
		.flags = (unsigned)flags,
		.exit_signal = SIGCHLD, /* what the parent gets at the end */
	};
	pid_t pid;

	if (cgroup >= 0) {
		args.flags |= CLONE_INTO_CGROUP;
		args.cgroup = (unsigned)cgroup;
	}
	/* A program inherits it if its caller ignores SIGCHLD; and then waitpid()
	 * fails, for the kernel keeps no exit status. */
	signal(SIGCHLD, SIG_DFL);
	/* libc has no clone3(). With no stack in ARGS the child goes on here, with
	 * a copy of this stack, as after fork(). */
	pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
	if (pid < 0)
		errx(1, "clone3: %s%s", strerror(errno), hint());
	return pid;
}

int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			err(1, "wait for process %d", pid);
	return exit_status(status);
}

void die_with_parent(void)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		err(1, "PR_SET_PDEATHSIG");
}
