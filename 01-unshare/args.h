/* SPDX-License-Identifier: MIT */
/*
 * args.h - what a command line may hold, told from what it may not.
 *
 * Each parser looks at TEXT alone, returns whether it is well-formed as a whole,
 * and only then fills in what it found. None of them prints or exits.
 */
#ifndef ARGS_H
#define ARGS_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The rootfs that was GIVEN, else the article's ~/container, for PATH_MAX bytes
 * at PATH. False if that cannot be said: no GIVEN and no $HOME, or too long. */
static inline bool default_rootfs(const char *given, char *path)
{
	const char *home = getenv("HOME");
	int n;

	if (given)
		n = snprintf(path, PATH_MAX, "%s", given);
	else if (home && *home)
		n = snprintf(path, PATH_MAX, "%s/container", home);
	else
		return false;
	return n > 0 && n < PATH_MAX;
}

#endif
