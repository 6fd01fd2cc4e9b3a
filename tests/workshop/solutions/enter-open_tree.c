/* SPDX-License-Identifier: MIT */
/* open_tree(2) and move_mount(2) bind; "cd /" comes before the umount of what is on top. */
static void root_bind(const char *dir)
{
	int tree = (int)syscall(SYS_open_tree, AT_FDCWD, dir,
				1 /* OPEN_TREE_CLONE */);

	say("mount --bind %s %s", quoted(dir), quoted(dir));
	if (tree < 0 || syscall(SYS_move_mount, tree, "", AT_FDCWD, dir, 4))
		err(1, "mount --bind %s", dir);
	say("cd %s", quoted(dir));
	if (fchdir(tree) || close(tree))
		err(1, "cd %s", dir);
}

void root_enter(void)
{
	say("pivot_root . .");
	if (syscall(SYS_pivot_root, ".", "."))
		err(1, "pivot_root . .");
	say("umount -l .");
	if (umount2("/", MNT_DETACH))
		err(1, "umount -l .");
	say("cd /");
	if (chdir("/"))
		err(1, "cd /");
}
