/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "folder.h"
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

/* If the caller has closed stdin, stdout or stderr, open /dev/null in its place. Else the
 * next file that is opened would take it, and messages would go into that. */
static void fill_descriptors(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		;
	close(fd);
}

int main(int argc, char *argv[])
{
	const char *file = NULL, *path, *dir;
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
	dir = container_dir(argv[optind]);

	/* Check the busybox before making anything. */
	if (!file)
		file = busybox_find();
	busybox = busybox_open(file);
	applets = busybox_list(busybox, file);
	/* Its full path is for the commands of -v: rootfs_enter() leaves this directory. */
	path = *file == '/' ? file : realpath(file, NULL);
	if (!path)
		err(1, "%s", file);

	umask(022);
	rootfs_enter(dir);
	rootfs_build(busybox, path, applets);
	return 0;
}
