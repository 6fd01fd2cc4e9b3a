/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What the caller has open.
 *
 * stdin, stdout and stderr go inside. If one is a directory of the host, ".." in it leads
 * to the host's root. If one is a socket of the host's network, connect(2) can connect it
 * anew: to what listens on the host's 127.0.0.1. And "echo x > /dev/stdout" opens the file of
 * stdout anew. If that is a pipe of the host's root, only the host's root may, and root of the
 * container is not. Last, flags such as O_NONBLOCK belong to the open pipe, not to the
 * descriptor: the caller's next program would find them set, and most programs fail then.
 */
#include "../lesson.h"
#include "chapters.h"

#include <linux/magic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* Is FD a socket through which nothing but its other end can be reached? sshd(8) passes such
 * a one on. socket(7) */
static bool is_paired(int fd)
{
	int family = 0, type = 0;
	socklen_t size = sizeof(int);

	return !getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) &&
	       !getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) &&
	       family == AF_UNIX && type == SOCK_STREAM;
}

void check_descriptors(void)
{
	struct stat st;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fstat(fd, &st))
			err(1, "descriptor %d", fd);
		if (S_ISDIR(st.st_mode))
			errx(1, "descriptor %d is a directory of the host", fd);
		if (S_ISSOCK(st.st_mode) && !is_paired(fd))
			errx(1,
			     "descriptor %d is a socket of the host's network",
			     fd);
	}
}

/* Is it a pipe? A FIFO is none: a file of the host's, which would keep its new owner. */
static bool is_pipe(int fd)
{
	struct statfs fs;

	return !fstatfs(fd, &fs) && fs.f_type == PIPEFS_MAGIC;
}

static int flags[STDERR_FILENO + 1]; /* that were set at the beginning */

static void clear_new_flags(struct container *c)
{
	(void)c;
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (!isatty(fd)) /* a terminal of the host's stays outside */
			fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & flags[fd]);
}

void give_pipes(struct container *c)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		flags[fd] = fcntl(fd, F_GETFL);
	at_end(c, clear_new_flags);
	if (c->rootless) /* it is the same user */
		return;
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (is_pipe(fd) && fchown(fd, c->uid, c->gid))
			err(1, "chown a pipe");
}
