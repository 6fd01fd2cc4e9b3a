/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "mounts.h"
#include "rootfs.h" /* container_dir(), of step 2 */

#include <getopt.h>

static const char usage[] =
	"Usage: mounts [-v] [DIR]                    mount dev, proc, sys, tmp there\n"
	"       mounts [-v] --umount [DIR]           unmount them\n"
	"       mounts [-v] --chroot DIR COMMAND...  run COMMAND with DIR as its root\n"
	"       mounts [-v] [DIR] -- COMMAND...      mount them for COMMAND only, and run it\n"
	"DIR is a rootfs as 02-rootfs makes it (~/container).\n"
	"  -v, --verbose  print the shell commands that do the same\n";

static const struct option options[] = {
	{ "umount", no_argument, NULL, 'u' },
	{ "chroot", no_argument, NULL, 'c' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;

/* Read "[DIR] [--] [COMMAND...]" in ARGV. Puts DIR, if it is there, into *DIR, and returns
 * COMMAND, which may be empty. */
static char **read_words(char *argv[], const char **dir, bool by_chroot)
{
	/* getopt_long() has skipped a "--" at the beginning. */
	bool dashes = !strcmp(argv[-1], "--");

	if (*argv && !dashes) {
		*dir = *argv++;
		dashes = *argv && !strcmp(*argv, "--");
		if (dashes)
			argv++;
	}
	if (*argv && !dashes && !by_chroot)
		errx(2, "%s: not expected; a command comes after --", *argv);
	if (!*argv && (dashes || by_chroot))
		errx(2, "which COMMAND? See --help");
	return argv;
}

int main(int argc, char *argv[])
{
	const char *given = NULL, *dir;
	bool unmount = false, by_chroot = false;

	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		switch (c) {
		case 'u': unmount = true; break;
		case 'c': by_chroot = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	argv = read_words(argv + optind, &given, by_chroot);
	if (unmount && *argv)
		errx(2, "--umount takes no command");
	given = container_dir(given);
	/* An absolute path: "." would stay the directory that a mount on DIR covers. */
	dir = realpath(given, NULL);
	if (!dir)
		err(1, "%s", given);

	if (by_chroot)
		run_chrooted(dir, argv);
	if (*argv)
		run_pivoted(dir, argv);

	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
	if (!unmount)
		mounts_add();
	else if (mounts_remove() == 0)
		errx(1, "nothing is mounted in %s", dir);
	return 0;
}
