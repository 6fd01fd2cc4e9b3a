/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* mounts: change what is mounted, or what / is, by the calls of old and by the new ones. */
#include "attack.h"

#include <sched.h>
#include <sys/mount.h>

#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#endif

int main(void)
{
	if (!unshare(CLONE_NEWNS) ||
	    !mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    !mount("none", "/tmp", "tmpfs", 0, NULL) ||
	    !umount2("/proc", MNT_DETACH) ||
	    syscall(SYS_open_tree, AT_FDCWD, "/", OPEN_TREE_CLONE) >= 0 ||
	    syscall(SYS_fsopen, "tmpfs", 0) >= 0 ||
	    !syscall(SYS_pivot_root, "/", "/tmp"))
		return OUT;
	return HELD;
}
