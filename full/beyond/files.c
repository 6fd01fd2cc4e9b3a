/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A file as stdin, stdout or stderr.
 *
 * What a process has open it can open once more, by /proc/self/fd, with any right that it
 * has to the file. The user who is root inside may well be the file's owner. Then in
 * "container < list" the list could be written to; and what is in "container > result"
 * could be made a setuid program, for other users of the host to run.
 *
 * So a regular file stays outside. The container gets a pipe, and a process of the
 * launcher's copies between that and the file.
 */
#include "../../03-mounts/mounts.h"
#include "../lesson.h"
#include "chapters.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* For stdin, stdout and stderr. */
static struct copy {
	int file;  /* what it was, if that is a regular file; else 0 */
	pid_t pid; /* the process that copies; 0: none */
} copies[3];

/* Write all of BYTES to stdout. */
static void write_all(const char *bytes, size_t size)
{
	ssize_t n;

	for (; size > 0; bytes += n, size -= (size_t)n) {
		n = write(STDOUT_FILENO, bytes, size);
		if (n < 0)
			err(1, "write what is printed");
	}
}

/* Copy FROM to TO until the end. If it is STOPPABLE, SIGTERM stops it: not between a read
 * and a write, so that no byte is lost. */
__attribute__((noreturn)) static void copy(int from, int to, bool stoppable)
{
	struct pollfd room = { .fd = STDOUT_FILENO, .events = POLLOUT };
	char bytes[PIPE_BUF]; /* a pipe that has room takes so much at once */
	sigset_t blocked;
	ssize_t n;

	sigfillset(&blocked);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	if (stoppable) {
		signal(SIGTERM, SIG_DFL); /* our caller may ignore it */
		sigdelset(&blocked, SIGTERM);
	}
	if (dup2(from, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0)
		err(1, "dup2");
	close_from(3); /* a pipe ends when nobody else has it open */
	/* Read only when there is room to write. If it is not POLLOUT, nobody reads. */
	while ((n = ppoll(&room, 1, NULL, &blocked)) > 0 &&
	       room.revents == POLLOUT &&
	       (n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0)
		write_all(bytes, (size_t)n);
	if (n < 0)
		err(1, "copy %s", stoppable ? "stdin" : "what is printed");
	_exit(0);
}

/* Put a pipe in the place of the descriptor FD, and start the process that copies. */
static void put_pipe(int fd)
{
	int file = fcntl(fd, F_DUPFD_CLOEXEC, 3), ends[2], moved;
	bool in = fd == STDIN_FILENO;
	pid_t pid;

	if (file < 0 || pipe2(ends, O_CLOEXEC))
		err(1, "pipe");
	pid = spawn(0, -1);
	if (pid == 0)
		copy(in ? file : ends[0], in ? ends[1] : file, in);
	copies[fd] = (struct copy){ .file = file, .pid = pid };
	moved = dup2(ends[in ? 0 : 1], fd);
	close(ends[0]);
	close(ends[1]);
	if (moved < 0)
		err(1, "dup2");
}

/* "> result 2>&1": one pipe for both, or their lines would change places. */
static bool is_one_file(int fd, const struct stat *st)
{
	struct stat other;

	return copies[fd].file && !fstat(copies[fd].file, &other) &&
	       other.st_dev == st->st_dev && other.st_ino == st->st_ino;
}

/* What stdin has given and the container has not read: let the next command read that,
 * as in "while read name; do container ...; done < list". */
static void give_back(const struct copy *in)
{
	int rest;

	kill(in->pid, SIGTERM);
	waitpid(in->pid, NULL, 0);
	if (!ioctl(STDIN_FILENO, FIONREAD, &rest))
		lseek(in->file, -(off_t)rest, SEEK_CUR);
}

/* The last of all undoings, since it was the first that was given to at_end(). */
static void end_copies(struct container *c)
{
	int status;

	(void)c;
	if (copies[STDIN_FILENO].pid)
		give_back(&copies[STDIN_FILENO]);
	/* This closes our ends of the pipes, so that the processes that copy end. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (copies[fd].file && dup2(copies[fd].file, fd) < 0)
			close(fd);
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (copies[fd].pid && waitpid(copies[fd].pid, &status, 0) > 0 &&
		    status)
			_exit(1); /* something is lost; it has said why */
}

void keep_files(struct container *c)
{
	struct stat st;

	at_end(c, end_copies);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fstat(fd, &st))
			err(1, "descriptor %d", fd);
		if (!S_ISREG(st.st_mode))
			continue;
		if (fd != STDERR_FILENO || !is_one_file(STDOUT_FILENO, &st)) {
			put_pipe(fd);
			continue;
		}
		copies[fd].file = copies[STDOUT_FILENO].file;
		dup2(STDOUT_FILENO, fd);
	}
}
