/* SPDX-License-Identifier: MIT */
/* By stdio, and said last. */
static void limit_cpu(const char *name, long quota)
{
	const char *path = v2_path(name, "cpu.max");
	FILE *file;

	v2_enable("cpu");
	file = fopen(path, "w");
	if (!file || fprintf(file, "%ld %d", quota, 100 * 1000) < 0 ||
	    fclose(file))
		err(1, "write to %s", path);
	say("echo '%ld 100000' > %s", quota, path);
}
