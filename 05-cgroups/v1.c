/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 5: groups in version 1 of cgroups. Their limits are set in v1-limits.c. The
 * lesson can be read without this file.
 *
 * Version 1 has a tree of directories for each controller, so a group is a directory in
 * each of three trees. See admin-guide/cgroup-v1 in the kernel's documentation.
 */
#include "cgroups.h"
#include "lesson.h"

#include <signal.h>
#include <sys/stat.h>
#include <time.h>

static const char *const trees[] = { "cpu", "memory", "pids" };
#define TREES (int)(sizeof trees / sizeof *trees)

const char *v1_path(const char *tree, const char *name, const char *file)
{
	char *path; /* freed when the program ends */

	if (asprintf(&path, "/sys/fs/cgroup/%s%s%s%s%s", tree, *name ? "/" : "",
		     name, *file ? "/" : "", file) < 0)
		err(1, "the path of the group %s", name);
	return path;
}

/* Is there a file PATH? If that cannot be found out, this returns true, and the mkdir or
 * write that follows says why. */
static bool exists(const char *path)
{
	return access(path, F_OK) == 0 || errno != ENOENT;
}

bool v1_has(const char *controller)
{
	return exists(v1_path(controller, "", "cgroup.procs"));
}

bool v1_exists(const char *name)
{
	for (int i = 0; i < TREES; i++)
		if (access(v1_path(trees[i], name, "cgroup.procs"), F_OK) == 0)
			return true;
	return false;
}

/* Two controllers may share one tree, which then has two names. Is trees[N] another name of a
 * tree before it? */
static bool is_repeated(int n)
{
	struct stat this, other;

	if (stat(v1_path(trees[n], "", ""), &this))
		return false;
	for (int i = 0; i < n; i++)
		if (!stat(v1_path(trees[i], "", ""), &other) &&
		    this.st_ino == other.st_ino && this.st_dev == other.st_dev)
			return true;
	return false;
}

/* Make the group in each tree that exists. On error remove it from the others again. */
void v1_make(const char *name)
{
	for (int i = 0; i < TREES; i++) {
		const char *dir = v1_path(trees[i], name, "");

		if (!v1_has(trees[i]) || is_repeated(i))
			continue;
		say("mkdir %s", dir);
		if (mkdir(dir, 0755)) {
			warn("mkdir %s", dir);
			while (i-- > 0)
				rmdir(v1_path(trees[i], name, ""));
			exit(1);
		}
	}
}

int v1_join(const char *name, pid_t pid)
{
	for (int i = 0; i < TREES; i++) {
		const char *procs = v1_path(trees[i], name, "cgroup.procs");

		if (exists(procs) && echo_pid(procs, pid))
			return -1;
	}
	return 0;
}

/* The processes in the first tree that has any. */
const char *v1_pids(const char *name)
{
	const char *pids = "";

	for (int i = 0; i < TREES && !*pids; i++)
		pids = read_words(v1_path(trees[i], name, "cgroup.procs"));
	return pids;
}

static void kill_each(const char *pids)
{
	char *rest;

	for (long pid; (pid = strtol(pids, &rest, 10)) > 0; pids = rest)
		kill((pid_t)pid, SIGKILL);
}

/* Version 1 has no cgroup.kill. Processes may fork after the list is read, so this repeats
 * until the list is empty, for five seconds at most: a process that hangs in a driver does
 * not end. */
int v1_kill(const char *name)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	const char *pids = v1_pids(name);

	say("kill -KILL %s", pids);
	for (int tries = 0; *pids; tries++) {
		if (tries == 500) {
			warnx("%s: these do not end: %s", name, pids);
			return -1;
		}
		kill_each(pids);
		nanosleep(&pause, NULL);
		pids = v1_pids(name);
	}
	return 0;
}

int v1_remove(const char *name)
{
	int result = 0;

	for (int i = TREES - 1; i >= 0; i--) {
		const char *dir = v1_path(trees[i], name, "");

		if (exists(dir) && rmdir_patiently(dir))
			result = -1;
	}
	return result;
}
