/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the caller has open.
 *
 * stdin, stdout and stderr go inside. If one is a directory of the host, ".." in it leads
 * to the host's root. And "echo x > /dev/stdout" opens the file that stdout is once more:
 * a pipe of the host's root denies that to another user, which root of the container is.
 */
#include "../lesson.h"
#include "chapters.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

void check_descriptors(void)
{
	struct stat st;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (!fstat(fd, &st) && S_ISDIR(st.st_mode))
			errx(1, "descriptor %d is a directory of the host", fd);
}

/* Not a FIFO that has a name: that is a file of the host's, and would stay so. */
static bool is_pipe(int fd)
{
	struct statfs fs;

	return !fstatfs(fd, &fs) && fs.f_type == PIPEFS_MAGIC;
}

void give_pipes(const struct container *c)
{
	if (c->rootless) /* it is the same user */
		return;
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (is_pipe(fd) && fchown(fd, c->uid, c->gid))
			err(1, "chown a pipe");
}
