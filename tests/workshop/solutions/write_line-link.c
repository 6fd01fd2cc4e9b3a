/* SPDX-License-Identifier: MIT */
/* The new file is linked to its name, which fails if there is one, and not renamed. */
static void write_line(const char *line, const char *name)
{
	bool whole;
	int fd;

	if (exists(name))
		return;
	fd = begin_file(name);
	whole = dprintf(fd, "%s\n", line) > 0;
	close(fd);
	if (!whole || (link(".new", name) && errno != EEXIST)) {
		warn("write %s", name);
		unlink(".new");
		exit(1);
	}
	if (errno != EEXIST)
		say("echo %s > %s", quoted(line), name);
	unlink(".new");
}
