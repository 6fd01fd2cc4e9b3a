/* SPDX-License-Identifier: MIT */
/* One variable, changed where need be. */
int exit_status(int status)
{
	int result = WEXITSTATUS(status);

	if (WIFSIGNALED(status))
		result = 128 + WTERMSIG(status);
	return result;
}
