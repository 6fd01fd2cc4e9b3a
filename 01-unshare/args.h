/* SPDX-License-Identifier: MIT */
/*
 * args.h - what a command line may hold, told from what it may not.
 *
 * Each parser looks at TEXT alone, returns whether it is well-formed as a whole,
 * and only then fills in what it found. None of them prints or exits.
 */
#ifndef ARGS_H
#define ARGS_H

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PID_MAX_LIMIT 4194304 /* the most that /proc/sys/kernel/pid_max takes */

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

/* A whole decimal number from MIN to MAX. */
static inline bool parse_number(const char *text, long min, long max,
				long *number)
{
	long long n;

	if (!parse_digits(text, text + strlen(text), min, max, &n))
		return false;
	*number = (long)n;
	return true;
}

/* A number of CPUs ("2", "0.5", at least 0.01) as the microseconds of CPU time
 * that it is worth in a period of 100000: 200000, 50000. */
static inline bool parse_cpus(const char *text, long *quota)
{
	char *end;
	double cpus;

	/* strtod alone would also take "nan", "1e3" and " 2". */
	if (!*text || text[strspn(text, "0123456789.")])
		return false;
	cpus = strtod(text, &end);
	if (*end || cpus < 0.01 || cpus > 8192)
		return false;
	*quota = (long)(cpus * 100000 + 0.5);
	return true;
}

/* A size in bytes ("536870912", "512M"): K, M and G are powers of 1024. At least
 * 4096, the least that memory.max can tell from nothing. */
static inline bool parse_size(const char *text, long long *bytes)
{
	const char *units = "KMG", *unit;
	const char *end = text + strspn(text, "0123456789");
	int shift = 0;
	long long n;

	if (*end) {
		unit = strchr(units, toupper((unsigned char)*end));
		if (!unit || end[1])
			return false;
		shift = 10 * (int)(unit - units + 1);
	}
	if (!parse_digits(text, end, 1, LLONG_MAX >> shift, &n))
		return false;
	if (n << shift < 4096)
		return false;
	*bytes = n << shift;
	return true;
}

/* The bits of a network LENGTH (0 to 32) bits long: 24 is 255.255.255.0. */
static inline struct in_addr netmask(unsigned char length)
{
	return (struct in_addr){ length ? htonl(~0U << (32 - length)) : 0 };
}

/* An IPv4 address and the length of its network: "192.168.1.123/24". */
static inline bool parse_address(const char *text, struct in_addr *address,
				 unsigned char *length)
{
	char ip[INET_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	struct in_addr a;
	long n;

	if (!slash || slash - text >= (long)sizeof ip)
		return false;
	memcpy(ip, text, (size_t)(slash - text));
	ip[slash - text] = 0;
	if (inet_pton(AF_INET, ip, &a) != 1)
		return false;
	if (!parse_number(slash + 1, 0, 32, &n))
		return false;
	*address = a;
	*length = (unsigned char)n;
	return true;
}

/* A whole network: an address with no bit set after the first LENGTH. */
static inline bool parse_network(const char *text, struct in_addr *network,
				 unsigned char *length)
{
	struct in_addr a;
	unsigned char n;

	if (!parse_address(text, &a, &n) || a.s_addr & ~netmask(n).s_addr)
		return false;
	*network = a;
	*length = n;
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

/* A name that an interface may have: 1 to 15 bytes. A % would have the kernel
 * put a number in its place. */
static inline bool is_interface_name(const char *text)
{
	if (!*text || strlen(text) >= IFNAMSIZ || !strcmp(text, ".") ||
	    !strcmp(text, ".."))
		return false;
	for (; *text; text++)
		if (strchr("/:%", *text) || !isgraph((unsigned char)*text))
			return false;
	return true;
}

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
