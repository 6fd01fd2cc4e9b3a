/* SPDX-License-Identifier: MIT */
/* In another order; the commands are said after the calls. */
void mounts_add(void)
{
	const char *tmp = place("tmp"), *sys = place("sys");
	const char *proc = place("proc"), *dev = place("dev");

	if (mount("/dev", dev, NULL, MS_BIND | (on_host() ? 0 : MS_REC), NULL))
		mount_failed("/dev", "dev");
	if (mount("none", tmp, "tmpfs", 0, NULL))
		mount_failed("tmpfs", "tmp");
	if (mount("none", proc, "proc", 0, NULL))
		mount_failed("proc", "proc");
	if (mount("none", sys, "sysfs", 0, NULL))
		mount_failed("sysfs", "sys");
	say("mount --%s /dev dev", on_host() ? "bind" : "rbind");
	say("mount -t tmpfs none tmp");
	say("mount -t proc none proc");
	say("mount -t sysfs none sys");
}
