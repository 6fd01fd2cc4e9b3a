/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A container without root.
 *
 * Without this chapter only root can make a container: an ordinary user may not mount
 * anything, and may make no kind of namespace but one. But in a user namespace of its own
 * every process is root, of what belongs to that namespace. So the launcher becomes this
 * first, and then makes the container as root does. What belongs to the host stays closed
 * to it: it makes no cable and no NAT, and sets no limits. systemd can set limits, since
 * it gives each user a part of the tree of cgroups.
 */
#include "../../01-unshare/unshare.h"
#include "../../04-userns/userns.h"
#include "../lesson.h"
#include "chapters.h"

#include <grp.h>
#include <sched.h>

/* Enter a user namespace, as its root. */
static void enter(void)
{
	/* Asked now: in there they are not mapped. */
	unsigned user = geteuid(), group = getegid();
	char before = verbose;
	pid_t mapper = 0;

	mapper = start_mapper(); /* ranges.c */
	if (!mapper)
		say("exec unshare -m -U --map-root-user sh -e");
	verbose = 0; /* this unshare(1) does all that follows */
	userns_unshare();
	if (!has_mapped(mapper)) /* ranges.c */
		userns_map_root(0, user, group);
	verbose = before;
}

/* Say how to have the limits that root would set. */
void note_limits(const struct container *c)
{
	if (!c->rootless)
		return;
	warnx("no limits; where systemd runs, this in front of the command sets them: systemd-run --user --scope -p MemoryMax=%lld -p MemorySwapMax=0 -p CPUQuota=%g%% -p TasksMax=%ld",
	      c->limits.memory, (double)c->limits.cpu_quota / 1000,
	      c->limits.pids);
}

void become_root(struct container *c)
{
	if (!c->rootless)
		return;
	if (geteuid()) {
		try_user_namespace(); /* allowed.c */
		enter();
	}
	/* Or we are root of one already: protect_program() has started us anew, or the
	 * caller has made one. */
	if (!user_outside())
		errx(2, "--rootless is for ordinary users: leave it out");
	/* EPERM: where only root is mapped, setgroups(2) is denied. */
	if (setgroups(0, NULL) && errno != EPERM)
		err(1, "leave all groups");
	/* protect_program() may not clone a mount of the host's mount namespace. */
	namespaces_unshare(CLONE_NEWNS);
}
