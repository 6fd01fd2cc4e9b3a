/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* More ids than root's own: who lends them, and their maps. */
#include "ranges.h"
#include "lesson.h"

bool lent_ids(const char *file, const char *user, struct id_map *ids)
{
	FILE *lines = fopen(file, "re");
	char line[256], name[256];
	bool found = false;

	while (lines && !found && fgets(line, sizeof line, lines))
		found = sscanf(line, "%255[^:]:%u:%u", name, &ids->outside,
			       &ids->count) == 3 &&
			!strcmp(name, user) && ids->outside && ids->count;
	if (lines)
		fclose(lines);
	return found;
}

/* Two lines, for one must not reach over two lines of our own namespace's map: we may
 * have root from the one and the others from the other. */
static void map_range(pid_t pid, const char *file, unsigned root,
		      unsigned count)
{
	char text[64], path[64];

	/* The shell's own printf would write line by line. */
	say("/usr/bin/printf '0 %u 1\\n1 %u %u' > /proc/$PID/%s", root,
	    root + 1, count - 1, file);
	snprintf(text, sizeof text, "0 %u 1\n1 %u %u", root, root + 1,
		 count - 1);
	snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
	if (write_text(text, path))
		err(1, "write '%s' to %s", text, path);
}

void map_ranges(pid_t pid, unsigned user, unsigned group, unsigned count)
{
	map_range(pid, "uid_map", user, count);
	map_range(pid, "gid_map", group, count);
}
