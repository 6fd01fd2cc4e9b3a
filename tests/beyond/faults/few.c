/* SPDX-License-Identifier: MIT */
/* few - stands in for busybox with three applets, so that a rootfs is made in few
 * system calls, each of which is to fail once. */
#include <unistd.h>

int main(int argc, char *argv[])
{
	static const char list[] = "ls\nsh\ntrue\n";

	(void)argv;
	if (argc > 1) /* --list */
		return write(1, list, sizeof list - 1) < 0;
	return 0;
}
