/* SPDX-License-Identifier: MIT */
/* The old root goes on the directory tmp, and is unmounted from there. */
static void root_bind(const char *dir)
{
	if (mount(dir, dir, NULL, MS_BIND, NULL))
		err(1, "mount --bind %s", dir);
	say("mount --bind %s %s", quoted(dir), quoted(dir));
	say("cd %s", quoted(dir));
	if (chdir(dir))
		err(1, "cd %s", dir);
}

void root_enter(void)
{
	say("pivot_root . .");
	say("umount -l .");
	say("cd /");
	if (syscall(SYS_pivot_root, ".", "tmp"))
		err(1, "pivot_root . tmp");
	if (chdir("/"))
		err(1, "cd /");
	if (umount2("tmp", MNT_DETACH))
		err(1, "umount -l tmp");
}
