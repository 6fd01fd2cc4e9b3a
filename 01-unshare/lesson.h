/* SPDX-License-Identifier: MIT */
/*
 * lesson.h - what every lesson uses: say a command, write a file, exec.
 *
 * Each piece of C here stands for a shell command, and says it just before it
 * does it. With -v you read those commands on stderr; without, in the source.
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

/* Each main.c defines it. 0: say nothing. '+', which -v sets: the line is for
 * the shell you are in. '#': it is for the shell that the last '+' line began.
 */
extern char verbose;

/* Print TEXT as one word of the shell: in single quotes if it needs them. */
static inline void say_word(const char *text)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789_-+=:,./@%";

	if (*text && !text[strspn(text, plain)]) {
		fputs(text, stderr);
		return;
	}
	fputc('\'', stderr);
	for (; *text; text++)
		if (*text == '\'')
			fputs("'\\''", stderr);
		else
			fputc(*text, stderr);
	fputc('\'', stderr);
}

/* Print TEXT, in which each word that has a % in FORMAT is one word to the shell. Both
 * have \1 for the blanks of FORMAT: so word N of the one is word N of the other,
 * whatever the values hold. */
static inline void say_words(char *format, char *text)
{
	while (format && text) {
		char *from = strsep(&format, "\1");
		char *word = strsep(&text, "\1");

		fputc(' ', stderr);
		if (strchr(from, '%') && !strpbrk(from, "'\"$"))
			say_word(word);
		else
			fputs(word, stderr);
	}
	fputc('\n', stderr);
}

/* Begin a line with the sign that VERBOSE is. Two processes may each say one at the same
 * time: so a line goes out as a whole. */
static inline void say_sign(void)
{
	static char line[8192];

	setvbuf(stderr, line, _IOLBF, sizeof line);
	fputc(verbose, stderr);
}

/* Say a shell command, before the C that does the same. FORMAT is printf's. A
 * word of it that holds a % is still one word when the value has a blank in
 * it: it is quoted as a whole, unless FORMAT has a quote or a $ in that word. */
__attribute__((format(printf, 1, 2))) /* gcc checks the values */
static inline void
say(const char *format, ...)
{
	char words[8192], text[sizeof words];
	va_list args;

	if (!verbose)
		return;
	snprintf(words, sizeof words, "%s", format);
	for (char *c = words; (c = strchr(c, ' ')); c++)
		*c = '\1';
	va_start(args, format);
	vsnprintf(text, sizeof text, words, args);
	va_end(args);
	say_sign();
	say_words(words, text);
}

/* Say COMMAND and after it the words of ARGV, of which there is one at least. */
static inline void say_argv(const char *command, char *const argv[])
{
	if (!verbose)
		return;
	say_sign();
	fprintf(stderr, " %s", command);
	do {
		fputc(' ', stderr);
		say_word(*argv);
	} while (*++argv);
	fputc('\n', stderr);
}

/* The line just said began a shell; what follows is said to that one. */
static inline void say_inside(void)
{
	if (verbose)
		verbose = '#';
}

/* Write TEXT to PATH in one write(2): the kernel takes a value in /proc, /sys
 * or a cgroup whole or not at all. 0, or -1 with errno. */
static inline int write_text(const char *text, const char *path)
{
	/* No O_CREAT: a missing file is to say so, not "permission denied". */
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;
	int error;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	error = errno;
	close(fd);
	errno = error;
	return n < 0 ? -1 : 0;
}

/* echo TEXT > PATH: said, then done. Exits 1 on error. */
static inline void echo(const char *text, const char *path)
{
	say("echo %s > %s", text, path);
	if (write_text(text, path))
		err(1, "write '%s' to %s", text, path);
}

/* Become ARGV, or exit as a shell does: 127 when there is no such command,
 * 126 when it cannot be run. execvp(3). */
__attribute__((noreturn)) static inline void exec_command(char *argv[])
{
	say_argv("exec", argv);
	execvp(*argv, argv);
	err(errno == ENOENT ? 127 : 126, "%s", *argv);
}

#endif
