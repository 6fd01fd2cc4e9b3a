/* SPDX-License-Identifier: MIT */
/* With the words that mount(8) would give, and said afterwards. */
void mounts_private(void)
{
	unsigned long flags = MS_PRIVATE;

	flags |= MS_REC;
	if (mount("none", "/", "", flags, "") != 0)
		err(1, "mount --make-rprivate / (impossible in a chroot)");
	say("mount --make-rprivate /");
}
