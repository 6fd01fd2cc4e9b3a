/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "mounts.h"

#include <sys/mount.h>

void mounts_private(void)
{
	/* A new mount namespace starts with a copy of every mount. If the mounts are
	 * "shared", and systemd makes them so, what is mounted below a copy appears
	 * below the original too: on the host. MS_REC: the mount / and all below it. */
	say("mount --make-rprivate /");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		err(1, "mount --make-rprivate / (impossible in a chroot)");
}
