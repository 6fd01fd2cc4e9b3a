/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * One name, one container.
 *
 * A second container of the same name would share the cgroup of the first one, and take
 * it away at its end. And a launcher that was killed leaves an empty cgroup, over which
 * the next one would stumble.
 *
 * There is no file that says which containers run, so none can be wrong: a name is in use
 * while a process is in the cgroup of that name, or a launcher holds the name. (An empty
 * cgroup of that name is removed, whoever made it.)
 */
#include "chapters.h"
#include "../lesson.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

/* Bind a socket to the name in the abstract namespace: no file is made, no second process
 * can do it, and the kernel lets go of it when we end, however we do. unix(7) */
static bool hold_name(const struct container *c)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int len;

	/* Each user has names of their own. But any process in this network namespace may
	 * bind any of them, and so keep a container of that name from starting. */
	len = snprintf(address.sun_path + 1, sizeof address.sun_path - 1,
		       "container-%s-%u", c->name, user_outside());
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
	bool is_ours = hold_name(c);
	bool has_group = !c->rootless && cgroup_find(c->name);
	const char *pids = has_group ? cgroup_pids(c->name) : "";

	if (*pids)
		errx(1,
		     "a container %s runs already, as process %.*s; choose another --name",
		     c->name, (int)strcspn(pids, " "), pids);
	if (!is_ours && c->rootless)
		errx(1, "a container %s runs already; choose another --name",
		     c->name);
	if (!is_ours)
		errx(1,
		     "a container %s is just starting or ending, or another process holds its name: ss -xap | grep @container-%s-",
		     c->name, c->name);
	if (has_group && cgroup_remove(c->name))
		exit(1);
}
