/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "args.h"
#include "lesson.h"
#include "mounts.h"

#include <getopt.h>
#include <limits.h>

static const char usage[] =
	"Usage: mounts [-v] [DIR]               mount dev, proc, sys, tmp there\n"
	"       mounts [-v] --umount [DIR]      unmount them again\n"
	"       mounts [-v] [DIR] -- COMMAND... run COMMAND with DIR as its root,\n"
	"                                       in a mount namespace of its own\n"
	"DIR is a rootfs as 02-rootfs makes it; ~/container unless given.\n"
	"  -v, --verbose  say each shell command that this stands for\n";

static const struct option options[] = {
	{ "umount", no_argument, NULL, 'u' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;
static const char *pending; /* the rootfs, while an error is to undo mounts */

static void undo(void)
{
	if (pending)
		mounts_undo(pending);
}

/* Mount the four on the host, or none of them. */
static int add(const char *dir)
{
	pending = dir;
	atexit(undo);
	mounts_add(dir);
	pending = NULL;
	return 0;
}

static int take_off(const char *dir)
{
	int n = mounts_remove(dir);

	if (n == 0)
		warnx("nothing is mounted in %s", dir);
	return n > 0 ? 0 : 1;
}

/* Run ARGV in DIR. The mounts need no undoing: they go with the namespace. */
static void run(const char *dir, char *argv[])
{
	mounts_unshare();
	root_bind(dir);
	mounts_add(dir);
	root_enter();
	close_from(3);
	exec_command(argv);
}

/* Look for "[DIR] [-- COMMAND...]" from ARGV[OPTIND] on. Returns COMMAND, or NULL,
 * and the DIR in *GIVEN, or NULL. */
static char **operands(char *argv[], const char **given)
{
	/* Has getopt stopped at a "--"? Then there is no DIR. */
	bool command = !strcmp(argv[optind - 1], "--");

	argv += optind;
	*given = NULL;
	if (!command && *argv)
		*given = *argv++;
	if (!command && *argv && !strcmp(*argv, "--")) {
		command = true;
		argv++;
	}
	if (*argv && !command)
		errx(2, "%s: not expected; a command goes after --", *argv);
	if (command && !*argv)
		errx(2, "a command is to follow --");
	return command ? argv : NULL;
}

/* The absolute path of the rootfs into DIR. */
static void find(const char *given, char dir[PATH_MAX])
{
	char path[PATH_MAX];
	int fd;

	if (!default_rootfs(given, path))
		errx(2, "DIR wanted; see --help");
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || !realpath(path, dir))
		err(1, "%s", path);
	close(fd);
}

int main(int argc, char *argv[])
{
	char dir[PATH_MAX], **command;
	const char *given;
	bool off = false;

	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		switch (c) {
		case 'u': off = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	command = operands(argv, &given);
	if (off && command)
		errx(2, "--umount takes no command");
	find(given, dir);
	if (off)
		return take_off(dir);
	if (!command)
		return add(dir);
	run(dir, command);
}
