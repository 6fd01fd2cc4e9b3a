/* SPDX-License-Identifier: MIT */
/* The new file is linked to its name, which fails if there is one, and not renamed. */
static void write_line(const char *line, const char *name)
{
	int fd = begin_file(name);
	bool whole;

	if (fd < 0)
		return;
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
