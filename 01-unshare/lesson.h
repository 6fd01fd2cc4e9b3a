/* SPDX-License-Identifier: MIT */
/*
 * lesson.h - what the lessons share. With -v, say("...") prints the shell command that does
 * the same as the C code below it. Strings that are made here are freed when the program ends.
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

/* The sign before each command that say() prints: '+' if the command is for your shell, '#' if
 * it is for the shell that the last '+' started. 0 without -v. Each main.c defines it. */
extern char verbose;

/* Print a shell command on stderr, with -v only. FORMAT is as in printf(3). */
static inline void __attribute__((format(printf, 1, 2)))
say(const char *format, ...)
{
	char *command;
	va_list values;

	if (!verbose)
		return;
	va_start(values, format);
	if (vasprintf(&command, format, values) < 0)
		err(1, "say %s", format);
	va_end(values);
	fprintf(stderr, "%c %s\n", verbose, command);
}

/* The last command that say() printed starts a shell. The next ones are for that shell. */
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
	word = malloc(4 * strlen(text) + 3);
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

/* ARGV as part of a shell command: a blank before each word. Exits 1 on error. */
static inline const char *typed(char *argv[])
{
	char *line = "";

	for (; *argv; argv++)
		if (asprintf(&line, "%s %s", line, quoted(*argv)) < 0)
			err(1, "quote %s", *argv);
	return line;
}

/* Write TEXT to the file PATH in one write(2), as the kernel wants it for a file in /proc,
 * /sys or a cgroup. Such a value needs no newline. Returns 0, or -1 and errno. */
static inline int write_text(const char *text, const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC); /* never creates it */
	ssize_t n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n < 0 ? -1 : 0;
}

/* Run the program ARGV, or your $SHELL if ARGV is empty, in this process. On error exits as a
 * shell does: with 127 if there is no such program, 126 if it cannot run. execvp(3) */
_Noreturn static inline void exec_command(char *argv[])
{
	char *shell = getenv("SHELL");
	char *fallback[] = { shell && *shell ? shell : "/bin/sh", NULL };
	char **command = *argv ? argv : fallback;

	say("exec%s", typed(command));
	execvp(*command, command);
	err(errno == ENOENT ? 127 : 126, "%s", *command);
}

#endif
