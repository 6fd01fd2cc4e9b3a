/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 4: root inside, nobody outside.
 *
 * A user namespace has user and group ids of its own. Two files in /proc say
 * which of them stand for which ids outside. Each can be written once. Root of
 * the namespace may do everything to what belongs to the namespace; to all else
 * he is the user outside that his id stands for.
 */
#include "userns.h"
#include "lesson.h"

#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>

void userns_unshare(void)
{
	say("unshare -U --keep-caps sh -e < FIFO & PID=$!");
	if (!unshare(CLONE_NEWUSER))
		return;
	if (errno == ENOSPC)
		errx(1,
		     "new user namespace: none allowed, see /proc/sys/user/max_user_namespaces");
	err(1, "new user namespace");
}

/* MAPS as the kernel reads them: "INSIDE OUTSIDE COUNT", with NEWLINE between. */
static void map_text(const struct id_maps *maps, const char *newline,
		     char *text, size_t size)
{
	size_t len = 0;

	*text = 0;
	for (int i = 0; i < maps->count && len < size; i++)
		len += (size_t)snprintf(text + len, size - len, "%s%u %u %u",
					i ? newline : "", maps->line[i].inside,
					maps->line[i].outside,
					maps->line[i].count);
}

/* Write MAPS to the FILE "uid_map" or "gid_map" of process PID: in one write. */
static void write_map(pid_t pid, const char *file, const struct id_maps *maps)
{
	char text[512], path[64];

	snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
	map_text(maps, "\\n", text, sizeof text);
	if (maps->count == 1)
		say("echo %s > /proc/$PID/%s", quoted(text), file);
	else /* the shell's own printf would write line by line */
		say("/usr/bin/printf %s > /proc/$PID/%s", quoted(text), file);
	map_text(maps, "\n", text, sizeof text);
	if (!write_text(text, path))
		return;
	if (errno == EPERM)
		errx(1,
		     "write '%s' to %s: Operation not permitted: without root you may map one id, your own; newuidmap(1) maps more",
		     text, path);
	err(1, "write '%s' to %s", text, path);
}

void userns_map(pid_t pid, const struct id_maps *users,
		const struct id_maps *groups, bool deny)
{
	char path[64];

	write_map(pid, "uid_map", users);
	if (deny) {
		/* Who could leave a group could read what is closed to it. The
		 * kernel wants this settled before groups mean anything. */
		snprintf(path, sizeof path, "/proc/%d/setgroups", pid);
		say("echo deny > /proc/$PID/setgroups");
		if (write_text("deny", path))
			err(1, "write 'deny' to %s", path);
	}
	write_map(pid, "gid_map", groups);
}

void userns_become_root(bool clear_groups)
{
	say("exec setpriv --reuid 0 --regid 0 %s sh -e",
	    clear_groups ? "--clear-groups" : "--keep-groups");
	if (clear_groups && setgroups(0, NULL))
		err(1, "leave all groups");
	/* The group first, as a habit: whoever gives root up may not choose a
	 * group after that. */
	if (setresgid(0, 0, 0))
		err(1, "become group 0");
	if (setresuid(0, 0, 0))
		err(1, "become user 0");
}
