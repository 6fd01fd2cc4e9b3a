/* SPDX-License-Identifier: MIT */
#ifndef USERNS_H
#define USERNS_H

#include <sys/types.h>

/* Leave the user namespace for a new one, which maps no ids yet. This process has all
 * capabilities in it, until its next exec. Exits 1 on error. user_namespaces(7) */
void userns_unshare(void);

/* Map root (0) in the user namespace of the process PID to USER and GROUP outside, and
 * deny setgroups(2) in it. PID 0 is this process. Exits 1 on error. user_namespaces(7),
 * "User and group ID mappings" */
void userns_map_root(pid_t pid, unsigned user, unsigned group);

/* The cause of the error in errno, as text to add to its message: the limit on user
 * namespaces, or that kernel.SETTING has this VALUE. "" if it is neither. errno stays as it
 * is. Beside the lesson, in denied.c. */
const char *denied_by(const char *setting, char value);

#endif
