/* SPDX-License-Identifier: MIT */
/* By mount_setattr(2). */
#include <sys/syscall.h>
void mounts_private(void)
{
	struct {
		unsigned long long set, clear, propagation, userns;
	} attr = { .propagation = MS_PRIVATE };

	say("mount --make-rprivate /");
	if (syscall(SYS_mount_setattr, -1, "/", 0x8000 /* AT_RECURSIVE */,
		    &attr, sizeof attr))
		err(1, "mount --make-rprivate / (impossible in a chroot)");
}
