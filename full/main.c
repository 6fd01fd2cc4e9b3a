/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * A whole container, made of the seven lessons.
 *
 * Two processes make it. The launcher stays on the host, does what can only be done there,
 * and undoes it at the end. The other process starts in new namespaces, in the rootfs, and
 * becomes the container. It first waits on a socket until the launcher has set up its ids
 * and its network and lets it go.
 */
#include "../03-mounts/mounts.h" /* close_from() */
#include "beyond.h"
#include "container.h"
#include "lesson.h"

#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* The container starts in new namespaces of these kinds and of the one from new_time(). inside.c
 * makes the eighth, the cgroup namespace: its root is the cgroup of the process that makes it. */
#define NAMESPACES                                                             \
	(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET |            \
	 CLONE_NEWPID | CLONE_NEWUSER)

char verbose;

/* Keep only stdin, stdout and stderr. Open /dev/null for each that is closed: otherwise the
 * next file that we open would take its number, and the container would get it. */
static void take_descriptors(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		;
	close_from(3);
}

static void remove_cgroup(struct container *c)
{
	cgroup_remove(c->name);
}

/* Make the cgroup and set its limits, which an ordinary user may not do. */
static void make_cgroup(struct container *c)
{
	if (c->rootless)
		return;
	cgroup_choose(&c->limits);
	cgroup_make(c->name);
	at_end(c, remove_cgroup);
	cgroup_limit(c->name, &c->limits);
}

static void end_child(struct container *c)
{
	if (waitpid(c->pid, NULL, WNOHANG) != 0)
		return; /* it has ended, and another process may have its pid */
	kill(c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
}

/* Start the process that becomes the container, in its cgroup. */
static void start(struct container *c)
{
	int line[2], cgroup;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line))
		err(1, "socketpair");
	/* FIFO stands for a FIFO that you make with mkfifo(1). A shell reads commands from it:
	 * write the lines with "#" to it. In the lines with "+", $PID is the pid of this shell. */
	say("%sunshare -m -u -i -n -p -U%s --propagation unchanged --keep-caps -f sh -e < FIFO & until PID=$(pgrep -P $!); do :; done",
	    c->rootless ? "" : "setpriv --clear-groups ",
	    new_time() ? " -T" : "");
	cgroup = c->rootless ? -1 : cgroup_open(c->name);
	c->pid = spawn(NAMESPACES | new_time(), cgroup);
	if (c->pid == 0) {
		c->line = line[1];
		become_container(c);
	}
	at_end(c, end_child);
	close(line[1]);
	c->line = line[0];

	if (cgroup >= 0)
		close(cgroup);
	else if (!c->rootless && cgroup_join(c->name, c->pid)) /* version 1 */
		exit(1);
}

int main(int argc, char *argv[])
{
	static struct container c; /* static: at_end() needs it after main() */

	take_descriptors();
	read_options(&c, argc, argv);
	choose_ids(&c);
	look_first(&c, argv); /* beyond the article */

	hold_signals(); /* from here on there is something to undo */
	prepare_rootfs(&c);
	make_cgroup(&c);
	start(&c);
	map_ids(&c); /* in beyond.h */
	connect_network(&c);
	let_go(&c);

	return attend(&c);
}
