/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The name and the cgroup of the whole container, and its end.
 *
 * There is no file that says which containers run, so none can be wrong: a name is
 * in use as long as a process is in the cgroup of that name, or a launcher lives
 * that is about to make or to remove it.
 */
#include "container.h"
#include "lesson.h"

#include <signal.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

static const struct container *ours;
static pid_t child;

static void remove_cgroup(void)
{
	if (getpid() == ours->launcher && !ours->cgroup_stays)
		cgroup_remove(ours->group);
}

void name_group(struct container *c)
{
	snprintf(c->group, sizeof c->group, "%s%s%s", c->above,
		 *c->above ? "/" : "", c->name);
}

/* Bind a socket to the name, in the abstract: no file is made, no second process
 * can do it, and the kernel lets go of it when we end, however we do. unix(7). */
static bool hold_name(const struct container *c)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int len;

	/* Without root each user has names of his own: his are of no matter to
	 * anybody else. (Whoever wants to can still take somebody's.) */
	len = snprintf(address.sun_path + 1, sizeof address.sun_path - 1,
		       c->rootless ? "container-%s-%u" : "container-%s",
		       c->name, c->caller);
	if (fd < 0)
		err(1, "socket");
	if (!bind(fd, (struct sockaddr *)&address,
		  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			      (size_t)len)))
		return true;
	if (errno != EADDRINUSE)
		err(1, "take the name %s", c->name);
	return false;
}

void take_name(const struct container *c)
{
	bool ours_now = hold_name(c);
	const char *pids = cgroup_find(c->group) ? cgroup_pids(c->group) : "";

	if (*pids)
		errx(1,
		     "a container %s runs already, as process %.*s; choose another --name",
		     c->name, (int)strcspn(pids, " "), pids);
	if (!ours_now && c->rootless && !*c->above) /* no group to look into */
		errx(1, "a container %s runs already; choose another --name",
		     c->name);
	if (!ours_now)
		errx(1, "a container %s is just starting or ending", c->name);
}

/* Clear away the empty cgroup of a launcher that was killed, and first what a note
 * on it asks for. */
static void clear_leftover(const struct container *c)
{
	if (!c->check && !c->rootless)
		put_back_forward();
	if (cgroup_find(c->group) && cgroup_remove(c->group))
		exit(1);
}

void make_cgroup(struct container *c)
{
	ours = c;
	c->no_group = c->rootless && !prepare_own_group(c);
	if (c->no_group)
		return;
	clear_leftover(c);
	if (!c->rootless)
		cgroup_choose(&c->limits);
	cgroup_make(c->group);
	atexit(remove_cgroup);
	cgroup_limit(c->group, &c->limits);
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
