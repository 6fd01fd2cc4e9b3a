/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "cgroups.h"
#include "lesson.h"
#include "numbers.h"

#include <getopt.h>

static const char usage[] =
	"Usage: cgroups [OPTION...] NAME [PID...]        limit these processes\n"
	"       cgroups [OPTION...] NAME -- COMMAND...   or this command\n"
	"       cgroups [--kill] --remove NAME           remove the group\n"
	"  --cpus N        CPU time, in CPUs: 2, 0.5      (2)\n"
	"  --memory SIZE   memory in bytes: 512M, 1G      (512M)\n"
	"  --pids N        processes and threads          (not limited)\n"
	"  --kill          kill what still runs in the group\n"
	"  -v, --verbose   print the shell commands that do the same\n"
	"If the group exists already, only the limits given are changed.\n";

static const struct option options[] = {
	{ "cpus", required_argument, NULL, 'c' },
	{ "memory", required_argument, NULL, 'm' },
	{ "pids", required_argument, NULL, 'p' },
	{ "remove", no_argument, NULL, 'r' },
	{ "kill", no_argument, NULL, 'k' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;
static bool removing, killing; /* --remove, --kill */

static void check_name(const char *name)
{
	if (!*name || strlen(name) > 64 || name[strspn(name, NAME_LETTERS)])
		errx(2, "%s: a name is 1 to 64 letters, digits, _ and -", name);
}

/* Handle one option. C is what getopt_long() returned. */
static void read_option(int c, struct limits *limits)
{
	switch (c) {
	case 'c':
	case 'm':
	case 'p': read_limit(limits, c, optarg); break;
	case 'r': removing = true; break;
	case 'k': killing = true; break;
	case 'v': verbose = '+'; break;
	case 'h': fputs(usage, stdout); exit(0);
	default: exit(2);
	}
}

int main(int argc, char *argv[])
{
	struct limits limits = { 0 };
	const char *name;

	/* "+": stop at NAME, as options after it are COMMAND's. */
	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		read_option(c, &limits);
	argv += optind;
	if (!(name = *argv++))
		errx(2, "NAME missing; see --help");
	check_name(name);
	if (removing && *argv)
		errx(2, "%s: --remove takes one NAME", *argv);
	if (removing)
		return remove_group(name, killing);
	if (killing)
		errx(2, "--kill goes with --remove");

	if (*argv && !strcmp(*argv, "--")) {
		if (!argv[1])
			errx(2, "no command after --");
		run_in_group(name, limits, argv + 1);
	}
	move_to_group(name, limits, argv);
	return 0;
}
