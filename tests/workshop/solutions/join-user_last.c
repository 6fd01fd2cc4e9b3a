/* SPDX-License-Identifier: MIT */
/* The host's root may enter the others first. The ids in the other order, after all commands. */
static void enter_namespaces(const struct container *c, int process)
{
	say("exec nsenter -t %d -a --preserve-credentials sh -e", c->pid);
	if (setns(process, CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |
				   CLONE_NEWUTS | CLONE_NEWIPC |
				   CLONE_NEWCGROUP | CLONE_NEWTIME) == -1)
		err(EXIT_FAILURE, "setns");
	if (setns(process, CLONE_NEWUSER) == -1)
		err(EXIT_FAILURE, "setns, user");
	if (setresuid(0, 0, 0) == -1)
		err(EXIT_FAILURE, "setresuid");
	if (setresgid(0, 0, 0) == -1)
		err(EXIT_FAILURE, "setresgid");
}
