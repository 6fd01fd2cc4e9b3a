/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 1: a process with a view of its own.
 *
 *	unshare -f -p -m -n -i -u -U --map-root-user --mount-proc=./proc COMMAND
 *
 * Every process is in one namespace of each kind, and sees only what is in it: these
 * mounts, these process ids, these network interfaces. A child starts in the same
 * namespaces as its parent. With unshare(2) a process moves into new ones. (The letters
 * are in the table below; step 2 makes ./proc.)
 */
#include "unshare.h"
#include "lesson.h"
#include "userns.h" /* step 4: userns_denied() */

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

const struct kind kinds[] = {
	{ CLONE_NEWNS, 'm' },	  /* mounts: the first kind, hence "NEWNS" */
	{ CLONE_NEWUTS, 'u' },	  /* the hostname */
	{ CLONE_NEWIPC, 'i' },	  /* message queues */
	{ CLONE_NEWNET, 'n' },	  /* network interfaces */
	{ CLONE_NEWPID, 'p' },	  /* process ids */
	{ CLONE_NEWUSER, 'U' },	  /* user and group ids: step 4 */
	{ CLONE_NEWCGROUP, 'C' }, /* the view of cgroups */
	{ CLONE_NEWTIME, 'T' },	  /* clocks */
	{ 0 },
};

const char *namespace_letters(int flags)
{
	static char text[8 * sizeof " -m"]; /* eight kinds */
	char *end = text;

	*text = 0;
	for (const struct kind *kind = kinds; kind->flag; kind++)
		if (flags & kind->flag)
			end += sprintf(end, " -%c", kind->letter);
	return text;
}

void namespaces_unshare(int flags)
{
	const char *hint = "";

	if (unshare(flags) == 0)
		return;
	if (errno == EPERM)
		hint = flags & CLONE_NEWUSER ? userns_denied()
					     : ": you must be root, or add -U";
	if (errno == ENOSPC)
		hint = ": the limit is in /proc/sys/user/max_*_namespaces";
	errx(1, "unshare%s: %s%s", namespace_letters(flags), strerror(errno),
	     hint);
}

int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

void go_on_as_child(void)
{
	int parent = parent_open(), status;
	sighandler_t interrupt, quit;
	pid_t child;

	/* Ctrl-C at the terminal reaches this process and the child made below, but
	 * is meant for COMMAND. */
	interrupt = signal(SIGINT, SIG_IGN);
	quit = signal(SIGQUIT, SIG_IGN);
	/* An ignored SIGCHLD is inherited, and waitpid() would fail. */
	signal(SIGCHLD, SIG_DFL);

	/* A process keeps its pid. So unshare(2) has not moved this one: the first
	 * child is process 1 of the new pid namespace. */
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child > 0) {
		if (waitpid(child, &status, 0) < 0)
			err(1, "waitpid");
		exit(exit_status(status));
	}
	signal(SIGINT, interrupt);
	signal(SIGQUIT, quit);
	end_with_parent(parent);
}

void mount_proc(const char *dir)
{
	const char *hint = "";

	/* A proc shows the pid namespace of the process that mounts it. */
	say("mount -t proc -o nosuid,nodev,noexec proc %s", quoted(dir));
	if (mount("proc", dir, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		  NULL) == 0)
		return;
	if (errno == EPERM)
		/* Process 1 has a pid namespace of its own, by -f -p. */
		hint = getpid() == 1 ? ": mounts below /proc cover a part of it"
				     : ": with -U this needs -f -p";
	errx(1, "mount proc on %s: %s%s", dir, strerror(errno), hint);
}
