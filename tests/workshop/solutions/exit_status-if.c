/* SPDX-License-Identifier: MIT */
/* The usual end first. */
int exit_status(int status)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return WTERMSIG(status) + 128;
}
