/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 1: a process with a view of its own.
 *
 *	unshare -f -p -m -n -i -u -U --map-root-user --mount-proc=./proc COMMAND
 *
 * Every process is in one namespace of each kind, and sees only what is in it: these
 * mounts, these process ids, these network interfaces. A child starts in the same
 * namespaces as its parent. With unshare(2) a process moves into new ones. The last
 * function here is the whole command; those above are its parts.
 */
#include "unshare.h"
#include "lesson.h" /* say(): with -v, print the shell command for what comes next */
#include "mounts.h" /* of step 3 */
#include "userns.h" /* of step 4 */

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* FLAGS as options of unshare(1): " -m -p". Valid until the next call. */
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
	if (errno ==
	    EPERM) /* denied_by(): says so if a setting that Debian has is 0 */
		hint = flags & CLONE_NEWUSER
			       ? denied_by("unprivileged_userns_clone", '0')
			       : ": you must be root, or add -U";
	if (errno == ENOSPC)
		hint = ": the limit is in /proc/sys/user/max_*_namespaces";
	errx(1, "unshare%s: %s%s", options_of(flags), strerror(errno), hint);
}

int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

/* In a child: have the kernel kill us when the parent ends, even if that is killed. If it has
 * ended before we asked for that, PARENT_FD is readable: exit. pidfd_open(2) */
static void end_with_parent(int parent_fd)
{
	struct pollfd ended = { .fd = parent_fd, .events = POLLIN };

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) || poll(&ended, 1, 0) < 0)
		err(1, "PR_SET_PDEATHSIG");
	/* getppid() would not show it: that is 0 in a new pid namespace. */
	if (ended.revents)
		exit(1);
	close(parent_fd);
}

/* Fork, and return in the child only. The parent waits for it, and exits as it does. */
static void go_on_as_child(void)
{
	/* A descriptor of this process, for the child. libc may lack pidfd_open(). */
	int parent_fd = (int)syscall(SYS_pidfd_open, getpid(), 0);
	pid_t child;
	int status;

	if (parent_fd < 0)
		err(1, "pidfd_open");
	/* If our caller ignores SIGCHLD so do we, and then waitpid() fails. */
	signal(SIGCHLD, SIG_DFL);

	/* A process keeps its pid. So unshare(2) has not moved this one: the first
	 * child is process 1 of the new pid namespace. */
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0) {
		end_with_parent(parent_fd);
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
	/* Root of a user namespace may mount only the proc of a pid namespace that belongs
	 * to it. -f -p makes one; if we are process 1 we are in it, and the error has another
	 * cause. */
	if (errno == EPERM)
		hint = getpid() == 1 ? ": mounts below /proc cover a part of it"
				     : ": with -U this needs -f -p";
	errx(1, "mount proc on %s: %s%s", dir, strerror(errno), hint);
}

void run_unshared(int flags, bool forked, bool map_root, const char *proc,
		  char *argv[])
{
	/* Asked now, since a new user namespace does not know them. */
	unsigned user = geteuid(), group = getegid();
	bool mounts = flags & CLONE_NEWNS;

	/* With -v: the commands that follow are typed in this shell. Without --keep-caps
	 * it would have no capabilities to write the map, and to mount. The propagation of
	 * mounts is left to mounts_private(). */
	say("unshare%s%s%s%s sh", options_of(flags),
	    mounts ? " --propagation unchanged" : "",
	    flags & CLONE_NEWUSER && (map_root || mounts) ? " --keep-caps" : "",
	    forked ? " -f --kill-child" : "");
	say_inside(); /* from here on the sign before a command is "#" */

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
