/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "folder.h"
#include "lesson.h"
#include "mounts.h"

#include <getopt.h>

static const char usage[] =
	"Usage: mounts [-v] [DIR]                    mount dev, proc, sys, tmp there\n"
	"       mounts [-v] --umount [DIR]           unmount them\n"
	"       mounts [-v] --chroot DIR COMMAND...  run COMMAND with DIR as its root\n"
	"       mounts [-v] [DIR] -- COMMAND...      mount them and run COMMAND, in a\n"
	"                                            mount namespace without the old root\n"
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

/* Split what getopt has left, "[DIR] [--] [COMMAND...]": the DIR, or NULL, goes to *DIR.
 * Returns the COMMAND. Without --chroot it needs the "--". */
static char **split(char *argv[], bool by_chroot, const char **dir)
{
	/* In "mounts -- COMMAND" getopt has stepped over the "--". */
	bool dashes = !strcmp(argv[-1], "--");

	*dir = NULL;
	if (!dashes && *argv) {
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

static void change_mounts(const char *dir, bool unmount)
{
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
	if (!unmount)
		mounts_add();
	else if (mounts_remove() == 0)
		errx(1, "nothing is mounted in %s", dir);
}

int main(int argc, char *argv[])
{
	bool unmount = false, by_chroot = false;
	const char *given, *dir;

	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		switch (c) {
		case 'u': unmount = true; break;
		case 'c': by_chroot = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	argv = split(argv + optind, by_chroot, &given);
	if (unmount && (*argv || by_chroot))
		errx(2, "--umount takes no command");
	given = container_dir(given);
	dir = realpath(given, NULL);
	if (!dir)
		err(1, "%s", given);
	if (by_chroot)
		run_chrooted(dir, argv);
	if (*argv)
		run_pivoted(dir, argv);
	change_mounts(dir, unmount);
	return 0;
}
