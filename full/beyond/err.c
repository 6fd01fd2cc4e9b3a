/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Lines that name the cause.
 *
 * These are the four functions of err(3), in place of libc's: so the lessons call them,
 * too. They print the same line, and after it the cause, where why.c or command.c knows
 * it. Nothing is looked at before something has failed.
 */
#include "../lesson.h"
#include "chapters.h"

/* Print the line. ERROR is an errno, or 0: the line is without one. If a program could not
 * be run, the text before it is the program's name: exec_command() calls err() so. */
static void print(int status, int error, const char *format, va_list values)
{
	const char *why = NULL;
	char *text, *line;

	if (vasprintf(&text, format, values) < 0 ||
	    asprintf(&line, "%s%s%s", text, error ? ": " : "",
		     error ? strerror(error) : "") < 0) {
		fputs("no memory\n", stderr);
		return; /* to exit(), which undoes all */
	}
	why = cause(status, line);				/* why.c */
	why = why ? why : what_is_missing(status, text, error); /* command.c */
	fprintf(stderr, "%s: %s%s%s\n", program_invocation_short_name, line,
		why ? ": " : "", why ? why : "");
	free(line);
	free(text);
}

void warn(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	print(0, errno, format, values);
	va_end(values);
}

void warnx(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	print(0, 0, format, values);
	va_end(values);
}

void err(int status, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	print(status, errno, format, values);
	va_end(values);
	exit(status);
}

void errx(int status, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	print(status, 0, format, values);
	va_end(values);
	exit(status);
}
