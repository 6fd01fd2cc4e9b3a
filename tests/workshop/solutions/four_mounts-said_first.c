/* SPDX-License-Identifier: MIT */
/* All commands are said first; sources and data are other words, which mean nothing here. */
void mounts_add(void)
{
	const char *place_of[4] = { place("dev"), place("proc"), place("sys"),
				    place("tmp") };
	int bind = on_host() ? MS_BIND : MS_BIND | MS_REC;

	say("mount --%s /dev dev", on_host() ? "bind" : "rbind");
	say("mount -t proc none proc");
	say("mount -t sysfs none sys");
	say("mount -t tmpfs none tmp");
	if (mount("/dev/.", place_of[0], "none", bind, "") == -1)
		mount_failed("/dev", "dev");
	if (mount("none", place_of[1], "proc", 0, "") == -1)
		mount_failed("proc", "proc");
	if (mount("none", place_of[2], "sysfs", 0, "") == -1)
		mount_failed("sysfs", "sys");
	if (mount("none", place_of[3], "tmpfs", 0, "") == -1)
		mount_failed("tmpfs", "tmp");
}
