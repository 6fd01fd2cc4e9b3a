/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 1: a process with a view of its own.
 *
 *	unshare -f -p -m -n -i -u -U --map-root-user --mount-proc=./proc COMMAND
 *
 * A namespace decides what a process sees: which mounts, process ids or network interfaces.
 * A child starts in the same namespaces as its parent. unshare(2) moves a process into new
 * ones. The last function, run_unshared(), is the whole command. Those above are its parts.
 */
#include "unshare.h"
#include "lesson.h" /* say(): with -v, print the shell command for what comes next */
#include "mounts.h" /* mounts_private(), of step 3 */
#include "userns.h" /* userns_map_root() and denied_by(), of step 4 */

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* FLAGS as options of unshare(1), for example " -m -p". Valid until the next call. */
static const char *options_of(int flags)
{
	static char text[32];

	strcpy(text, flags & CLONE_NEWNS ? " -m" : "");	    /* mounts */
	strcat(text, flags & CLONE_NEWUTS ? " -u" : "");    /* hostname */
	strcat(text, flags & CLONE_NEWIPC ? " -i" : "");    /* messages */
	strcat(text, flags & CLONE_NEWNET ? " -n" : "");    /* network */
	strcat(text, flags & CLONE_NEWPID ? " -p" : "");    /* processes */
	strcat(text, flags & CLONE_NEWUSER ? " -U" : "");   /* users */
	strcat(text, flags & CLONE_NEWCGROUP ? " -C" : ""); /* cgroups */
	strcat(text, flags & CLONE_NEWTIME ? " -T" : "");   /* clocks */
	return text;
}

void namespaces_unshare(int flags)
{
	const char *hint = "";

	if (unshare(flags) == 0)
		return;
	if (errno == ENOSPC)
		hint = ": the limit is in /proc/sys/user/max_*_namespaces";
	else if (errno == EINVAL)
		hint = ": this kernel lacks a kind of namespace";
	else if (flags & CLONE_NEWUSER)
		hint = denied_by("unprivileged_userns_clone", '0');
	else if (errno == EPERM)
		hint = ": you must be root, or add -U";
	errx(1, "unshare%s: %s%s", options_of(flags), strerror(errno), hint);
}

int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

/* Fork. Only the child returns; the parent waits for it and exits with its exit status. */
static void go_on_as_child(void)
{
	pid_t child;
	int status;

	/* waitpid() fails where SIGCHLD is ignored, and our caller may ignore it. */
	signal(SIGCHLD, SIG_DFL);

	/* A process never changes its pid, so a new pid namespace is for its later children
	 * only. The first one is process 1 there. */
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0) {
		/* Have the kernel kill the child when the parent ends, even by SIGKILL. */
		if (prctl(PR_SET_PDEATHSIG, SIGKILL))
			err(1, "PR_SET_PDEATHSIG");
		return;
	}

	/* The terminal sends Ctrl-C to both processes, but it is meant for COMMAND. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	if (waitpid(child, &status, 0) < 0)
		err(1, "waitpid");
	exit(exit_status(status));
}

/* Mount a proc on DIR. It shows the pid namespace of the process that mounts it. */
static void mount_proc(const char *dir)
{
	const char *hint = "";

	say("mount -t proc -o nosuid,nodev,noexec proc %s", quoted(dir));
	if (mount("proc", dir, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		  NULL) == 0)
		return;
	/* In a user namespace this needs a pid namespace that was made there, which process 1
	 * has. For process 1 the cause is a mount that covers a part of /proc. */
	if (errno == EPERM)
		hint = getpid() == 1 ? ": mounts below /proc cover a part of it"
				     : ": with -U this needs -f -p";
	errx(1, "mount proc on %s: %s%s", dir, strerror(errno), hint);
}

void run_unshared(int flags, bool forked, bool map_root, const char *proc,
		  char *argv[])
{
	/* Get the ids now: a new user namespace does not know them until they are mapped. */
	unsigned user = geteuid(), group = getegid();
	bool mounts = flags & CLONE_NEWNS;
	/* The shell of unshare(1) needs capabilities to write the map and to mount. */
	bool keep_caps = flags & CLONE_NEWUSER && (map_root || mounts);

	/* mounts_private(), below, changes the propagation. */
	say("unshare%s%s%s%s sh", options_of(flags),
	    mounts ? " --propagation unchanged" : "",
	    keep_caps ? " --keep-caps" : "", forked ? " -f --kill-child" : "");
	say_inside(); /* the next commands are for this sh */

	namespaces_unshare(flags);
	if (forked)
		go_on_as_child();
	if (map_root)
		userns_map_root(0 /* this process */, user, group);
	if (mounts)
		mounts_private();
	if (proc)
		mount_proc(proc);
	exec_command(argv);
}
