/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Which process is the container NAME? For enter.c.
 *
 * There is no file that says so. But process 1 of a container is in the cgroup of that name,
 * or, without root, the child of a process that holds the name.
 *
 * A pid that was looked up may be another process's a moment later; a pidfd is not. And a
 * container that is just starting may still have the host's root: nobody may enter it before
 * its process has called exec, the last thing that it does.
 */
#include "../lesson.h"
#include "chapters.h"

#include <dirent.h>
#include <sys/syscall.h>

/* Has PID called exec? Its parent goes to PARENT. proc_pid_stat(5) */
static bool has_called_exec(pid_t pid, pid_t *parent)
{
	const unsigned forked =
		0x40; /* PF_FORKNOEXEC in the kernel's sched.h */
	unsigned flags = forked;
	char path[32];
	const char *rest;

	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	rest = strrchr(read_words(path), ')'); /* its name may have any byte */
	if (rest)
		sscanf(rest, ") %*c %d %*d %*d %*d %*d %u", parent, &flags);
	return !(flags & forked);
}

/* Is PID process 1 of a pid namespace just below ours? proc_pid_status(5) */
static bool is_process_1(pid_t pid)
{
	char path[32], line[128];
	int inside = 0;
	FILE *lines;

	snprintf(path, sizeof path, "/proc/%d/status", pid);
	lines = open_if_there(path);
	while (lines && !inside && fgets(line, sizeof line, lines))
		sscanf(line, "NSpid: %*d %d", &inside);
	if (lines)
		fclose(lines);
	return inside == 1;
}

/* Is PID in the cgroup NAME? Only root can put a process there. */
static bool is_in_group(const char *name, pid_t pid)
{
	const char *pids = cgroup_find(name) ? cgroup_pids(name) : "";
	char *rest;

	for (long n; (n = strtol(pids, &rest, 10)) > 0; pids = rest)
		if (n == pid)
			return true;
	return false;
}

/* Is PID process 1 of the container C? */
static bool is_it(const struct container *c, pid_t pid, pid_t *launcher)
{
	bool found;

	if (!is_process_1(pid) || !has_called_exec(pid, launcher))
		return false;
	found = !c->rootless && is_in_group(c->name, pid);
	found = found || (c->rootless && holds_name(c, *launcher)); /* name.c */
	return found;
}

/* Return a descriptor of PID if that is it, else -1. */
static int open_if_it(const struct container *c, pid_t pid, pid_t *launcher)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);

	/* If it is there afterwards, then all that was read was about this one. */
	if (fd < 0 || (is_it(c, pid, launcher) &&
		       !syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0)))
		return fd;
	close(fd);
	return -1;
}

int find_container(struct container *c, pid_t *launcher)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	int fd = -1;

	while (proc && fd < 0 && (entry = readdir(proc))) {
		c->pid = atoi(entry->d_name); /* 0: not a process */
		if (c->pid > 0)
			fd = open_if_it(c, c->pid, launcher);
	}
	if (proc)
		closedir(proc);
	if (fd < 0)
		errx(1, "%s no container %s, or it is just starting",
		     c->rootless ? "you run" : "root runs", c->name);
	return fd;
}
