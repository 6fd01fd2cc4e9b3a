/* SPDX-License-Identifier: MIT */
#ifndef USERNS_H
#define USERNS_H

#include <sys/types.h>

/* Move this process to a new user namespace. Until its next exec it has all capabilities
 * there. Exits 1 on error. user_namespaces(7) */
void userns_unshare(void);

/* Map root (0) in the user namespace of the process PID (0: this process) to USER and GROUP
 * outside, and deny setgroups(2) in it. Exits 1 on error. user_namespaces(7) */
void userns_map_root(pid_t pid, unsigned user, unsigned group);

/* A hint to append to the message about errno, or "". It says that the limit on user namespaces
 * is reached, that kernel.SETTING (which Debian or Ubuntu has added) is VALUE, or that a chroot
 * or a container may deny them. */
const char *denied_by(const char *setting, char value);

#endif
