/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 5: what main() does with a group, of either version of cgroups. The lesson can
 * be read without this file.
 */
#include "cgroups.h"
#include "lesson.h"
#include "numbers.h"

#include <signal.h>

static const char *made; /* the group that undo() removes, or NULL */
static bool inside;	 /* whether this process may be in it */

static void undo(void)
{
	const char *pids;

	if (!made)
		return;
	if (inside) /* a group with a process in it cannot be removed */
		cgroup_join("", getpid());
	pids = cgroup_pids(made);
	if (*pids)
		warnx("%s is not removed: it has processes (%s)", made, pids);
	else
		cgroup_remove(made);
}

static void set_up(const char *name, struct limits limits)
{
	if (cgroup_find(name)) {
		cgroup_limit(name, &limits);
		return;
	}
	if (!limits.cpu_quota)
		limits.cpu_quota = 200000;
	if (!limits.memory)
		limits.memory = 536870912;
	cgroup_choose(&limits);
	atexit(undo);
	cgroup_make(name);
	made = name;
	cgroup_limit(name, &limits);
}

static pid_t check_pid(const char *text)
{
	char path[32];
	long pid;

	if (!parse_number(text, 1, PID_MAX_LIMIT, &pid))
		errx(2, "%s: not a process id", text);
	/* With signal 0, kill(2) only checks that the process exists. */
	if (kill((pid_t)pid, 0) && errno == ESRCH)
		errx(1, "%s: no such process", text);
	/* A process without a program cannot be moved. */
	snprintf(path, sizeof path, "/proc/%ld/exe", pid);
	if (access(path, F_OK) && errno == ENOENT)
		errx(1, "%s: a kernel thread or a zombie cannot be moved",
		     text);
	return (pid_t)pid;
}

void move_to_group(const char *name, struct limits limits, char *pids[])
{
	for (char **pid = pids; *pid; pid++)
		check_pid(*pid); /* all of them, before anything is made */
	set_up(name, limits);
	for (char **pid = pids; *pid; pid++) {
		say("PID=%s", *pid);
		if (cgroup_join(name, check_pid(*pid))) /* it may have ended */
			exit(1);
	}
	made = NULL; /* keep the group */
}

void run_in_group(const char *name, struct limits limits, char *argv[])
{
	set_up(name, limits);
	/* In the commands that -v prints, a new shell does the rest. */
	say("sh -e");
	say_inside();
	say("PID=$$");
	/* A join that fails may still have moved us to the group in one tree of version 1. */
	inside = true;
	if (cgroup_join(name, getpid()))
		exit(1);
	exec_command(argv);
}

int remove_group(const char *name, bool killing)
{
	const char *pids;

	if (!cgroup_find(name))
		errx(1, "there is no group %s", name);
	pids = cgroup_pids(name);
	if (*pids && !killing)
		errx(1, "%s: processes still in it: %s (--kill ends them)",
		     name, pids);
	if (*pids && cgroup_kill(name))
		return 1;
	return cgroup_remove(name) ? 1 : 0;
}
