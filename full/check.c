/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * "container --check": would the container start on this machine, and if not, what
 * is in the way?
 *
 * Each finding is the real thing, tried out in a process of its own that is thrown
 * away, in namespaces that are thrown away with it. What it says on stderr is what
 * the container would have said.
 */
#include "../01-unshare/unshare.h"
#include "../03-mounts/mounts.h"
#include "../04-userns/userns.h"
#include "../06-veth/netlink.h"
#include "container.h"
#include "lesson.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

/* Read all that comes out of FD, to its end, into TEXT. */
static void read_all(int fd, char *text, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while (len < size - 1 && (n = read(fd, text + len, size - 1 - len)) > 0)
		len += (size_t)n;
	while (len > 0 && text[len - 1] == '\n')
		len--;
	text[len] = 0;
}

/* Print a finding: how WHAT stands, and the lines TEXT that were said of it. */
static void print_finding(const char *verdict, const char *what, char *text)
{
	static const char name[] = "container: "; /* which err(3) begins with */
	bool first = true;

	printf("%-8s %s%s", verdict, what, *text ? ": " : "");
	for (char *line; (line = strsep(&text, "\n")); first = false) {
		if (!strncmp(line, name, strlen(name)))
			line += strlen(name);
		printf("%s%s\n", first ? "" : "\t", line);
	}
	if (fflush(stdout))
		err(1, "stdout");
}

/* Run LOOK in a process of its own, and print how WHAT stands. Returns whether it
 * does not stop the container. */
static bool finding(const char *what, void (*look)(struct container *c),
		    struct container *c)
{
	char text[4096];
	int out[2], status;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC))
		err(1, "pipe");
	pid = spawn(0, -1);
	if (pid == 0) {
		dup2(out[1], STDERR_FILENO);
		c->launcher = getpid();
		look(c);
		exit(0);
	}
	close(out[1]);
	read_all(out[0], text, sizeof text);
	close(out[0]);
	status = wait_for(pid);
	print_finding(status ? "problem" : *text ? "note" : "ok", what, text);
	return !status;
}

static void look_at_ids(struct container *c)
{
	if (c->one_id)
		warnx("%s", c->one_id);
}

static void look_at_name(struct container *c)
{
	take_name(c);
}

/* Make a cgroup with these limits, and remove it again. */
static void look_at_limits(struct container *c)
{
	static char name[32];

	snprintf(name, sizeof name, "check-%s", c->name);
	c->name = name;
	name_group(c);
	make_cgroup(c); /* removed again at exit */
}

/* In a container-to-be: mount what only namespaces of its own allow. */
__attribute__((noreturn)) static void mount_in_there(int line)
{
	char byte;
	ssize_t n = read(line, &byte, 1);

	if (n < 0)
		err(1, "wait for the word");
	if (n == 0)
		_exit(1); /* the other one has said why */
	mounts_private();
	userns_become_root(false);
	/* Where nothing is mounted yet: /tmp may well be a mount of its own. */
	if (mount("none", "/tmp", "tmpfs", 0, NULL) || chdir("/tmp") ||
	    mkdir("proc", 0755) || mkdir("sys", 0755))
		err(1, "mount a tmpfs");
	mount_on("none", "proc", 0, NULL, ".", "proc");
	mount_on("none", "sysfs", MS_RDONLY, NULL, ".", "sys");
	exit(0);
}

static void look_at_namespaces(struct container *c)
{
	int line[2];
	pid_t pid;

	if (pipe2(line, O_CLOEXEC))
		err(1, "pipe");
	pid = spawn(NAMESPACES, -1);
	if (pid == 0) {
		close(line[1]);
		mount_in_there(line[0]);
	}
	map_ids(c, pid);
	if (write(line[1], "", 1) != 1)
		err(1, "let it go");
	exit(wait_for(pid));
}

/* In a network namespace that nobody uses: a pair of interfaces, and the rules. */
static void look_at_network(struct container *c)
{
	char subnet[INET_ADDRSTRLEN + 4];
	struct notes notes;
	struct netlink nl, here;
	struct nat nat;
	int netns;

	namespaces_unshare(CLONE_NEWNET);
	netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (netns < 0)
		err(1, "/proc/self/ns/net");
	socket_here(&here);
	veth_create(&here, "check-host", "check-far", netns);
	if (nl_open(&nl, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nl.error);
	describe_nat(c, "lo", &nat, subnet);
	notes.table = nat.table;
	if (find_notes(&nl, &notes))
		exit(1);
	if (nat_add(&nl, &nat, true))
		errx(1, "nft create table ip %s: %s", nat.table, nl.error);
}

static void look_at_way_out(struct container *c)
{
	char subnet[INET_ADDRSTRLEN + 4];
	struct netlink nl, here;
	struct nat nat;

	check_network(c);
	choose_network(c);
	socket_here(&here);
	if (!c->uplink)
		c->uplink = uplink_find(&here);
	if (!c->uplink) {
		warnx("this host has no default route (--uplink INTERFACE names a way out): ip route get 1.1.1.1: %s",
		      here.error);
		return;
	}
	describe_nat(c, c->uplink, &nat, subnet);
	if (nl_open(&nl, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nl.error);
	warn_of_firewall(&nl, &nat);
}

static void look_at_names(struct container *c)
{
	read_resolv_conf(c);
	if (!*c->nameservers[0])
		warnx("no name server that the container could reach in /etc/resolv.conf");
}

/* What a container that was killed has left, and the next run clears away. */
static void look_at_leftovers(struct container *c)
{
	const struct cgroups *old = cgroups_of(c->group);
	char list[4096];

	if (old && !old->pids(c->group, list, sizeof list))
		warnx("an empty cgroup %s, which the next run removes",
		      c->group);
	if (forward_left())
		warnx("ip_forward, which the next run turns off");
}

int check(struct container *c)
{
	const struct {
		const char *what;
		void (*look)(struct container *c);
		bool wanted;
	} all[] = {
		{ "ids", look_at_ids, c->rootless },
		{ "program", check_program, true },
		{ "name", look_at_name, true },
		{ "leftovers", look_at_leftovers, !c->rootless },
		{ "rootfs", check_rootfs, true },
		{ "limits", look_at_limits, true },
		{ "namespaces", look_at_namespaces, true },
		{ "veth and nftables", look_at_network, c->network },
		{ "way out", look_at_way_out, c->network },
		{ "name servers", look_at_names, c->network },
	};
	bool good = true;

	hold_signals(); /* it takes no time, and undoes all that it does */
	if (!finding(c->rootless ? "user namespace" : "root", choose_ids, c))
		return 1;
	choose_ids(c);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].wanted)
			good &= finding(all[i].what, all[i].look, c);
	return !good;
}
