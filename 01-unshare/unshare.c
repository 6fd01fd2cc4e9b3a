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

#include <sched.h>
#include <sys/mount.h>
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

int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
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
