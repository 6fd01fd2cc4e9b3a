/* SPDX-License-Identifier: MIT */
/* The period is 100000 from birth: the quota alone will do. */
static void limit_cpu(const char *name, long quota)
{
	echo(v1_path("cpu", name, "cpu.cfs_quota_us"), "%ld", quota);
}
