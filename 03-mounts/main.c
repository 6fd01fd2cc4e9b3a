/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "mounts.h"

#include <getopt.h>

static const char usage[] =
	"Usage: mounts [-v] [DIR]                    mount dev, proc, sys, tmp there\n"
	"       mounts [-v] --umount [DIR]           unmount them\n"
	"       mounts [-v] --chroot DIR COMMAND...  run COMMAND with DIR as its root\n"
	"       mounts [-v] [DIR] -- COMMAND...      the same, in a mount namespace of\n"
	"                                            its own, which has no other root\n"
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

/* The absolute path of the DIR that was GIVEN, or of ~/container. */
static const char *find(const char *given)
{
	const char *home = getenv("HOME");
	char *path;

	if (!given && home && *home &&
	    asprintf(&path, "%s/container", home) > 0)
		given = path;
	if (!given || !*given)
		errx(2, "which DIR? See --help");
	path = realpath(given, NULL);
	if (!path)
		err(1, "%s", given);
	return path;
}

/* Split what getopt has left, "[DIR] [--] [COMMAND...]": the DIR, or NULL, goes to *DIR.
 * Returns the COMMAND. */
static char **split(char *argv[], bool by_chroot, const char **dir)
{
	bool dashes = !strcmp(argv[-1], "--"); /* getopt has gone past it */

	*dir = NULL;
	if (!dashes && *argv) {
		*dir = *argv++;
		dashes = *argv && !strcmp(*argv, "--");
		argv += dashes;
	}
	if (*argv && !dashes && !by_chroot)
		errx(2, "%s: not expected; a command comes after --", *argv);
	if (!*argv && (dashes || by_chroot))
		errx(2, "which COMMAND? See --help");
	return argv;
}

/* Add the mounts, or unmount them. Returns the exit status. */
static int change_mounts(const char *dir, bool umount)
{
	int count;

	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
	if (!umount) {
		mounts_add();
		return 0;
	}
	count = mounts_remove();
	if (count == 0)
		warnx("nothing is mounted in %s", dir);
	return count > 0 ? 0 : 1;
}

int main(int argc, char *argv[])
{
	bool umount = false, by_chroot = false;
	const char *dir;

	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		switch (c) {
		case 'u': umount = true; break;
		case 'c': by_chroot = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	argv = split(argv + optind, by_chroot, &dir);
	if (umount && (*argv || by_chroot))
		errx(2, "--umount takes no command");
	dir = find(dir);
	if (by_chroot)
		run_chrooted(dir, argv);
	if (*argv)
		run_pivoted(dir, argv);
	return change_mounts(dir, umount);
}
