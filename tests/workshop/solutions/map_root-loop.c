/* SPDX-License-Identifier: MIT */
/* A table and a loop, by stdio. */
void userns_map_root(pid_t pid, unsigned user, unsigned group)
{
	const char *files[] = { "uid_map", "setgroups", "gid_map" };
	char path[64], text[64];

	for (int i = 0; i < 3; i++) {
		FILE *file;

		snprintf(text, sizeof text, i == 1 ? "deny" : "0 %u 1",
			 i ? group : user);
		say("echo %s > /proc/%s/%s", quoted(text),
		    pid ? "$PID" : "self", files[i]);
		snprintf(path, sizeof path, "/proc/%d/%s", pid ? pid : getpid(),
			 files[i]);
		if (!pid)
			snprintf(path, sizeof path, "/proc/self/%s", files[i]);
		file = fopen(path, "w");
		if (!file || fputs(text, file) < 0 || fclose(file))
			errx(1, "write '%s' to %s: %s%s", text, path,
			     strerror(errno),
			     denied_by("apparmor_restrict_unprivileged_userns",
				       '1'));
	}
}
