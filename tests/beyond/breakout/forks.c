/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* forks COUNT: a fork bomb that stops at COUNT. */
#include "attack.h"

#include <signal.h>
#include <sys/wait.h>

int main(int argc, char *argv[])
{
	int count = argc == 2 ? atoi(argv[1]) : 0, made = 0;
	pid_t group = 0, pid;

	for (; made < count && (pid = fork()) >= 0; made++) {
		if (pid == 0) {
			setpgid(0, group);
			pause();
			_exit(0);
		}
		if (!group)
			group = pid;
		setpgid(pid, group);
	}
	if (group)
		kill(-group, SIGKILL);
	while (wait(NULL) > 0)
		;
	return made == count ? OUT : HELD;
}
