/* SPDX-License-Identifier: MIT */
/* Without echo(): a loop, by stdio. */
static void limit_cpu(const char *name, long quota)
{
	const char *files[] = { "cpu.cfs_period_us", "cpu.cfs_quota_us" };

	for (int i = 0; i < 2; i++) {
		const char *path = v1_path("cpu", name, files[i]);
		long number = i ? quota : 100000;
		FILE *file = fopen(path, "w");

		say("echo %ld > %s", number, path);
		if (!file || fprintf(file, "%ld\n", number) < 0 || fclose(file))
			err(1, "write to %s", path);
	}
}
