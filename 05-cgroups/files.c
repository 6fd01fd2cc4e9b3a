/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 5: find, read and write the files of a group, and remove its directory. The
 * lesson can be read without this file.
 */
#include "cgroups.h"
#include "lesson.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>

/* If version 1 is mounted too, version 2 is in the directory "unified" beside it. */
static const char *v2_root(void)
{
	static const char *root; /* found at the first call */
	struct statfs fs;

	if (root)
		return root;
	root = "/sys/fs/cgroup/unified";
	if (!statfs("/sys/fs/cgroup", &fs) && fs.f_type == CGROUP2_SUPER_MAGIC)
		root = "/sys/fs/cgroup";
	return root;
}

const char *v2_path(const char *name, const char *file)
{
	char *path; /* freed when the program ends */

	if (asprintf(&path, "%s%s%s%s%s", v2_root(), *name ? "/" : "", name,
		     *file ? "/" : "", file) < 0)
		err(1, "the path of the group %s", name);
	return path;
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

/* If the kernel has CONFIG_RT_GROUP_SCHED, it answers EINVAL to a move of a real-time process
 * out of the root group, and to "+cpu" while such a process is in another group. */
#define REAL_TIME                                                              \
	": a real-time process (FF or RR in ps -eLo lwp,cls,cgroup) may only " \
	"be in the root group; chrt -o -p 0 LWP makes it an ordinary one"

static int write_or_warn(const char *path, const char *text)
{
	if (write_text(text, path) == 0)
		return 0;
	warnx("write '%s' to %s: %s%s", text, path, strerror(errno),
	      errno == EINVAL ? REAL_TIME : "");
	return -1;
}

int echo_or_warn(const char *path, const char *text)
{
	say("echo %s > %s", quoted(text), path);
	return write_or_warn(path, text);
}

int echo_pid(const char *path, pid_t pid)
{
	char text[32];

	snprintf(text, sizeof text, "%d", pid);
	say("echo $PID > %s", path);
	return write_or_warn(path, text);
}

char *read_words(const char *path)
{
	static char text[65536];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);

	if (fd >= 0)
		close(fd);
	else if (errno != ENOENT && errno != EACCES)
		err(1, "%s", path);
	/* If the file is longer than TEXT, half a word may follow the last newline. */
	while (n > 0 && text[n - 1] != '\n')
		n--;
	text[n > 0 ? n - 1 : 0] = 0;
	for (char *newline = text; (newline = strchr(newline, '\n'));)
		*newline = ' ';
	return text;
}

/* Are there groups in the group DIR? A directory has 2 links, and 1 for each directory in it. */
static bool has_groups(const char *dir)
{
	struct stat status;

	return stat(dir, &status) == 0 && status.st_nlink > 2;
}

int rmdir_patiently(const char *dir)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	say("rmdir %s", dir);
	for (int tries = 0; rmdir(dir); tries++) {
		if (errno == EBUSY && has_groups(dir)) /* it stays busy */
			errno = ENOTEMPTY;
		if (errno != EBUSY || tries == 5000) {
			warn("rmdir %s", dir);
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return 0;
}
