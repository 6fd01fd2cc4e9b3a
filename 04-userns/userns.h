/* SPDX-License-Identifier: MIT */
#ifndef USERNS_H
#define USERNS_H

#include <sys/types.h>

/* Leave the user namespace for a new one. It maps no ids yet. In it this process has all
 * capabilities; its next exec drops them, unless root is mapped by then. Exits 1 on
 * error. user_namespaces(7) */
void userns_unshare(void);

/* Map root (0) in the user namespace of the process PID to USER and GROUP outside, and
 * deny setgroups(2) in it: by one write each to uid_map, setgroups and gid_map in
 * /proc/PID. PID 0 is this process. Exits 1 on error. user_namespaces(7), "User and group
 * ID mappings" */
void userns_map_root(pid_t pid, unsigned user, unsigned group);

/*
 * Beside the lesson, in denied.c. To call after an error: returns the setting of this
 * machine that is the cause, as text to add to the message, or "". errno stays as it is.
 */
const char *userns_denied(void);     /* unshare(CLONE_NEWUSER) has failed */
const char *userns_map_denied(void); /* writing a map has failed */

#endif
