/* SPDX-License-Identifier: MIT */
/* It blocks the signals in place of ignoring them, and waits by waitid(2). */
static void go_on_as_child(void)
{
	int fd = (int)syscall(SYS_pidfd_open, getpid(), 0);
	sigset_t block, old;
	siginfo_t info;
	pid_t child;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGQUIT);
	sigprocmask(SIG_BLOCK, &block, &old);
	child = fd < 0 ? -1 : fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		sigprocmask(SIG_SETMASK, &old, NULL);
		end_with_parent(fd);
		return;
	}
	if (waitid(P_PID, (id_t)child, &info, WEXITED))
		err(1, "waitid");
	exit(info.si_code == CLD_EXITED ? info.si_status
					: 128 + info.si_status);
}
