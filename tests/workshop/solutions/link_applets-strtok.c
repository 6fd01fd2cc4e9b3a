/* SPDX-License-Identifier: MIT */
/* strtok(3) skips what is empty; the target is told as ./busybox. */
static void link_applets(const char *file, char *applets)
{
	say("%s --list | xargs -I {} ln -s busybox {} || :", quoted(file));
	for (char *name = strtok(applets, "\n"); name;
	     name = strtok(NULL, "\n")) {
		if (!strcmp(name, "busybox"))
			continue;
		if (symlink("./busybox", name) == 0 || errno == EEXIST)
			continue;
		err(1, "ln -s busybox %s", name);
	}
}
