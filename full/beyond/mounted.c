/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What is mounted in the rootfs.
 *
 * No container can start in a rootfs in which something is mounted: it would see what the
 * mount covers, and the kernel refuses that. But the kernel does not say what is mounted.
 */
#include "../lesson.h"
#include "chapters.h"

/* Decode TEXT of /proc/self/mountinfo, where a blank is "\040". */
static void decode(char *text)
{
	unsigned byte;
	char *end = text;

	for (; *text; end++)
		if (*text == '\\' && strlen(text) >= strlen("\\040") &&
		    sscanf(text + 1, "%3o", &byte) == 1) {
			*end = (char)byte;
			text += strlen("\\040");
		} else {
			*end = *text++;
		}
	*end = 0;
}

void name_mounts(const char *rootfs)
{
	FILE *mounts = open_if_there("/proc/self/mountinfo");
	char line[2 * PATH_MAX], place[PATH_MAX];
	/* Filled from the end, since a mount inside another one is listed after it, and must
	 * be unmounted first. The last one stays NULL, for typed(). */
	static char *places[64];
	size_t first = sizeof places / sizeof *places - 1;

	while (mounts && first && fgets(line, sizeof line, mounts)) {
		if (sscanf(line, "%*s %*s %*s %*s %4095s", place) != 1)
			continue;
		decode(place);
		if (!strncmp(place, rootfs, strlen(rootfs)) &&
		    place[strlen(rootfs)] == '/')
			places[--first] = strdup(place);
	}
	if (mounts)
		fclose(mounts);
	if (places[first])
		errx(1,
		     "something is mounted in %s; to take it off: sudo umount%s",
		     rootfs, typed(places + first));
}
