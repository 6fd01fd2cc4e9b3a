/* SPDX-License-Identifier: MIT */
/*
 * lesson.h - what the lessons share. say("...") prints, with -v, the shell command that
 * does what the C below it does. README.md has a link to the article with these commands.
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

/* What say() prints before a command; each main.c has it. 0: no -v, so nothing is printed.
 * '+': the command is for your shell. '#': for the shell that the last '+' started. */
extern char verbose;

/* Print a shell command on stderr, with -v only. FORMAT is as in printf(3). */
static inline void __attribute__((format(printf, 1, 2)))
say(const char *format, ...)
{
	char *command, *line; /* freed when the program ends */
	va_list values;

	if (!verbose)
		return;
	va_start(values, format);
	if (vasprintf(&command, format, values) < 0 ||
	    asprintf(&line, "%c %s\n", verbose, command) < 0)
		err(1, "say %s", format);
	va_end(values);
	fputs(line, stderr); /* one write(2): no process writes in between */
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

	if (*text && !text[strspn(text, plain)]) /* all of it is plain */
		return text;
	word = malloc(4 * strlen(text) + 3); /* freed when the program ends */
	if (!word)
		err(1, "quote %s", text);
	end = stpcpy(word, "'");
	while (*text) {
		if (*text == '\'') /* outside the quotes: \' */
			end = stpcpy(end, "'\\'");
		*end++ = *text++;
	}
	strcpy(end, "'");
	return word;
}

/* ARGV as it is typed: a blank before each word, quoted if need be. Exits 1 on error. */
static inline const char *typed(char *argv[])
{
	char *line = ""; /* each line and word is freed when the program ends */

	for (char *longer; *argv; argv++, line = longer)
		if (asprintf(&longer, "%s %s", line, quoted(*argv)) < 0)
			err(1, "quote %s", *argv);
	return line;
}

/* Write TEXT to the file PATH, which must exist, in one write(2): the kernel takes a
 * value for /proc, /sys or a cgroup whole or not at all, and needs no newline after it.
 * Returns 0, or -1 with errno. */
static inline int write_text(const char *text, const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC); /* never creates it */
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));

	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

/* Replace this process by the program ARGV, or your $SHELL if ARGV is empty. On error
 * exits like a shell: 127 if there is no such program, 126 if it cannot run. execvp(3) */
__attribute__((noreturn)) static inline void exec_command(char *argv[])
{
	char *shell = getenv("SHELL");
	char *fallback[] = { shell && *shell ? shell : "/bin/sh", NULL };
	char **command = *argv ? argv : fallback;

	say("exec%s", typed(command));
	execvp(*command, command);
	err(errno == ENOENT ? 127 : 126, "%s", *command);
}

#endif
