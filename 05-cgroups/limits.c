/* SPDX-License-Identifier: MIT */
/*
 * Beside step 5: read the options for limits. The lesson can be read without this file.
 */
#define _GNU_SOURCE
#include "cgroups.h"
#include "numbers.h"

#include <err.h>
#include <limits.h>
#include <string.h>

/* A number of CPUs, such as "0.5". QUOTA is their CPU time in each period of 100000
 * microseconds, here 50000. */
static bool parse_cpus(const char *text, long *quota)
{
	char *end;
	double cpus = strtod(text, &end);

	/* strtod(3) also accepts "nan", "1e3" and " 2", which this excludes. */
	if (text[strspn(text, "0123456789.")] || end == text || *end)
		return false;
	if (cpus > 8192) /* the most that Linux can be built for */
		return false;
	*quota = (long)(cpus * 100000 + 0.5);
	return *quota >= 1000; /* the least that the kernel takes */
}

/* A size in bytes: "536870912", or "512M" with K, M or G for 1024, 1024^2 or 1024^3. The
 * least is 4096, since the kernel rounds down to whole pages. */
static bool parse_size(const char *text, long long *bytes)
{
	const char *units = "KMG", *unit;
	char *end;
	int shift = 0; /* 10 for K, 20 for M, 30 for G */

	errno = 0;
	*bytes = strtoll(text, &end, 10);
	if (!isdigit((unsigned char)*text) || errno)
		return false;
	if (*end) {
		unit = strchr(units, toupper((unsigned char)*end));
		if (!unit || end[1])
			return false;
		shift = 10 * (int)(unit - units + 1);
	}
	if (*bytes > LLONG_MAX >> shift) /* the shift would overflow */
		return false;
	*bytes <<= shift;
	return *bytes >= 4096;
}

void read_limit(struct limits *limits, int letter, const char *text)
{
	if (letter == 'c' && !parse_cpus(text, &limits->cpu_quota))
		errx(2, "--cpus %s: not a number from 0.01 to 8192", text);
	if (letter == 'm' && !parse_size(text, &limits->memory))
		errx(2, "--memory %s: not a size like 512M, of 4K or more",
		     text);
	if (letter == 'p' &&
	    !parse_number(text, 1, PID_MAX_LIMIT, &limits->pids))
		errx(2, "--pids %s: not a number from 1 to %d", text,
		     PID_MAX_LIMIT);
}
