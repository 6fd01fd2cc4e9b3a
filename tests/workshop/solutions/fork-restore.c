/* SPDX-License-Identifier: MIT */
/* The parent ignores the signals before it forks, and the child sets them back. */
static void go_on_as_child(void)
{
	int status;
	void (*interrupt)(int) = signal(SIGINT, SIG_IGN);
	void (*quit)(int) = signal(SIGQUIT, SIG_IGN);

	signal(SIGCHLD, SIG_DFL);
	pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (child > 0) {
		if (wait(&status) != child)
			err(1, "wait");
		exit(exit_status(status));
	}
	signal(SIGINT, interrupt);
	signal(SIGQUIT, quit);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}
