/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 2: a tree of files for the container to live in.
 *
 * One program is enough for a whole system: busybox looks at the name it was
 * called by, and is ls, sh or ps. It has to be static: a dynamic program needs
 * a loader and libraries, and this tree has none.
 *
 * DIR may hold anything by now, and we may be root. So no path is walked twice:
 * each directory is opened once, as a directory and not a link (O_NOFOLLOW), and
 * what goes into it is named relative to its descriptor.
 */
#include "rootfs.h"
#include "lesson.h"

#include <limits.h>
#include <linux/fs.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* What was made so far, for rootfs_undo: NAME in the open directory AT. */
static struct {
	int at, flags;
	const char *name;
} made[1024];
static int made_count;

static void remember(int at, const char *name, int flags)
{
	if (made_count == sizeof made / sizeof *made)
		errx(1, "more than %d files", made_count);
	made[made_count].at = at;
	made[made_count].name = name;
	made[made_count++].flags = flags;
}

void rootfs_undo(void)
{
	while (made_count-- > 0)
		if (unlinkat(made[made_count].at, made[made_count].name,
			     made[made_count].flags))
			warn("remove %s again", made[made_count].name);
	made_count = 0;
}

/* Make the directory NAME in DIR, or take the one that is there. Returns it open. */
static int directory(int root, const char *name, const char *dir)
{
	int fd;

	if (!mkdirat(root, name, 0755))
		remember(root, name, AT_REMOVEDIR);
	else if (errno != EEXIST)
		err(1, "mkdir %s/%s", dir, name);
	fd = openat(root, name,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && (errno == ELOOP || errno == ENOTDIR))
		errx(1, "%s/%s is a link or a file, not a directory", dir,
		     name);
	if (fd < 0)
		err(1, "%s/%s", dir, name);
	return fd;
}

static bool exists(int at, const char *name)
{
	struct stat st;

	return !fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW);
}

/* A file comes to be in two steps: written as ".new", then renamed, so that nobody
 * ever finds half of it under its name. */
static int begin_file(int at, const char *path, mode_t mode)
{
	int fd;

	unlinkat(at, ".new", 0); /* of a run that was killed */
	fd = openat(at, ".new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		err(1, "create %s", path);
	remember(at, ".new", 0);
	return fd;
}

static void end_file(int at, int fd, const char *path, const char *name)
{
	int error = close(fd);

	/* Not over a file that is there by now. libc may lack renameat2. */
	if (!error)
		error = (int)syscall(SYS_renameat2, at, ".new", at, name,
				     RENAME_NOREPLACE);
	if (error)
		err(1, "create %s", path);
	made[made_count - 1].name = name; /* in place of .new */
}

/* Write the line TEXT into NAME in etc, which is open; a NAME that is there already,
 * whatever it is, is the user's and stays. begin_file(), end_file(), dprintf(3). */
static void write_line(int etc, const char *dir, const char *name,
		       const char *text)
{
	char path[PATH_MAX];
	int fd;

	if (exists(etc, name))
		return;
	say("echo %s > %s/etc/%s", quoted(text), quoted(dir), name);
	snprintf(path, sizeof path, "%s/etc/%s", dir, name);
	fd = begin_file(etc, path, 0644);
	if (dprintf(fd, "%s\n", text) < 0)
		err(1, "write %s", path);
	end_file(etc, fd, path, name);
}

static void copy_busybox(int bin, const char *dir, int busybox,
			 const char *file)
{
	char path[PATH_MAX];
	off_t at = 0;
	ssize_t n;
	int fd;

	if (exists(bin, "busybox"))
		return;
	snprintf(path, sizeof path, "%s/bin/busybox", dir);
	say("cp %s %s", quoted(file), quoted(path));
	say("chmod 755 %s", quoted(path));
	fd = begin_file(bin, path, 0755);
	while ((n = sendfile(fd, busybox, &at, 1 << 20)) > 0)
		;
	if (n < 0 || fchmod(fd, 0755))
		err(1, "copy %s to %s", file, path);
	end_file(bin, fd, path, "busybox");
}

/* Link each applet of LIST, a name on each line, to busybox in the same directory
 * BIN; what is there already stays. The links are relative: they hold wherever DIR
 * is, also when it is /. symlinkat(2). */
static void link_applets(int bin, const char *dir, const char *file, char *list)
{
	bool said = false;

	for (char *name; (name = strsep(&list, "\n"));) {
		if (!*name || exists(bin, name))
			continue;
		if (strchr(name, '/'))
			errx(1, "%s --list: %s is no applet", file, name);
		if (!said)
			say("%s%s --list | grep -vxF \"$(ls -A %s/bin)\" | xargs -I {} ln -s busybox %s/bin/{}",
			    strchr(file, '/') ? "" : "./", quoted(file),
			    quoted(dir), quoted(dir));
		said = true;
		if (symlinkat("busybox", bin, name))
			err(1, "link %s/bin/%s", dir, name);
		remember(bin, name, 0);
	}
}

void rootfs_build(int root, const char *dir, int busybox, const char *file)
{
	static char list[65536]; /* rootfs_undo may need its names */
	const char *d = quoted(dir);
	int bin, etc;

	say("mkdir -p %s/proc %s/sys %s/dev %s/tmp %s/bin %s/root %s/etc", d, d,
	    d, d, d, d, d);
	close(directory(root, "proc", dir));
	close(directory(root, "sys", dir));
	close(directory(root, "dev", dir));
	close(directory(root, "tmp", dir));
	bin = directory(root, "bin", dir);
	close(directory(root, "root", dir));
	etc = directory(root, "etc", dir);

	copy_busybox(bin, dir, busybox, file);
	busybox_list(busybox, file, list, sizeof list);
	link_applets(bin, dir, file, list);

	write_line(etc, dir, "profile", "export PATH=/bin");
	write_line(etc, dir, "passwd", "root:x:0:0:root:/root:/bin/sh");
	write_line(etc, dir, "group", "root:x:0:");

	made_count = 0; /* whole: nothing to undo any more */
	close(bin);
	close(etc);
}
