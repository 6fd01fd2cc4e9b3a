/* SPDX-License-Identifier: MIT */
/* sigaction(2) in place of signal(2), a switch, and a wait that is begun again. */
static void go_on_as_child(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction usual = { .sa_handler = SIG_DFL };
	int status;
	pid_t pid;

	sigaction(SIGCHLD, &usual, NULL);
	switch (pid = fork()) {
	case -1: err(1, "fork");
	case 0: prctl(PR_SET_PDEATHSIG, SIGKILL); return;
	}
	sigaction(SIGQUIT, &ignore, NULL);
	sigaction(SIGINT, &ignore, NULL);
	while (waitpid(pid, &status, 0) != pid)
		if (errno != EINTR)
			err(1, "wait");
	_exit(exit_status(status));
}
