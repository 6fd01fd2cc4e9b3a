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

int main(int argc, char *argv[])
{
	const char *file = NULL, *dir;
	char *applets;
	int busybox;

	/* If stdin, stdout or stderr is closed, open /dev/null there. Otherwise the next file
	 * to be opened could become stderr, and messages would go into it. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", O_RDWR);

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
	file = busybox_find(file);
	busybox = busybox_open(file);
	applets = busybox_list(busybox, file);

	umask(022);
	rootfs_enter(dir);
	rootfs_build(busybox, file, applets);
	return 0;
}
