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
 * launcher's copies between that and the file. Root inside may do to the pipe what it likes:
 * it may fill stdin's pipe itself, and a process that stays may have stdout's open. So the
 * process that copies never waits for it once the launcher tells it to end.
 */
#include "../../03-mounts/mounts.h"
#include "../lesson.h"
#include "chapters.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* For stdin, stdout and stderr. */
static struct copy {
	int file;    /* what it was, if that is a regular file; else 0 */
	off_t start; /* and how far it had been read */
	pid_t pid;   /* the process that copies; 0: none */
} copies[3];

/* Write all of BYTES to stdout, or nothing, if that is a pipe which has no room after all: then
 * give them back to stdin. */
static void write_all(const char *bytes, size_t size)
{
	ssize_t n;

	for (; size > 0; bytes += n, size -= (size_t)n) {
		n = write(STDOUT_FILENO, bytes, size);
		if (n < 0 && errno == EAGAIN) {
			lseek(STDIN_FILENO, -(off_t)size, SEEK_CUR);
			return;
		}
		if (n < 0)
			err(1, "write what is printed");
	}
}

/* Copy a few bytes, of WHAT, from stdin to stdout. Returns what read(2) did. */
static ssize_t copy_some(const char *what)
{
	char bytes[PIPE_BUF]; /* a pipe takes all of so many, or none */
	ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);

	if (n < 0 && errno != EAGAIN)
		err(1, "copy %s", what);
	if (n > 0)
		write_all(bytes, (size_t)n);
	return n;
}

enum { SIGNAL, PIPE };

/* Wait until FDS[PIPE] has bytes, or room for some. False at SIGUSR1, or if nobody reads. */
static bool wait_for_pipe(struct pollfd fds[2], const char *what)
{
	if (fds[SIGNAL].fd < 0 || poll(fds, 2, -1) < 0)
		err(1, "copy %s", what);
	return !fds[SIGNAL].revents && !(fds[PIPE].revents & POLLERR);
}

/* Copy FROM to TO, of which one is the pipe: TO if it is for stdin (IN). Ends when there is no
 * more, or at SIGUSR1. A pipe for stdout is emptied then. */
__attribute__((noreturn)) static void copy(int from, int to, bool in)
{
	struct pollfd fds[] = { [SIGNAL] = { -1, POLLIN, 0 },
				[PIPE] = { in, in ? POLLOUT : POLLIN, 0 } };
	const char *what = in ? "stdin" : "what is printed";
	sigset_t all, told;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	sigemptyset(&told);
	sigaddset(&told, SIGUSR1); /* SIGTERM may be for a whole group */
	/* The kernel sends it, too, if the launcher is killed. */
	prctl(PR_SET_PDEATHSIG, SIGUSR1);
	if (dup2(from, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0 ||
	    fcntl(fds[PIPE].fd, F_SETFL, O_NONBLOCK))
		err(1, "dup2");
	close_from(3); /* a pipe ends when nobody else has it open */
	fds[SIGNAL].fd = signalfd(-1, &told, SFD_CLOEXEC);
	while (wait_for_pipe(fds, what) && copy_some(what) != 0)
		;
	for (int left = 4096; !in && left > 0 && copy_some(what) > 0; left--)
		;
	_exit(0);
}

/* Put a pipe in the place of the descriptor FD, and start the process that copies. */
static void put_pipe(int fd)
{
	int file = fcntl(fd, F_DUPFD_CLOEXEC, 3), ends[2], moved;
	bool in = fd == STDIN_FILENO;
	off_t start;
	pid_t pid;

	if (file < 0 || pipe2(ends, O_CLOEXEC))
		err(1, "pipe");
	start = lseek(file, 0, SEEK_CUR);
	hold_signals(); /* it may be told to end before it has begun */
	pid = spawn(0, -1);
	if (pid == 0)
		copy(in ? file : ends[0], in ? ends[1] : file, in);
	release_signals();
	copies[fd] = (struct copy){ .file = file, .start = start, .pid = pid };
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
	off_t given;
	int rest;

	kill(in->pid, SIGUSR1);
	waitpid(in->pid, NULL, 0);
	given = lseek(in->file, 0, SEEK_CUR) - in->start;
	/* More may be in the pipe than was given, if root inside has written to it. */
	if (!ioctl(STDIN_FILENO, FIONREAD, &rest))
		lseek(in->file, -(rest < given ? rest : given), SEEK_CUR);
}

/* The last of all undoings, since it was the first that was given to at_end(). */
static void end_copies(struct container *c)
{
	int status;

	(void)c;
	if (copies[STDIN_FILENO].pid)
		give_back(&copies[STDIN_FILENO]);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (copies[fd].file && dup2(copies[fd].file, fd) < 0)
			close(fd);
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		if (!copies[fd].pid)
			continue;
		kill(copies[fd].pid, SIGUSR1);
		if (waitpid(copies[fd].pid, &status, 0) > 0 && status)
			_exit(1); /* something is lost; it has said why */
	}
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
