/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the caller has open.
 *
 * stdin, stdout and stderr go inside. If one is a directory of the host, ".." in it leads
 * to the host's root. And "echo x > /dev/stdout" opens the file of stdout anew. If that is
 * a pipe of the host's root, only the host's root may, and root of the container is not.
 */
#include "../lesson.h"
#include "chapters.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

void check_descriptors(void)
{
	struct stat st;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fstat(fd, &st))
			err(1, "descriptor %d", fd);
		if (S_ISDIR(st.st_mode))
			errx(1, "descriptor %d is a directory of the host", fd);
	}
}

/* Is it a pipe? A FIFO is none: a file of the host's, which would keep its new owner. */
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
