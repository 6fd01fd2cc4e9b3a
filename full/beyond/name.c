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

/* What the kernel knows the container's name by, in TEXT of SIZE bytes. Returns its length.
 * Each user has names of their own. */
static int full_name(const struct container *c, char *text, size_t size)
{
	return snprintf(text, size, "container-%s-%u", c->name,
			geteuid() ? geteuid() : user_outside());
}

/* Bind a socket to the name in the abstract namespace: no file is made, no second process
 * can do it, and the kernel lets go of it when we end, however we do. unix(7) */
static bool hold_name(const struct container *c)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int len;

	/* Any process in this network namespace may bind any name, and so keep a container
	 * of that name from starting. */
	len = full_name(c, address.sun_path + 1, sizeof address.sun_path - 1);
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

/* Has the process PID the socket NUMBER open? proc_pid_fd(5) */
static bool has_open(pid_t pid, unsigned long number)
{
	char path[64], wanted[64], target[64] = "";

	snprintf(wanted, sizeof wanted, "socket:[%lu]", number);
	for (int fd = 0; fd < 64; fd++) { /* a launcher has few */
		snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
		memset(target, 0, sizeof target);
		if (readlink(path, target, sizeof target - 1) > 0 &&
		    !strcmp(target, wanted))
			return true;
	}
	return false;
}

/* The kernel's list of sockets has their names. Any user may give a socket in the file
 * system that name as well, so every socket of that name is checked. proc_pid_net(5) */
bool holds_name(const struct container *c, pid_t pid)
{
	FILE *lines = open_if_there("/proc/net/unix");
	char line[256], name[128], wanted[128] = "@";
	unsigned long number;
	bool holds = false;

	full_name(c, wanted + 1, sizeof wanted - 1);
	while (lines && !holds && fgets(line, sizeof line, lines))
		holds = sscanf(line, "%*s %*s %*s %*s %*s %*s %lu %127s",
			       &number, name) == 2 &&
			!strcmp(name, wanted) && has_open(pid, number);
	if (lines)
		fclose(lines);
	return holds;
}
