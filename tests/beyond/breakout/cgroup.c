/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * cgroup procs: move to the root of the cgroups, where no limit holds.
 * cgroup release_agent: set the program that the host's root runs when a group of
 * version 1 becomes empty (to the value that it has).
 *
 * Both begin with finding the tree of groups: outside of a chroot, or by a mount.
 */
#include "attack.h"

#include <sys/mount.h>
#include <sys/stat.h>

/* The host's trees, as far as one can get at them. */
static const char *const trees[] = {
	"/sys/fs/cgroup",
	"/sys/fs/cgroup/memory",
	"/sys/fs/cgroup/pids",
	"/tmp/cgroup",
};

static void mount_tree(void)
{
	mkdir("/tmp/cgroup", 0755);
	if (mount("none", "/tmp/cgroup", "cgroup", 0, "memory") &&
	    mount("none", "/tmp/cgroup", "cgroup2", 0, NULL))
		rmdir("/tmp/cgroup");
}

/* Write TEXT to FILE of one of the trees. */
static int write_any(const char *file, const char *text)
{
	for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
		char path[64];
		int fd;

		snprintf(path, sizeof path, "%s/%s", trees[i], file);
		fd = open(path, O_WRONLY);
		if (fd >= 0 && write(fd, text, strlen(text)) > 0)
			return OUT;
	}
	return HELD;
}

int main(int argc, char *argv[])
{
	if (argc != 2)
		return NOT_TRIED;
	leave_chroot();
	if (access("/sys/fs/cgroup", F_OK) || access(trees[1], F_OK))
		mount_tree();
	if (!strcmp(argv[1], "procs"))
		return write_any("cgroup.procs", "0");
	return write_any("release_agent", "\n");
}
