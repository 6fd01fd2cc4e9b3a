/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A /dev for the container: the few devices that programs expect.
 *
 * With the host's /dev, which the article binds, come its disks, its kernel log and its
 * terminals; only their owners and modes protect them then. Runtimes make a new one, as
 * here. A user namespace may not make device nodes, so each of the host's that is wanted
 * is bound onto a file.
 */
#include "../../03-mounts/mounts.h"
#include "../lesson.h"
#include "chapters.h"

#include <sys/mount.h>
#include <sys/stat.h>

static const char *const nodes[] = { "null",   "zero",	  "full",
				     "random", "urandom", "tty" };

static const struct {
	const char *target, *name;
} links[] = {
	{ "pts/ptmx", "dev/ptmx" },
	{ "/proc/self/fd", "dev/fd" },
	{ "/proc/self/fd/0", "dev/stdin" },
	{ "/proc/self/fd/1", "dev/stdout" },
	{ "/proc/self/fd/2", "dev/stderr" },
};

/* Bind the host's device NAME. */
static void bind_node(const char *name)
{
	char from[32], to[32];
	int fd;

	snprintf(from, sizeof from, "/dev/%s", name);
	snprintf(to, sizeof to, "dev/%s", name);
	say("touch %s", to);
	fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		err(1, "create %s", to);
	close(fd);
	say("mount --bind %s %s", from, to);
	if (mount(from, to, NULL, MS_BIND, NULL))
		err(1, "bind %s", from);
}

/* Mount a file system of TYPE on a new directory dev/NAME. */
static void mount_new(const char *type, const char *data, const char *name)
{
	char path[32];

	snprintf(path, sizeof path, "dev/%s", name);
	say("mkdir %s", path);
	if (mkdir(path, 0755))
		err(1, "mkdir %s", path);
	say("mount -t %s -o nosuid,noexec,%s none %s", type, data, path);
	/* ENODEV: a kernel without message queues. Few will miss them. */
	if (mount("none", path, type, MS_NOSUID | MS_NOEXEC, data) &&
	    (errno != ENODEV || strcmp(type, "mqueue") != 0))
		err(1, "mount %s on %s", type, path);
}

void make_devices(void)
{
	say("mount -t tmpfs -o nosuid,mode=755 none ./dev");
	if (mount("none", place("dev"), "tmpfs", MS_NOSUID, "mode=755"))
		mount_failed("tmpfs", "dev");
	for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
		bind_node(nodes[i]);
	/* The machine has some 4096 terminals, for all. */
	mount_new("devpts", "newinstance,ptmxmode=0666,mode=620,max=64", "pts");
	mount_new("tmpfs", "mode=1777", "shm");
	mount_new("mqueue", "rw", "mqueue");
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		say("ln -s %s %s", links[i].target, links[i].name);
		if (symlink(links[i].target, links[i].name))
			err(1, "link %s", links[i].name);
	}
}
