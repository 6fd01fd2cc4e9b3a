/* SPDX-License-Identifier: MIT */
/* By stdio; the command is said afterwards. */
void v2_enable(const char *controller)
{
	const char *path = v2_path("", "cgroup.subtree_control");
	bool inner = v2_exists("", "cgroup.type");
	FILE *file;

	if (inner && strlen(read_words(v2_path("", "cgroup.procs"))))
		errx(1, "cannot write '+%s' to %s: processes are in that group",
		     controller, path);
	if (v2_lists("cgroup.subtree_control", controller))
		return;
	file = fopen(path, "w");
	if (!file || fprintf(file, "+%s", controller) < 0 || fclose(file))
		err(1, "write '+%s' to %s", controller, path);
	say("echo +%s > %s", controller, path);
}
