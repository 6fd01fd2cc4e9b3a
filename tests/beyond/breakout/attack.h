/* SPDX-License-Identifier: MIT */
/*
 * attack.h - what the attacks share.
 *
 * Each of them is one known way out of a container. It ends with OUT where it worked,
 * with HELD where it did not, and with any other status if it could not be tried.
 * None of them does harm: where one could hurt the machine, it stops as soon as it is
 * clear that nothing would keep it from going on.
 */
#ifndef ATTACK_H
#define ATTACK_H

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OUT = 0, HELD = 1, NOT_TRIED = 2 };

/*
 * Walk out of a chroot. The kernel stops ".." at the root; but chroot leaves the
 * working directory where it is, and from outside of the new root ".." never meets
 * it. Goes as far as it can.
 */
static inline void leave_chroot(void)
{
	char jail[] = "/tmp/jail.XXXXXX";
	int outside = open("/", O_RDONLY | O_DIRECTORY);

	if (!mkdtemp(jail))
		err(NOT_TRIED, "%s", jail);
	if (!chroot(jail) && !fchdir(outside))
		for (int i = 0; i < 64; i++)
			if (chdir(".."))
				break;
	if (chroot("."))
		warn("chroot");
	close(outside);
	rmdir(jail);
}

#endif
