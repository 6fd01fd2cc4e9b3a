/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside the lesson: the settings by which a machine denies user namespaces. The
 * lesson can be read without this file.
 */
#include "lesson.h"
#include "userns.h"

/* Does FILE begin with VALUE? errno stays as it is. */
static bool begins_with(const char *file, char value)
{
	int error = errno;
	FILE *setting = fopen(file, "re");
	bool begins = setting && fgetc(setting) == value;

	if (setting)
		fclose(setting);
	errno = error;
	return begins;
}

const char *userns_denied(void)
{
	if (errno == ENOSPC)
		return ": the limit is in /proc/sys/user/max_user_namespaces";
	/* Only Debian's kernel has this one. */
	if (errno == EPERM &&
	    begins_with("/proc/sys/kernel/unprivileged_userns_clone", '0'))
		return ": kernel.unprivileged_userns_clone is 0";
	return "";
}

const char *userns_map_denied(void)
{
	/* Ubuntu allows the namespace, but nothing in it. */
	if ((errno == EPERM || errno == EACCES) &&
	    begins_with(
		    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
		    '1'))
		return ": kernel.apparmor_restrict_unprivileged_userns is 1";
	return "";
}
