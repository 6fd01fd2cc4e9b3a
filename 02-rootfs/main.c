/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "args.h"
#include "lesson.h"
#include "rootfs.h"

#include <getopt.h>
#include <sys/stat.h>

static const char usage[] =
	"Usage: rootfs [--busybox FILE] [DIR]\n"
	"Make in DIR (~/container) the files of a container: busybox and little else.\n"
	"What is there already is kept.\n"
	"  --busybox FILE  the busybox to copy: a static one (the first one found)\n"
	"  -v, --verbose   say each shell command that this stands for\n";

static const struct option options[] = {
	{ "busybox", required_argument, NULL, 'b' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;
static const char *pending; /* the DIR that an error is to remove */

static void undo(void)
{
	rootfs_undo();
	if (pending && rmdir(pending))
		warn("remove %s again", pending);
}

static void build(const char *dir, int busybox, const char *file)
{
	int root;

	umask(022);
	atexit(undo);
	if (!mkdir(dir, 0755))
		pending = dir;
	else if (errno != EEXIST)
		err(1, "mkdir %s", dir);
	root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		err(1, "%s", dir);
	rootfs_build(root, dir, busybox, file);
	pending = NULL;
}

int main(int argc, char *argv[])
{
	const char *file = NULL, *problem;
	char dir[PATH_MAX];
	int busybox;

	for (int c; (c = getopt_long(argc, argv, "v", options, NULL)) != -1;)
		switch (c) {
		case 'b': file = optarg; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	if (argc - optind > 1)
		errx(2, "%s: one DIR is enough", argv[optind + 1]);
	if (!default_rootfs(argv[optind], dir))
		errx(2, "DIR wanted; see --help");
	if (!file && !(file = busybox_find()))
		errx(1,
		     "no static busybox found: apt install busybox-static (elsewhere: busybox or busybox-static), or give --busybox FILE");
	busybox = busybox_open(file, &problem);
	if (busybox < 0)
		errx(1,
		     "%s: %s; a static one: apt install busybox-static, then --busybox /bin/busybox",
		     file, problem);
	build(dir, busybox, file);
	return 0;
}
