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
#include <string.h>

/* TEXT up to END as a whole decimal number from MIN to MAX. */
static inline bool parse_digits(const char *text, const char *end,
				long long min, long long max, long long *number)
{
	long long n = 0;

	if (text == end)
		return false;
	for (; text < end; text++) {
		if (*text < '0' || *text > '9')
			return false;
		if (n > (LLONG_MAX - 9) / 10)
			return false;
		n = n * 10 + (*text - '0');
	}
	if (n < min || n > max)
		return false;
	*number = n;
	return true;
}

/* A line of uid_map: COUNT ids from INSIDE on are those from OUTSIDE on. */
struct id_map {
	unsigned inside, outside, count;
};

/* "INSIDE:OUTSIDE:COUNT". The id 4294967295 stands for no id. */
static inline bool parse_map(const char *text, struct id_map *map)
{
	const char *outside = strchr(text, ':');
	const char *count = outside ? strchr(outside + 1, ':') : NULL;
	long long i, o, n;

	if (!count || !parse_digits(text, outside, 0, UINT_MAX - 1, &i) ||
	    !parse_digits(outside + 1, count, 0, UINT_MAX - 1, &o) ||
	    !parse_digits(count + 1, count + strlen(count), 1, UINT_MAX, &n))
		return false;
	if (i + n > UINT_MAX || o + n > UINT_MAX)
		return false;
	*map = (struct id_map){ (unsigned)i, (unsigned)o, (unsigned)n };
	return true;
}

#endif
