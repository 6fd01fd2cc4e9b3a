/* SPDX-License-Identifier: MIT */
/* folder.h - which folder is the rootfs, and in which one we are. */
#ifndef FOLDER_H
#define FOLDER_H

#include "lesson.h"

/* The working directory, for messages. getcwd(3) */
static inline const char *here(void)
{
	const char *dir = getcwd(NULL, 0);

	return dir ? dir : ".";
}

/* The DIR that was GIVEN, or ~/container if that is NULL. Exits 2 if there is neither. */
static inline const char *container_dir(const char *given)
{
	const char *home = getenv("HOME");
	char *path;

	if (!given && home && *home &&
	    asprintf(&path, "%s/container", home) > 0)
		given = path;
	if (!given || !*given)
		errx(2, "which DIR? See --help");
	return given;
}

#endif
