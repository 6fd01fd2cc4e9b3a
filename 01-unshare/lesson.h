/* SPDX-License-Identifier: MIT */
/*
 * lesson.h - what the lessons share: say a command, write a file, exec.
 *
 * say("...") is the shell command that the C below it stands for; -v prints it.
 */
#ifndef LESSON_H
#define LESSON_H

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The prompt that say() prints; each main.c has it. None (0) without -v, '+' for a
 * command to type in your own shell, '#' for the shell that the last '+' started. */
extern char verbose;

/* Print a shell command on stderr, with -v only. FORMAT is as in printf(3). */
static inline void __attribute__((format(printf, 1, 2)))
say(const char *format, ...)
{
	static char line[8192]; /* so that a line goes out in one write(2) */
	va_list values;

	if (!verbose)
		return;
	setvbuf(stderr, line, _IOLBF, sizeof line);
	fprintf(stderr, "%c ", verbose);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
}

/* The command just said starts a shell; the next ones are for that shell. */
static inline void say_inside(void)
{
	verbose = verbose ? '#' : 0;
}

/* TEXT as one word of a shell command, quoted if need be. Exits 1 on error. sh(1) */
static inline const char *quoted(const char *text)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyz0123456789_-+=:,./@%"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char *word, *end;

	if (*text && !text[strspn(text, plain)])
		return text;
	word = malloc(4 * strlen(text) + 3); /* freed when the program ends */
	if (!word)
		err(1, "quote %s", text);
	end = stpcpy(word, "'");
	for (; *text; *end++ = *text++)
		if (*text == '\'')
			end = stpcpy(end, "'\\'"); /* it is '\'' in the end */
	strcpy(end, "'");
	return word;
}

/* Write TEXT to the file PATH, which is there, in one write(2): the kernel takes a
 * value for /proc, /sys or a cgroup whole or not at all. 0, or -1 with errno. */
static inline int write_text(const char *text, const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC); /* never creates it */
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));

	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

/* echo TEXT > PATH: say it, then write_text(). Exits 1 on error. */
static inline void echo(const char *text, const char *path)
{
	say("echo %s > %s", quoted(text), quoted(path));
	if (write_text(text, path))
		err(1, "write '%s' to %s", text, path);
}

/* Become the program ARGV, or your $SHELL if ARGV is empty. On error exits like a
 * shell: 127 if there is no such program, 126 if it cannot run. execvp(3) */
__attribute__((noreturn)) static inline void exec_command(char *argv[])
{
	char *shell = getenv("SHELL");
	char *fallback[] = { shell && *shell ? shell : "/bin/sh", NULL };
	char **command = *argv ? argv : fallback;

	if (verbose) {
		fprintf(stderr, "%c exec", verbose);
		for (char **word = command; *word; word++)
			fprintf(stderr, " %s", quoted(*word));
		fputc('\n', stderr);
	}
	execvp(*command, command);
	err(errno == ENOENT ? 127 : 126, "%s", *command);
}

#endif
