/* SPDX-License-Identifier: MIT */
#ifndef RANGES_H
#define RANGES_H

#include <stdbool.h>
#include <sys/types.h>

/* A line of uid_map or gid_map: COUNT ids from INSIDE on are those from OUTSIDE on. */
struct id_map {
	unsigned inside, outside, count;
};

/* The ids that FILE, /etc/subuid or its like, lends to USER, a name or a number: in a
 * line "alice:100000:65536". False if there is no such line. subuid(5) */
bool lent_ids(const char *file, const char *user, struct id_map *ids);

/* Map COUNT ids of the process PID: root to USER and GROUP, and those after it to those
 * after USER and GROUP. Exits 1 on error. user_namespaces(7) */
void map_ranges(pid_t pid, unsigned user, unsigned group, unsigned count);

#endif
