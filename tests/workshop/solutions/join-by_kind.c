/* SPDX-License-Identifier: MIT */
/* One kind after another, by the links in /proc: the user namespace first, since root in there
 * may enter the others. All links are opened before, because /proc changes on the way. */
static void enter_namespaces(const struct container *c, int process)
{
	static const char *const kinds[] = { "user", "mnt", "pid",    "net",
					     "uts",  "ipc", "cgroup", "time" };
	char path[64];
	int links[8], i;

	(void)process;
	say("exec nsenter -t %d -a --preserve-credentials sh -e", c->pid);
	for (i = 0; i < 8; i++) {
		snprintf(path, sizeof path, "/proc/%d/ns/%s", c->pid, kinds[i]);
		links[i] = open(path, O_RDONLY | O_CLOEXEC);
		if (links[i] < 0)
			err(1, "open %s", path);
	}
	for (i = 0; i < 8; i++)
		if (setns(links[i], 0))
			err(1, "enter the %s namespace", kinds[i]);
	if (setgid(0) || setuid(0))
		err(1, "become root");
}
