/* SPDX-License-Identifier: MIT */
/* It looks at the list first, and for processes afterwards. */
void v2_enable(const char *controller)
{
	const char *file = v2_path("", "cgroup.subtree_control");
	char *text;

	if (v2_lists("cgroup.subtree_control", controller))
		return;
	if (v2_exists("", "cgroup.type") &&
	    *read_words(v2_path("", "cgroup.procs")))
		errx(1, "%s: processes are in that group", file);
	if (asprintf(&text, "+%s\n", controller) < 0)
		err(1, "echo +%s", controller);
	say("echo +%s > %s", controller, file);
	if (write_text(text, file))
		err(1, "write '+%s' to %s", controller, file);
}
