/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "userns.h"

#include <getopt.h>

char verbose;

static const char usage[] =
	"Usage: userns [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND, or your $SHELL, as root of a new user namespace. To the rest of\n"
	"the system you are still yourself.\n"
	"  -r, --map-root-user  changes nothing: it is the default, unlike in unshare(1)\n"
	"  -v, --verbose        print the shell commands that do the same\n";

static const struct option options[] = {
	{ "map-root-user", no_argument, NULL, 'r' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int main(int argc, char *argv[])
{
	/* Get the ids now: the new namespace does not know them until they are mapped. */
	unsigned user = geteuid(), group = getegid();

	for (int c; (c = getopt_long(argc, argv, "+rv", options, NULL)) != -1;)
		switch (c) {
		case 'r': break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}

	userns_unshare();
	userns_map_root(0 /* this process */, user, group);
	exec_command(argv + optind);
}
