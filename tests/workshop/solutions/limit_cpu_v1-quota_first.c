/* SPDX-License-Identifier: MIT */
/* The period after the quota. */
static void limit_cpu(const char *name, long quota)
{
	const char *period = v1_path("cpu", name, "cpu.cfs_period_us");

	echo(v1_path("cpu", name, "cpu.cfs_quota_us"), "%ld", quota);
	echo(period, "%d", 100000);
}
