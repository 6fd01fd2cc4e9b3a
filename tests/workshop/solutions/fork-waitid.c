/* SPDX-License-Identifier: MIT */
/* It blocks the signals in place of ignoring them, and waits by waitid(2). */
static void go_on_as_child(void)
{
	sigset_t block, old;
	siginfo_t info;
	pid_t child;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGQUIT);
	sigprocmask(SIG_BLOCK, &block, &old);
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		sigprocmask(SIG_SETMASK, &old, NULL);
		if (prctl(PR_SET_PDEATHSIG, SIGKILL))
			err(1, "PR_SET_PDEATHSIG");
		return;
	}
	if (waitid(P_PID, (id_t)child, &info, WEXITED))
		err(1, "waitid");
	exit(info.si_code == CLD_EXITED ? info.si_status
					: 128 + info.si_status);
}
