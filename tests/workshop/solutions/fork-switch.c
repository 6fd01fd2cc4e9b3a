/* SPDX-License-Identifier: MIT */
/* sigaction(2) in place of signal(2), a switch, and a wait that is begun again. */
static void go_on_as_child(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction usual = { .sa_handler = SIG_DFL };
	int fd = (int)syscall(SYS_pidfd_open, getpid(), 0), status;
	pid_t pid;

	sigaction(SIGCHLD, &usual, NULL);
	switch (fd < 0 ? -1 : (pid = fork())) {
	case -1: err(1, "fork");
	case 0: end_with_parent(fd); return;
	}
	sigaction(SIGQUIT, &ignore, NULL);
	sigaction(SIGINT, &ignore, NULL);
	while (waitpid(pid, &status, 0) != pid)
		if (errno != EINTR)
			err(1, "wait");
	_exit(exit_status(status));
}
