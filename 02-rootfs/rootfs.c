/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 2: a tree of files for the container to live in.
 *
 *	mkdir ~/container && cd ~/container
 *	mkdir -p ./{proc,sys,dev,tmp,bin,root,etc} && cd bin
 *	wget https://www.busybox.net/downloads/binaries/1.35.0-x86_64-linux-musl/busybox
 *	chmod +x busybox
 *	./busybox --list | xargs -I {} ln -s busybox {}
 *	cd ~/container
 *	echo 'export PATH=/bin' > ~/container/etc/profile
 *	echo "root:x:0:0:root:/root:/bin/sh" > ~/container/etc/passwd
 *	echo "root:x:0:" > ~/container/etc/group
 *
 * One program is enough for a whole system: busybox acts as the command by whose name
 * it was called: ls, sh or ps. It must be static, since a dynamic program needs a loader
 * and libraries, and this tree has none.
 *
 * What is there already is kept: after an error a second run does the rest.
 */
#include "rootfs.h"
#include "folder.h"
#include "lesson.h"

#include <sys/sendfile.h>
#include <sys/stat.h>

void rootfs_enter(const char *dir)
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

static void make_directories(void)
{
	static const char *const names[7] = { "proc", "sys",  "dev", "tmp",
					      "bin",  "root", "etc" };
	struct stat st;

	/* If a container has run in this tree, root in it may have replaced etc by a
	 * link to the host's /etc. Check all seven before making any. */
	for (int i = 0; i < 7; i++)
		if (!lstat(names[i], &st) && !S_ISDIR(st.st_mode))
			errx(1, "%s/%s is a link or a file, not a directory",
			     here(), names[i]);

	say("mkdir -p proc sys dev tmp bin root etc");
	for (int i = 0; i < 7; i++)
		if (mkdir(names[i], 0755) && errno != EEXIST)
			err(1, "mkdir %s", names[i]);
}

/* Enter NAME, but not through a link: one may have appeared since the check. */
static void cd(const char *name)
{
	int dir = open(name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	say("cd %s", name);
	if (dir < 0 || fchdir(dir) || close(dir))
		err(1, "cd %s", name);
}

/* Does NAME exist? A link does, wherever it leads. */
static bool exists(const char *name)
{
	struct stat st;

	return !lstat(name, &st);
}

/* A new file is called ".new" until it is whole. So even if we are killed, half a file
 * never has the right name, and a second run writes it again. */
static int begin_file(const char *name)
{
	int fd;

	unlink(".new"); /* from a run that was killed */
	fd = open(".new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		err(1, "create %s", name);
	return fd;
}

/* If the new file FD is WHOLE, rename it to NAME; else remove it and exit 1. */
static void end_file(int fd, bool whole, const char *name)
{
	if (whole && !close(fd) && !rename(".new", name))
		return;
	warn("write %s", name);
	unlink(".new");
	exit(1);
}

/* Copy BUSYBOX, a descriptor of FILE. The article has wget here, which gets a busybox for
 * one kind of processor only. */
static void copy_busybox(int busybox, const char *file)
{
	ssize_t n;
	int copy;

	if (exists("busybox"))
		return;
	say("cp %s busybox", quoted(file));
	say("chmod 755 busybox");
	copy = begin_file("busybox");
	while ((n = sendfile(copy, busybox, NULL, 1 << 20)) > 0)
		;
	end_file(copy, n == 0 && !fchmod(copy, 0755), "busybox");
}

/* Make a link to busybox for each of APPLETS, a name on each line. The links are relative,
 * so they lead to the busybox beside them even when this tree is /. */
static void link_applets(const char *file, char *applets)
{
	/* ln fails if the name exists, and busybox is in its own list: hence "|| :". */
	say("%s --list | xargs -I {} ln -s busybox {} || :", quoted(file));
	for (char *name; (name = strsep(&applets, "\n"));)
		if (*name && symlink("busybox", name) && errno != EEXIST)
			err(1, "ln -s busybox %s", name);
}

/* Write LINE to a new file NAME. If there is one already it is the user's own. */
static void write_line(const char *line, const char *name)
{
	int fd;

	if (exists(name))
		return;
	say("echo %s > %s", quoted(line), name);
	fd = begin_file(name);
	end_file(fd, dprintf(fd, "%s\n", line) > 0, name);
}

void rootfs_build(int busybox, const char *file, char *applets)
{
	make_directories();

	cd("bin");
	copy_busybox(busybox, file);
	link_applets(file, applets);
	cd("..");

	cd("etc");
	write_line("export PATH=/bin", "profile");
	write_line("root:x:0:0:root:/root:/bin/sh", "passwd");
	write_line("root:x:0:", "group");
	cd("..");
}
