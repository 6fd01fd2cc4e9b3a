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
 * One program is enough for a whole system: busybox contains hundreds of commands, its
 * applets, such as ls, sh and ps. Which one runs depends on the name that it is called by.
 * It must be static: a dynamic program needs a loader and libraries, and this tree has none.
 * Whatever exists already is kept, so after an error a second run does the rest.
 */
#include "rootfs.h"
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
	static const char *const names[] = { "proc", "sys",  "dev", "tmp",
					     "bin",  "root", "etc", NULL };
	struct stat st;

	/* Root in a container that ran in this tree may have replaced etc with a link to
	 * the host's /etc. So check all the names before anything is made. */
	for (int i = 0; names[i]; i++)
		if (!lstat(names[i], &st) && !S_ISDIR(st.st_mode))
			errx(1, "%s/%s is a link or a file, not a directory",
			     getcwd(NULL, 0), names[i]);

	say("mkdir -p proc sys dev tmp bin root etc");
	for (int i = 0; names[i]; i++)
		if (mkdir(names[i], 0755) && errno != EEXIST)
			err(1, "mkdir %s", names[i]);
}

/* Enter the directory NAME. make_directories() has found that it is not a link, but a container
 * that runs in this tree may have replaced it since then. */
static void cd(const char *name)
{
	int dir = open(name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	say("cd %s", name);
	if (dir < 0 || fchdir(dir) || close(dir))
		err(1, "cd %s", name);
}

/* Create the file NAME. It is called ".new" until it is whole, because a run that is killed may
 * leave half a file, and the next run would keep it. Returns a descriptor, or -1 if NAME exists
 * already. */
static int begin_file(const char *name)
{
	struct stat st;
	int fd;

	if (!lstat(name, &st)) /* a link counts, even if it leads nowhere */
		return -1;
	unlink(".new"); /* from a run that was killed */
	fd = open(".new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		err(1, "create %s", name);
	return fd;
}

/* Give the new file FD its NAME if it is WHOLE. If not, remove it and exit 1. */
static void end_file(int fd, bool whole, const char *name)
{
	if (whole && !close(fd) && !rename(".new", name))
		return;
	warn("write %s", name);
	unlink(".new");
	exit(1);
}

/* Copy BUSYBOX, a descriptor of FILE. The article downloads a busybox for x86-64 instead. */
static void copy_busybox(int busybox, const char *file)
{
	int copy = begin_file("busybox");
	ssize_t n;

	if (copy < 0)
		return;
	say("cp %s busybox", quoted(file));
	say("chmod 755 busybox");
	while ((n = sendfile(copy, busybox, NULL, 1 << 20)) > 0)
		; /* 1 MiB at a time */
	end_file(copy, n == 0 && !fchmod(copy, 0755), "busybox");
}

/* Make a link to busybox for each of APPLETS. The links are relative, so they lead to the
 * busybox beside them also when this tree has become /. */
static void link_applets(const char *file, char *applets)
{
	/* ln fails for a name that exists, such as busybox, which lists itself too. */
	say("%s --list | xargs -I {} ln -s busybox {} || :", quoted(file));
	for (char *name; (name = strsep(&applets, "\n"));)
		if (*name && symlink("busybox", name) && errno != EEXIST)
			err(1, "ln -s busybox %s", name);
}

/* Write LINE to a new file NAME. If NAME exists, it may be the user's own file. */
static void write_line(const char *line, const char *name)
{
	int fd = begin_file(name);

	if (fd < 0)
		return;
	say("echo %s > %s", quoted(line), name);
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
