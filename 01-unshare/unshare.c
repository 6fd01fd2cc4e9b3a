/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 1: a process with a view of its own.
 *
 * Every process is in one namespace of each kind, and sees only what is in them:
 * these mounts, these process ids, these network interfaces. It was born in its
 * parent's; with unshare(2) it moves into new ones.
 */
#include "unshare.h"
#include "lesson.h"

#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

const struct kind kinds[9] = {
	{ CLONE_NEWNS, 'm',
	  "mount" }, /* the first kind there was: no name yet */
	{ CLONE_NEWUTS, 'u', "uts" }, /* the hostname */
	{ CLONE_NEWIPC, 'i', "ipc" },
	{ CLONE_NEWNET, 'n', "net" },
	{ CLONE_NEWPID, 'p', "pid" },
	{ CLONE_NEWUSER, 'U', "user" },
	{ CLONE_NEWCGROUP, 'C', "cgroup" },
	{ CLONE_NEWTIME, 'T', "time" },
	{ 0 },
};

void namespace_letters(int flags, char *text)
{
	char *end = text;

	*text = 0;
	for (const struct kind *kind = kinds; kind->flag; kind++)
		if (flags & kind->flag)
			end += sprintf(end, "%s-%c", end > text ? " " : "",
				       kind->letter);
}

/* What the kernel's error leaves unsaid. */
static const char *advice(int flags)
{
	if (errno == EPERM && !(flags & CLONE_NEWUSER))
		return ": only root may; others add -U";
	if (errno == ENOSPC)
		return ": no more allowed, see /proc/sys/user/max_*_namespaces";
	if (errno == EINVAL)
		return ": this kernel lacks one of them";
	return "";
}

void namespaces_unshare(int flags)
{
	char letters[25];

	namespace_letters(flags, letters);
	if (unshare(flags))
		errx(1, "unshare %s: %s%s", letters, strerror(errno),
		     advice(flags));
}

pid_t spawn(int flags, int cgroup)
{
	struct clone_args args = {
		.flags = (unsigned)flags,
		.exit_signal = SIGCHLD, /* what the parent gets at the end */
	};
	pid_t pid;

	if (cgroup >= 0) {
		args.flags |= CLONE_INTO_CGROUP;
		args.cgroup = (unsigned)cgroup;
	}
	/* Whoever ignores SIGCHLD is never told how a child ended; and that is
	 * passed on from program to program. */
	signal(SIGCHLD, SIG_DFL);
	/* libc has no clone3. Without a stack in ARGS the child goes on in a
	 * copy of this one, as after fork. */
	pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
	if (pid < 0)
		errx(1, "new process: %s%s", strerror(errno), advice(flags));
	return pid;
}

void die_with_parent(void)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		err(1, "die with the parent");
}

static struct sigaction interrupt_before, quit_before;

void terminal_signals_ignore(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGINT, &ignore, &interrupt_before);
	sigaction(SIGQUIT, &ignore, &quit_before);
}

void terminal_signals_restore(void)
{
	sigaction(SIGINT, &interrupt_before, NULL);
	sigaction(SIGQUIT, &quit_before, NULL);
}

int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			err(1, "wait for process %d", pid);
	return exit_status(status);
}

void propagation_private(void)
{
	/* systemd has made / "shared", and a copy of the mounts is shared with
	 * the original: without this, ours would turn up on the host. */
	say("mount --make-rprivate /");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		err(1, "make all mounts private");
}

void mount_proc(const char *dir)
{
	say("mount -t proc -o nosuid,nodev,noexec proc %s", quoted(dir));
	if (mount("proc", dir, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		errx(1, "mount proc on %s: %s%s", dir, strerror(errno),
		     errno == EPERM ? ": in a user namespace this needs a new "
				      "pid namespace too (-f -p)"
				    : "");
}
