/* SPDX-License-Identifier: MIT */
/* Without echo(): by open(2) and write(2). */
static void limit_cpu(const char *name, long quota)
{
	const char *path = v2_path(name, "cpu.max");
	char text[64];
	int fd, n = snprintf(text, sizeof text, "%ld 100000\n", quota);

	v2_enable("cpu");
	say("echo '%ld 100000' > %s", quota, path);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, (size_t)n) != n || close(fd))
		err(1, "write '%ld 100000' to %s", quota, path);
}
