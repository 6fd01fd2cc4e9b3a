/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside the lesson: the settings by which a machine denies user namespaces. The
 * lesson can be read without this file.
 */
#include "lesson.h"
#include "userns.h"

const char *denied_by(const char *setting, char value)
{
	static char text[80];
	char file[80], first;
	int error = errno, fd;

	if (errno == ENOSPC)
		return ": the limit is in /proc/sys/user/max_user_namespaces";
	if (errno != EPERM && errno != EACCES)
		return "";
	*text = 0;
	sprintf(file, "/proc/sys/kernel/%s", setting);
	fd = open(file, O_RDONLY | O_CLOEXEC); /* if it fails, so does read() */
	if (read(fd, &first, 1) == 1 && first == value)
		sprintf(text, ": kernel.%s is %c", setting, value);
	close(fd);
	errno = error;
	return text;
}
