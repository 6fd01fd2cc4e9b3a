/* SPDX-License-Identifier: MIT */
/* The period is 100000 from birth: the quota alone will do. */
static void limit_cpu(const char *name, long quota)
{
	v2_enable("cpu");
	echo(v2_path(name, "cpu.max"), "%ld", quota);
}
