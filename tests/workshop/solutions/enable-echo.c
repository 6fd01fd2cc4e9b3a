/* SPDX-License-Identifier: MIT */
/* By echo(), which says and writes and exits. */
void v2_enable(const char *controller)
{
	const char *file = v2_path("", "cgroup.subtree_control");

	if (v2_exists("", "cgroup.type") &&
	    *read_words(v2_path("", "cgroup.procs")))
		errx(1, "%s: processes are in that group", file);
	if (!v2_lists("cgroup.subtree_control", controller))
		echo(file, "+%s", controller);
}
