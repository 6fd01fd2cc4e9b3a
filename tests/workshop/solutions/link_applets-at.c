/* SPDX-License-Identifier: MIT */
/* It looks before it links, by a descriptor of the directory; the command is said last. */
static void link_applets(const char *file, char *applets)
{
	int dir = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	char *name = applets, *end;
	struct stat st;

	while ((end = strchrnul(name, '\n')) != name || *end) {
		bool last = !*end;

		*end = 0;
		if (*name && fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
		    symlinkat("busybox", dir, name))
			err(1, "ln -s busybox %s", name);
		if (last)
			break;
		name = end + 1;
	}
	close(dir);
	say("%s --list | xargs -I {} ln -s busybox {} || :", quoted(file));
}
