/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The cgroup of the whole container, and its end.
 *
 * There is no file that says which containers run. A name is taken by making the
 * cgroup of that name, which only one process can do; it is in use as long as a
 * process is in there.
 */
#include "container.h"
#include "lesson.h"

#include <signal.h>
#include <sys/wait.h>

static const struct container *ours;
static pid_t child;

static void remove_cgroup(void)
{
	if (getpid() == ours->launcher)
		ours->cgroups->remove(ours->name);
}

/* Refuse a name that is in use; clear away what a killed launcher left. */
static void check_leftover(const struct container *c)
{
	const struct cgroups *old = cgroups_of(c->name);
	char list[4096];

	if (!old)
		return;
	if (old->pids(c->name, list, sizeof list))
		errx(1,
		     "a container %s runs already, as process %s; choose another --name",
		     c->name, strtok(list, " "));
	if (old->remove(c->name))
		exit(1);
}

void make_cgroup(struct container *c)
{
	c->cgroups = cgroups_for(&c->limits);
	check_leftover(c);
	if (!c->cgroups->make(c->name))
		errx(1, "a container %s is starting just now", c->name);
	ours = c;
	atexit(remove_cgroup);
	c->cgroups->limit(c->name, &c->limits);
}

static void end_child(void)
{
	/* Until it has been waited for, the pid can be nobody else's. */
	if (getpid() != ours->launcher || waitpid(child, NULL, WNOHANG))
		return;
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

void end_with_us(pid_t pid)
{
	child = pid;
	atexit(end_child);
}
