/* SPDX-License-Identifier: MIT */
#ifndef USERNS_H
#define USERNS_H

#include <sys/types.h>

/* Move this process to a new user namespace. Until its next exec it has all capabilities
 * there. Exits 1 on error. user_namespaces(7) */
void userns_unshare(void);

/* Map root (0) in the user namespace of the process PID to USER and GROUP outside, and
 * deny setgroups(2) in it. PID 0 stands for this process. Exits 1 on error. user_namespaces(7),
 * "User and group ID mappings" */
void userns_map_root(pid_t pid, unsigned user, unsigned group);

/* A hint to append to the message about errno: that the limit on user namespaces is reached,
 * or that kernel.SETTING has this VALUE; else "". Debian and Ubuntu have such settings. */
const char *denied_by(const char *setting, char value);

#endif
