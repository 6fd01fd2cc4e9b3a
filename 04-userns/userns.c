/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Step 4: root inside, an ordinary user outside.
 *
 *	unshare -U --map-root-user COMMAND
 *
 * A user namespace has user and group ids of its own. For each of them uid_map and gid_map
 * in /proc/PID say which id it is outside. Root inside may do everything to what belongs to
 * the namespace. To the rest of the system the process is still the user who started it.
 */
#include "userns.h"
#include "lesson.h"

#include <sched.h>

void userns_unshare(void)
{
	say("unshare -U --keep-caps sh");
	say_inside();
	if (unshare(CLONE_NEWUSER))
		errx(1, "unshare -U: %s%s", strerror(errno),
		     denied_by("unprivileged_userns_clone", '0'));
}

/* Write TEXT to FILE in /proc/PID, or in /proc/self if PID is 0. */
static void write_to(pid_t pid, const char *file, const char *text)
{
	char path[64];

	say("echo %s > /proc/%s/%s", quoted(text), pid ? "$PID" : "self", file);
	if (pid)
		sprintf(path, "/proc/%d/%s", pid, file);
	else
		sprintf(path, "/proc/self/%s", file);
	if (write_text(text, path))
		errx(1, "write '%s' to %s: %s%s", text, path, strerror(errno),
		     denied_by("apparmor_restrict_unprivileged_userns", '1'));
}

/* Let root (0) inside be ID outside. The 1 is the number of ids: an unprivileged process may
 * map only one, its own. */
static void map_id(pid_t pid, const char *file, unsigned id)
{
	char map[32];

	sprintf(map, "0 %u 1", id);
	write_to(pid, file, map);
}

void userns_map_root(pid_t pid, unsigned user, unsigned group)
{
	map_id(pid, "uid_map", user);
	/* Before it may map its group, an unprivileged process has to give up
	 * setgroups(2): by leaving a group it could read a file of mode 604, which is
	 * closed to that group and open to everyone else. */
	write_to(pid, "setgroups", "deny");
	map_id(pid, "gid_map", group);
}

const char *denied_by(const char *setting, char value)
{
	static char text[80];
	char file[80], now;
	int error = errno, fd;

	if (error == EINVAL)
		return ": this kernel has no user namespaces";
	if (error == ENOSPC)
		return ": the limit is in /proc/sys/user/max_user_namespaces";
	if (error != EPERM && error != EACCES)
		return "";
	sprintf(file, "/proc/sys/kernel/%s", setting);
	fd = open(file, O_RDONLY | O_CLOEXEC); /* if it fails, so does read() */
	if (read(fd, &now, 1) == 1 && now == value)
		sprintf(text, ": kernel.%s is %c", setting, value);
	else if (error == EPERM)
		strcpy(text, ": a chroot or a container around us may deny it");
	close(fd);
	errno = error;
	return text;
}
