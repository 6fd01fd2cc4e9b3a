/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * How the launcher starts processes, and what it undoes when it exits.
 *
 * Step 1 uses fork(2). Here clone3(2) starts a process in all its namespaces and in its
 * cgroup at once.
 */
#include "../01-unshare/unshare.h"
#include "container.h"
#include "lesson.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static struct container *container;
static void (*undos[16])(struct container *c); /* 11 are needed at most */
static size_t count;
/* The undoing needs a descriptor, and may begin because none is left. So this one is kept. */
static int spare;

static void undo_all(void)
{
	close(spare);
	while (count > 0)
		undos[--count](container);
}

void at_end(struct container *c, void (*undo)(struct container *c))
{
	if (count == 0) {
		spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
		if (spare < 0 || atexit(undo_all))
			err(1, "open /dev/null");
	}
	container = c;
	undos[count++] = undo;
}

/* What strerror() does not say about clone3(). */
static const char *hint(void)
{
	if (errno == ENOSPC)
		return ": the limit is in /proc/sys/user/max_*_namespaces";
	if (errno == EINVAL)
		return ": this kernel lacks a kind of namespace";
	return "";
}

int new_time(void)
{
	return access("/proc/self/ns/time", F_OK) ? 0 : CLONE_NEWTIME;
}

pid_t spawn(int flags, int cgroup)
{
	struct clone_args args = {
		.flags = (unsigned)flags,
		/* The parent gets this signal when the copy ends. With CLONE_PARENT the
		 * kernel takes the caller's own signal instead. */
		.exit_signal = flags & CLONE_PARENT ? 0 : SIGCHLD,
	};
	pid_t pid;

	if (cgroup >= 0) {
		args.flags |= CLONE_INTO_CGROUP;
		args.cgroup = (unsigned)cgroup;
	}
	/* If our caller ignores SIGCHLD, we do too, and then waitpid() fails. */
	signal(SIGCHLD, SIG_DFL);
	/* libc has no clone3(). Without a stack in ARGS the child continues here, on a copy
	 * of our stack, as after fork(). */
	pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
	if (pid < 0)
		errx(1, "clone3: %s%s", strerror(errno), hint());
	if (pid == 0)
		count = 0; /* the copy undoes nothing */
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
