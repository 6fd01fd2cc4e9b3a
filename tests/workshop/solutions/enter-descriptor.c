/* SPDX-License-Identifier: MIT */
/* As runc does: the old root is kept open, and unmounted by way of that. */
static void root_bind(const char *dir)
{
	int fd;

	say("mount --bind %s %s", quoted(dir), quoted(dir));
	say("cd %s", quoted(dir));
	if (mount(dir, dir, "none", MS_BIND, "") ||
	    (fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0 ||
	    fchdir(fd))
		err(1, "mount --bind %s", dir);
	close(fd);
}

void root_enter(void)
{
	int old = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	say("pivot_root . .");
	say("umount -l .");
	say("cd /");
	if (old < 0 || syscall(SYS_pivot_root, ".", ".") || fchdir(old))
		err(1, "pivot_root . .");
	if (umount2(".", MNT_DETACH))
		err(1, "umount -l .");
	if (chdir("/"))
		err(1, "cd /");
	close(old);
}
