/* SPDX-License-Identifier: MIT */
/* The parent ignores the signals before it forks, and the child sets them back. */
static void go_on_as_child(void)
{
	int fd = (int)syscall(SYS_pidfd_open, getpid(), 0), status;
	void (*interrupt)(int) = signal(SIGINT, SIG_IGN);
	void (*quit)(int) = signal(SIGQUIT, SIG_IGN);

	if (fd < 0)
		err(1, "pidfd_open");
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
	end_with_parent(fd);
}
