/* SPDX-License-Identifier: MIT */
/* Without map_id(). */
void userns_map_root(pid_t pid, unsigned user, unsigned group)
{
	char users[64], groups[64];

	snprintf(users, sizeof users, "0 %u 1", user);
	snprintf(groups, sizeof groups, "0 %u 1", group);
	write_to(pid, "setgroups", "deny");
	write_to(pid, "uid_map", users);
	write_to(pid, "gid_map", groups);
}
