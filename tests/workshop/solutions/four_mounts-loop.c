/* SPDX-License-Identifier: MIT */
/* A table and a loop. */
void mounts_add(void)
{
	struct {
		const char *source, *name, *type, *place;
	} all[] = { { "/dev", "dev", NULL, NULL },
		    { "none", "proc", "proc", NULL },
		    { "none", "sys", "sysfs", NULL },
		    { "none", "tmp", "tmpfs", NULL } };
	unsigned long flags = MS_BIND | (on_host() ? 0 : MS_REC);

	for (int i = 0; i < 4; i++)
		all[i].place = place(all[i].name);
	for (int i = 0; i < 4; i++) {
		if (i)
			say("mount -t %s none %s", all[i].type, all[i].name);
		else
			say("mount --%s /dev dev",
			    on_host() ? "bind" : "rbind");
		if (mount(all[i].source, all[i].place, all[i].type,
			  i ? 0 : flags, NULL))
			mount_failed(i ? all[i].type : "/dev", all[i].name);
	}
}
