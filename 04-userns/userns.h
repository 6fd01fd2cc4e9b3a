/* SPDX-License-Identifier: MIT */
#ifndef USERNS_H
#define USERNS_H

#include "args.h"

#include <stdbool.h>
#include <sys/types.h>

/* Which ids outside stand for which inside, as lines of uid_map or gid_map. */
struct id_maps {
	struct id_map line[8];
	int count;
};

/* Leave the user namespace for a new one, in which no id means anything yet and
 * this process may do everything. Exits 1 on error. user_namespaces(7). */
void userns_unshare(void);

/* Write the maps of process PID, once: from outside its user namespace. With DENY
 * the namespace gives up setgroups(2) for good, which the kernel asks of one who
 * maps a group without privilege (CAP_SETGID). Exits 1 on error.
 * user_namespaces(7), "User and group ID mappings". */
void userns_map(pid_t pid, const struct id_maps *users,
		const struct id_maps *groups, bool deny);

/* Become user and group 0 of the namespace, whose maps must be written, and with
 * CLEAR_GROUPS leave all other groups. Exits 1 on error. setresuid(2). */
void userns_become_root(bool clear_groups);

#endif
