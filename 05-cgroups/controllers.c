/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 5: writing to the files of a group, and choosing a version of cgroups. The
 * lesson can be read without this file.
 *
 * A controller is the part of the kernel that enforces one kind of limit: cpu, memory
 * or pids. Each controller is in one version at a time. On most machines all are in
 * version 2, on older ones in version 1; some machines divide or lack them.
 */
#include "cgroups.h"
#include "lesson.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>

static int version = 2; /* set by cgroup_choose() and cgroup_find() */

/* Warn that write_text(TEXT, PATH) has failed. For EINVAL, say what to do. */
static void write_failed(const char *text, const char *path)
{
	int error = errno;
	const char *hint = "";

	/* If the kernel has CONFIG_RT_GROUP_SCHED, it refuses to move a real-time process out
	 * of the root group, and to enable cpu while one is in another group. */
	if (error == EINVAL)
		hint = ": a real-time process (FF or RR in ps -eLo lwp,cls,cgroup) may only be in the root group; chrt -o -p 0 LWP makes it an ordinary one";
	warnx("write '%s' to %s: %s%s", text, path, strerror(error), hint);
}

void echo(const char *path, const char *format, ...)
{
	char *text; /* freed when the program ends */
	va_list values;

	va_start(values, format);
	if (vasprintf(&text, format, values) < 0)
		err(1, "echo %s", format);
	va_end(values);
	say("echo %s > %s", quoted(text), path);
	if (write_text(text, path))
		err(1, "write '%s' to %s", text, path);
}

int echo_pid(const char *path, pid_t pid)
{
	char text[32];

	snprintf(text, sizeof text, "%d", pid);
	say("echo $PID > %s", path);
	if (write_text(text, path) == 0)
		return 0;
	write_failed(text, path);
	return -1;
}

/* The contents of the file PATH, or "". Valid until the next call. */
static char *read_file(const char *path)
{
	static char text[65536];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

	if (fd >= 0)
		close(fd);
	else if (errno != ENOENT && errno != EACCES)
		err(1, "%s", path);
	text[n > 0 ? n : 0] = 0;
	return text;
}

const char *read_words(const char *path)
{
	char *text = read_file(path);
	char *newline = strrchr(text, '\n');

	if (!newline)
		return "";
	*newline = 0; /* in a file longer than TEXT, half a word may follow */
	while ((newline = strchr(text, '\n')))
		*newline = ' ';
	return text;
}

/* Are there groups in the group DIR? A directory has 2 links, and 1 for each in it. */
static bool has_groups(const char *dir)
{
	struct stat status;

	return stat(dir, &status) == 0 && status.st_nlink > 2;
}

int rmdir_patiently(const char *dir)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	for (int tries = 0; rmdir(dir); tries++) {
		if (errno == EBUSY && has_groups(dir)) /* it stays busy */
			errno = ENOTEMPTY;
		if (errno != EBUSY || tries == 5000)
			return -1;
		nanosleep(&pause, NULL);
	}
	return 0;
}

/* If version 1 is mounted too, version 2 is in the directory "unified" beside it. */
static const char *v2_root(void)
{
	struct statfs fs;

	if (!statfs("/sys/fs/cgroup", &fs) && fs.f_type == CGROUP2_SUPER_MAGIC)
		return "/sys/fs/cgroup";
	return "/sys/fs/cgroup/unified";
}

const char *v2_path(const char *name, const char *file)
{
	char *path; /* freed when the program ends */

	if (asprintf(&path, "%s%s%s%s%s", v2_root(), *name ? "/" : "", name,
		     *file ? "/" : "", file) < 0)
		err(1, "the path of the group %s", name);
	return path;
}

static bool v2_exists(const char *name, const char *file)
{
	return access(v2_path(name, file), F_OK) == 0;
}

/* Is CONTROLLER in FILE of the root group, a list such as "cpu io memory"? */
static bool v2_lists(const char *file, const char *controller)
{
	char *list = read_file(v2_path("", file));

	for (char *word; (word = strsep(&list, " \n"));)
		if (!strcmp(word, controller))
			return true;
	return false;
}

void v2_enable(const char *controller)
{
	const char *file = v2_path("", "cgroup.subtree_control");
	char text[32];

	snprintf(text, sizeof text, "+%s", controller);
	/* The machine's root group has no file cgroup.type. In a container, the root group
	 * is another one. If that has processes, the kernel refuses to enable memory; it
	 * enables cpu and pids, but then no process can join a group. */
	if (v2_exists("", "cgroup.type") &&
	    *read_words(v2_path("", "cgroup.procs")))
		errx(1,
		     "cannot write '%s' to %s: processes are in that group, which is not the machine's root: are we in a container?",
		     text, file);
	if (v2_lists("cgroup.subtree_control", controller))
		return;
	say("echo +%s > %s", controller, v2_path("", "cgroup.subtree_control"));
	if (write_text(text, file)) {
		write_failed(text, file);
		exit(1);
	}
}

/* Does version V have CONTROLLER? V is 0 for either version. */
static bool has(int v, const char *controller)
{
	if (v == 0)
		return has(2, controller) || has(1, controller);
	return v == 2 ? v2_lists("cgroup.controllers", controller)
		      : v1_has(controller);
}

/* The first controller that LIMITS need and version V (0: either) lacks, or NULL. */
static const char *lacking(const struct limits *limits, int v)
{
	if (limits->cpu_quota && !has(v, "cpu"))
		return "cpu";
	if (limits->memory && !has(v, "memory"))
		return "memory";
	if (limits->pids && !has(v, "pids"))
		return "pids";
	return NULL;
}

void cgroup_choose(const struct limits *limits)
{
	const char *nowhere = lacking(limits, 0);

	if (nowhere)
		errx(1,
		     "no %s controller in /sys/fs/cgroup, neither v2 nor v1: mount it, or boot with cgroup_enable=%s (as a Raspberry Pi needs for memory)",
		     nowhere, nowhere);
	version = lacking(limits, 2) ? 1 : 2;
	if (lacking(limits, version))
		errx(1,
		     "the controllers in /sys/fs/cgroup are divided between v1 and v2: boot with cgroup_no_v1=all");
}

bool cgroup_find(const char *name)
{
	/* Each group of ours limits CPU time and memory. A version 2 without these controllers
	 * has none. */
	bool usable = has(2, "cpu") || has(2, "memory");

	version = usable && v2_exists(name, "cgroup.procs") ? 2 : 1;
	return version == 2 || v1_exists(name);
}

void cgroup_make(const char *name)
{
	if (version == 2)
		v2_make(name);
	else
		v1_make(name);
}

void cgroup_limit(const char *name, const struct limits *limits)
{
	/* If the group existed already, cgroup_choose() has not checked this. */
	const char *missing = lacking(limits, version);

	if (missing)
		errx(1, "%s: cgroup v%d has no %s controller here", name,
		     version, missing);
	if (version == 2)
		v2_limit(name, limits);
	else
		v1_limit(name, limits);
}

int cgroup_join(const char *name, pid_t pid)
{
	return version == 2 ? v2_join(name, pid) : v1_join(name, pid);
}

int cgroup_open(const char *name)
{
	const char *dir = v2_path(name, "");
	int fd;

	if (version == 1)
		return -1;
	say("echo $PID > %s/cgroup.procs", dir);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		err(1, "%s", dir);
	return fd;
}

const char *cgroup_pids(const char *name)
{
	return version == 2 ? read_words(v2_path(name, "cgroup.procs"))
			    : v1_pids(name);
}

int cgroup_kill(const char *name)
{
	return version == 2 ? v2_kill(name) : v1_kill(name);
}

int cgroup_remove(const char *name)
{
	return version == 2 ? v2_remove(name) : v1_remove(name);
}
