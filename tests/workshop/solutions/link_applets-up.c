/* SPDX-License-Identifier: MIT */
/* The target goes up and down again; sscanf(3) takes the words. */
static void link_applets(const char *file, char *applets)
{
	char name[256];
	int length;

	say("%s --list | xargs -I {} ln -s busybox {} || :", quoted(file));
	while (sscanf(applets, "%255s%n", name, &length) == 1) {
		applets += length;
		if (symlink("../bin/busybox", name) && errno != EEXIST)
			err(1, "ln -s busybox %s", name);
	}
}
