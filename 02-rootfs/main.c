/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "rootfs.h"

#include <getopt.h>
#include <sys/stat.h>

static const char usage[] =
	"Usage: rootfs [-v] [--busybox FILE] [DIR]\n"
	"Make the files of a container in DIR (~/container): busybox and little else.\n"
	"What is there already is kept.\n"
	"  --busybox FILE  the static busybox to copy (the first one found)\n"
	"  -v, --verbose   print the shell commands that do the same\n";

static const struct option options[] = {
	{ "busybox", required_argument, NULL, 'b' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;

/* If the caller has closed stdin, stdout or stderr, the next file that we open would take
 * its place: open(2) returns the lowest number that is free. */
static void fill_descriptors(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		;
	close(fd);
}

/* The DIR that was GIVEN, or ~/container. */
static const char *choose_dir(const char *given)
{
	const char *home = getenv("HOME");
	char *path;

	if (!given && home && *home &&
	    asprintf(&path, "%s/container", home) > 0)
		given = path;
	if (!given || !*given)
		errx(2, "which DIR? See --help");
	return given;
}

static void enter(const char *dir)
{
	if (access(dir, F_OK)) {
		say("mkdir %s", quoted(dir));
		if (mkdir(dir, 0755))
			err(1, "mkdir %s", dir);
	}
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
}

int main(int argc, char *argv[])
{
	const char *file = NULL, *dir;
	char *applets;
	int busybox;

	fill_descriptors();
	for (int c; (c = getopt_long(argc, argv, "v", options, NULL)) != -1;)
		switch (c) {
		case 'b': file = optarg; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	if (argc - optind > 1)
		errx(2, "%s: only one DIR is expected", argv[optind + 1]);
	dir = choose_dir(argv[optind]);

	/* What is wrong with the busybox is said before anything is made. */
	if (!file)
		file = busybox_find();
	busybox = busybox_open(file);
	applets = busybox_list(busybox, file);
	if (*file != '/' && !(file = realpath(file, NULL)))
		err(1, "--busybox");

	umask(022);
	enter(dir);
	rootfs_build(busybox, file, applets);
	return 0;
}
