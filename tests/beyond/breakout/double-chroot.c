/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* double-chroot FILE: leave the root by a second chroot, and see FILE of the host. */
#include "attack.h"

int main(int argc, char *argv[])
{
	if (argc != 2)
		return NOT_TRIED;
	leave_chroot();
	return access(argv[1], R_OK) ? HELD : OUT;
}
