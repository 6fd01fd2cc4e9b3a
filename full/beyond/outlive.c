/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A container that would outlive its launcher.
 *
 * When the launcher is killed by SIGKILL it can undo nothing. Then the kernel kills the
 * container, because process 1 has asked for that (PR_SET_PDEATHSIG in line.c). But the
 * request belongs to a thread. A program can withdraw it by prctl(2), or start the next
 * program from a second thread, which has made no request.
 *
 * So a third process, outside the container, waits for the launcher's end, and then kills
 * process 1, and with it all of its pid namespace.
 */
#include "../../03-mounts/mounts.h"
#include "../lesson.h"
#include "chapters.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static int our_end = -1; /* of a pipe: open as long as the launcher is alive */
static pid_t watcher;

/* Wait until no process has the other end of the pipe ALIVE open, or until the process that the
 * descriptor CONTAINER stands for has ended. Then kill that process, if it is still there.
 * pidfd_open(2) */
__attribute__((noreturn)) static void watch(int alive, int container)
{
	struct pollfd ends[] = { { STDIN_FILENO, POLLIN, 0 },
				 { STDOUT_FILENO, POLLIN, 0 } };
	sigset_t all;

	/* What is sent to the launcher's process group, as Ctrl-C is, is not for us. */
	setsid();
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	/* Keep nothing else of the launcher's open but stderr. */
	if (dup2(alive, STDIN_FILENO) < 0 || dup2(container, STDOUT_FILENO) < 0)
		err(1, "dup2");
	close_from(3);
	if (poll(ends, 2, -1) < 0)
		err(1, "wait for the launcher's end");
	/* Not kill(2): by now another process may have that pid. */
	syscall(SYS_pidfd_send_signal, STDOUT_FILENO, SIGKILL, NULL, 0);
	_exit(0);
}

static void end_watcher(struct container *c)
{
	(void)c;
	close(our_end);
	waitpid(watcher, NULL, 0);
}

void watch_launcher(struct container *c)
{
	int container = (int)syscall(SYS_pidfd_open, c->pid, 0), alive[2];

	if (container < 0 || pipe2(alive, O_CLOEXEC))
		err(1, "watch the launcher");
	watcher = spawn(0, -1);
	if (watcher == 0) {
		close(alive[1]);
		watch(alive[0], container);
	}
	our_end = alive[1];
	at_end(c, end_watcher);
	close(alive[0]);
	close(container);
}
