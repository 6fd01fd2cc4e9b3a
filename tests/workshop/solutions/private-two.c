/* SPDX-License-Identifier: MIT */
/* In two steps: a slave has a master, which a private mount has no more. */
void mounts_private(void)
{
	static const unsigned long types[] = { MS_SLAVE, MS_PRIVATE };

	say("mount --make-rprivate /");
	for (int i = 0; i < 2; i++)
		if (mount(NULL, "/", NULL, MS_REC | types[i], NULL))
			err(1, "mount --make-rprivate / (impossible in a chroot)");
}
