/* SPDX-License-Identifier: MIT */
/* setgroups first, and the group before the user. */
void userns_map_root(pid_t pid, unsigned user, unsigned group)
{
	write_to(pid, "setgroups", "deny");
	map_id(pid, "gid_map", group);
	map_id(pid, "uid_map", user);
}
