/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 5: how much of the machine a container may use.
 *
 * A control group is a directory in a file system that the kernel makes up. Make
 * the directory, and the files are there; write a number into one, and it is the
 * limit; write a process id into another, and that process is bound by it, with
 * all the children it will ever have.
 */
#include "cgroups.h"
#include "lesson.h"

#include <limits.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* The root of the v2 tree. Where v1 is in use too, it is in a corner of it. */
static const char *root(void)
{
	struct statfs fs;

	if (!statfs("/sys/fs/cgroup", &fs) && fs.f_type == CGROUP2_SUPER_MAGIC)
		return "/sys/fs/cgroup";
	return "/sys/fs/cgroup/unified";
}

/* Put the path of FILE in the group NAME into PATH, and return it. */
static const char *in(const char *name, const char *file, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/%s%s%s", root(), name, *file ? "/" : "",
		 file);
	return path;
}

/* Read the file PATH into TEXT. False if that cannot be. */
static bool read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);

	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = 0;
	return n >= 0;
}

/* Put the path of FILE in the group above NAME into PATH, and return it. NAME may be a
 * path: "my_container" is below the root, "mine/my_container" below "mine". */
static const char *above(const char *name, const char *file,
			 char path[PATH_MAX])
{
	char *last;

	in(name, "", path);
	last = strrchr(path, '/') + 1;
	snprintf(last, (size_t)(path + PATH_MAX - last), "%s", file);
	return path;
}

/* Does the file PATH, a list like "cpu io memory", have CONTROLLER in it? */
static bool listed(const char *path, const char *controller)
{
	char text[4096], *list = text;

	if (!read_text(path, text, sizeof text))
		return false;
	for (char *word; (word = strsep(&list, " \n"));)
		if (!strcmp(word, controller))
			return true;
	return false;
}

/* Give the groups beside the file PATH, a cgroup.subtree_control, those of CONTROLLER. A
 * group hands down what it has, if no process is in it: the root alone may do both. */
static void enable(const char *path, const char *controller)
{
	char text[32];

	if (listed(path, controller))
		return;
	say("echo +%s > %s", controller, quoted(path));
	snprintf(text, sizeof text, "+%s", controller);
	if (!write_text(text, path))
		return;
	if (errno == EBUSY || errno == EOPNOTSUPP)
		errx(1,
		     "write '%s' to %s: processes are in that group, which is not the machine's root: are we in a container?",
		     text, path);
	err(1, "write '%s' to %s", text, path);
}

bool v2_offers(const char *name, const char *controller)
{
	char path[PATH_MAX];

	return listed(above(name, "cgroup.controllers", path), controller);
}

bool v2_has(const char *controller)
{
	return v2_offers("", controller);
}

bool v2_exists(const char *name)
{
	char path[PATH_MAX];

	return !access(in(name, "cgroup.procs", path), F_OK);
}

static bool make(const char *name)
{
	char path[PATH_MAX];

	say("mkdir %s", quoted(in(name, "", path)));
	if (!mkdir(in(name, "", path), 0755))
		return true;
	if (errno != EEXIST)
		err(1, "mkdir %s", path);
	return false;
}

/* Give the group NAME QUOTA microseconds of CPU time in each 100000, by cpu.max: the
 * kernel's admin-guide/cgroup-v2, "CPU". */
static void limit_cpu(const char *name, long quota)
{
	char path[PATH_MAX], text[64];

	/* So much time in each period; both in microseconds. */
	snprintf(text, sizeof text, "%ld 100000", quota);
	echo(text, in(name, "cpu.max", path));
}

static void limit(const char *name, const struct limits *limits)
{
	char path[PATH_MAX], text[64];

	/* Memory first: where the parent may not hand anything down, the kernel
	 * says so for memory, but would half do it for cpu. */
	if (limits->memory) {
		enable(above(name, "cgroup.subtree_control", path), "memory");
		snprintf(text, sizeof text, "%lld", limits->memory);
		echo(text, in(name, "memory.max", path));
	}
	/* A kernel without swap has no such file, and nothing to limit. */
	if (limits->no_swap && !access(in(name, "memory.swap.max", path), F_OK))
		echo("0", path);
	if (limits->cpu_quota) {
		enable(above(name, "cgroup.subtree_control", path), "cpu");
		limit_cpu(name, limits->cpu_quota);
	}
	if (limits->pids) {
		enable(above(name, "cgroup.subtree_control", path), "pids");
		snprintf(text, sizeof text, "%ld", limits->pids);
		echo(text, in(name, "pids.max", path));
	}
}

static void join(const char *name, pid_t pid)
{
	char path[PATH_MAX], text[32];

	in(name, "cgroup.procs", path);
	snprintf(text, sizeof text, "%d", pid);
	say("echo $PID > %s", quoted(path));
	if (write_text(text, path))
		err(1, "write '%s' to %s", text, path);
}

static int open_group(const char *name)
{
	char path[PATH_MAX];
	int fd = open(in(name, "", path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	say("echo $PID > %s/cgroup.procs", quoted(path));
	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

int read_pids(const char *dir, char *text, size_t size)
{
	char path[PATH_MAX];
	int count = 0;

	snprintf(path, sizeof path, "%s/cgroup.procs", dir);
	read_text(path, text, size);
	for (char *c = text; (c = strchr(c, '\n')); count++)
		*c = c[1] ? ' ' : 0;
	return count;
}

static int pids(const char *name, char *text, size_t size)
{
	char path[PATH_MAX];

	return read_pids(in(name, "", path), text, size);
}

/* Wait until the last process of the group is gone, but not for ever: one that
 * hangs in a driver cannot be ended. */
static int wait_until_empty(const char *name)
{
	char path[PATH_MAX], text[256];
	struct pollfd events = { .events = POLLPRI };
	int result = -1;

	events.fd = open(in(name, "cgroup.events", path), O_RDONLY | O_CLOEXEC);
	for (int tries = 0; events.fd >= 0 && tries < 10; tries++) {
		ssize_t n = pread(events.fd, text, sizeof text - 1, 0);

		text[n > 0 ? n : 0] = 0;
		if (strstr(text, "populated 0")) {
			result = 0;
			break;
		}
		poll(&events, 1, 500); /* woken when the file changes */
	}
	if (events.fd >= 0)
		close(events.fd);
	return result;
}

static int kill_all(const char *name)
{
	char path[PATH_MAX];

	say("echo 1 > %s", quoted(in(name, "cgroup.kill", path)));
	if (!write_text("1", path) && !wait_until_empty(name))
		return 0;
	warn("end what runs in %s", in(name, "", path));
	return -1;
}

/* A group is removed as a directory, its files notwithstanding. */
static int remove_group(const char *name)
{
	char path[PATH_MAX];

	say("rmdir %s", quoted(in(name, "", path)));
	if (!rmdir(path))
		return 0;
	warn("rmdir %s", path);
	return -1;
}

const struct cgroups cgroups_v2 = { make, limit,    join,	 open_group,
				    pids, kill_all, remove_group };
