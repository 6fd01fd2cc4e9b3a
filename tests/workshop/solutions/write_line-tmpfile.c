/* SPDX-License-Identifier: MIT */
/* A file without a name gets one when it is whole; linkat(2) replaces nothing. */
static void write_line(const char *line, const char *name)
{
	int fd = open(".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644);
	char path[64];

	unlink(".new"); /* of a run of the other kind, which was killed */
	if (fd < 0 || dprintf(fd, "%s\n", line) < 0)
		err(1, "write %s", name);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (!linkat(AT_FDCWD, path, AT_FDCWD, name, AT_SYMLINK_FOLLOW))
		say("echo %s > %s", quoted(line), name);
	else if (errno != EEXIST)
		err(1, "write %s", name);
	close(fd);
}
