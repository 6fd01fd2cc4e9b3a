/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A whole container: the seven lessons, in the article's order.
 *
 * Two processes share the work. The launcher, on the host, makes what only the host
 * can make, and undoes it all at the end (each step registers its undoing with
 * atexit). The other one is born into new namespaces, in the rootfs, and becomes the
 * container. It waits on a line for the launcher's word that its ids and its network
 * are there.
 */
#include "../01-unshare/unshare.h"
#include "container.h"
#include "lesson.h"

#include <sched.h>
#include <sys/socket.h>

char verbose;

/* Start the process that becomes the container. Returns its pid. */
static pid_t start(struct container *c)
{
	int line[2], cgroup;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line))
		err(1, "socketpair");
	say("setpriv --%s-groups unshare -m -u -i -n -p -U -T --propagation unchanged --keep-caps -f sh -e < FIFO & until PID=$(pgrep -P $!); do :; done",
	    c->rootless && c->ids == 1 ? "keep" : "clear");
	cgroup = c->no_group ? -1 : cgroup_open(c->group);
	pid = spawn(NAMESPACES, cgroup);
	if (pid == 0) {
		close(line[0]);
		c->line = line[1];
		become_container(c);
	}
	end_with_us(pid);
	close(line[1]);
	c->line = line[0];

	if (cgroup >= 0)
		close(cgroup);
	else if (!c->no_group)
		cgroup_join(c->group, pid);
	return pid;
}

static void let_go(const struct container *c)
{
	if (write(c->line, "", 1) != 1)
		err(1, "let the container go");
}

int main(int argc, char *argv[])
{
	static struct container c; /* static: exit(3) undoes after main's end */
	pid_t pid;

	c.launcher = getpid();
	read_options(&c, argc, argv);
	if (c.check)
		return check(&c);
	choose_ids(&c);
	protect_program(&c, argv);
	take_name(&c);
	check_network(&c);
	read_resolv_conf(&c);
	hold_signals();

	prepare_rootfs(&c);
	make_cgroup(&c);
	pid = start(&c);
	map_ids(&c, pid);
	connect_network(&c, pid);
	let_go(&c);

	return attend(&c, pid);
}
