/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * floor ROOTFS UPLINK COMMAND: a container that is isolated as full/container isolates it,
 * by the same calls to the kernel, and nothing else. It reads no options, asks nothing,
 * checks nothing, and undoes only what does not go by itself at once. UPLINK "-" means no
 * network. The time that full takes beyond this goes into its other chapters.
 */
#include "../../../01-unshare/unshare.h"
#include "../../../03-mounts/mounts.h"
#include "../../../06-veth/addresses.h"
#include "../../../06-veth/netlink.h"
#include "../../../06-veth/veth.h"
#include "../../../full/beyond/chapters.h"
#include "../../../full/lesson.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

char verbose;
const char *uplink; /* for rules.c */

struct netlink *host_socket(int protocol)
{
	static struct netlink nl;

	if (!nl.fd && nl_open(&nl, protocol))
		errx(1, "netlink socket: %s", nl.error);
	return &nl;
}

static void put(const char *file, const char *text)
{
	if (write_text(text, file))
		err(1, "%s", file);
}

static void put_if_there(const char *file, const char *text)
{
	if (write_text(text, file) && errno != ENOENT)
		err(1, "%s", file);
}

/* Where the controllers are: one tree (v2), or one for each (v1). */
static const char *const v2[] = { "/sys/fs/cgroup/floor", NULL };
static const char *const v1[] = { "/sys/fs/cgroup/cpu/floor",
				  "/sys/fs/cgroup/memory/floor",
				  "/sys/fs/cgroup/pids/floor", NULL };

static void make_cgroup(const char *const *dirs)
{
	for (int i = 0; dirs[i]; i++)
		mkdir(dirs[i], 0755);
	if (dirs == v2) {
		put("/sys/fs/cgroup/floor/cpu.max", "200000 100000");
		put("/sys/fs/cgroup/floor/memory.max", "536870912");
		put_if_there("/sys/fs/cgroup/floor/memory.swap.max", "0");
		put("/sys/fs/cgroup/floor/pids.max", "1024");
		return;
	}
	put("/sys/fs/cgroup/cpu/floor/cpu.cfs_period_us", "100000");
	put("/sys/fs/cgroup/cpu/floor/cpu.cfs_quota_us", "200000");
	put("/sys/fs/cgroup/memory/floor/memory.limit_in_bytes", "536870912");
	put_if_there("/sys/fs/cgroup/memory/floor/memory.memsw.limit_in_bytes",
		     "536870912");
	put("/sys/fs/cgroup/pids/floor/pids.max", "1024");
}

static void bind_device(const char *from, const char *to)
{
	close(open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
	mount(from, to, NULL, MS_BIND, NULL);
}

static void fill_dev(void)
{
	mount("none", "dev", "tmpfs", MS_NOSUID, "mode=755");
	bind_device("/dev/null", "dev/null");
	bind_device("/dev/zero", "dev/zero");
	bind_device("/dev/full", "dev/full");
	bind_device("/dev/random", "dev/random");
	bind_device("/dev/urandom", "dev/urandom");
	bind_device("/dev/tty", "dev/tty");
	mkdir("dev/pts", 0755);
	mount("none", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
	      "newinstance,ptmxmode=0666,mode=620");
	mkdir("dev/shm", 0755);
	mount("none", "dev/shm", "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=1777");
	mkdir("dev/mqueue", 0755);
	mount("none", "dev/mqueue", "mqueue", MS_NOSUID | MS_NOEXEC, NULL);
	if (symlink("pts/ptmx", "dev/ptmx") ||
	    symlink("/proc/self/fd", "dev/fd") ||
	    symlink("/proc/self/fd/0", "dev/stdin") ||
	    symlink("/proc/self/fd/1", "dev/stdout") ||
	    symlink("/proc/self/fd/2", "dev/stderr"))
		err(1, "symlink");
}

static void become(const char *rootfs, int line, char *command[])
{
	char byte;

	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	mount(rootfs, rootfs, NULL, MS_BIND, NULL);
	if (chdir(rootfs) || write(line, "", 1) != 1 ||
	    read(line, &byte, 1) != 1 || setresgid(0, 0, 0) ||
	    setresuid(0, 0, 0) || prctl(PR_SET_PDEATHSIG, SIGKILL) ||
	    unshare(CLONE_NEWCGROUP))
		err(1, "floor");
	mount("none", "proc", "proc", 0, NULL);
	mount("none", "sys", "sysfs", MS_RDONLY, NULL);
	mount("none", "tmp", "tmpfs", 0, NULL);
	fill_dev();
	if (syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
	    sethostname("floor", 5))
		err(1, "pivot_root");
	setsid();
	limit_counts();
	confine();
	close_from(3);
	execv(command[0], command);
	err(1, "%s", command[0]);
}

/* Turn off IPv6 at both ends. */
static void close_both(int netns)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	put_if_there("/proc/sys/net/ipv6/conf/veth-floor/disable_ipv6", "1");
	if (setns(netns, CLONE_NEWNET))
		err(1, "setns");
	put_if_there("/proc/sys/net/ipv6/conf/veth-inside/disable_ipv6", "1");
	if (setns(home, CLONE_NEWNET))
		err(1, "setns");
	close(home);
}

static void forward(const char *interface, const char *digit)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/sys/net/ipv4/conf/%s/forwarding",
		 interface);
	put_if_there(path, digit);
}

static const char *way_out;

static void remove_network(struct container *c)
{
	forward(way_out, "0");
	veth_remove(c->host.name);
}

static void make_network(struct container *c)
{
	static struct netlink here, there;
	int netns = netns_open(c->pid);

	socket_there(&there, netns);
	if (!c->network) {
		link_up(&there, "lo");
		return;
	}
	parse_address(c->host.text, &c->host.address, &c->host.length);
	parse_address(c->far.text, &c->far.address, &c->far.length);
	socket_here(&here);
	veth_create(&here, c->host.name, c->far.name, netns);
	close_both(netns);
	veth_connect(&here, &there, &c->host, &c->far);
	forward(way_out, "1");
	forward(c->host.name, "1");
	at_end(c, remove_network);
	make_rules(c); /* at the end it removes them first */
}

int main(int argc, char *argv[])
{
	bool is_v1 = !access("/sys/fs/cgroup/memory", F_OK);
	const char *const *dirs = is_v1 ? v1 : v2;
	static struct container c = {
		.name = "floor",
		.host = { "veth-floor", "192.168.1.123/24", { 0 }, 24 },
		.far = { "veth-inside", "192.168.1.124/24", { 0 }, 24 },
	};
	char path[64], pid_text[16], byte;
	int line[2], cgroup = -1, status;
	pid_t pid;

	if (argc < 4)
		errx(2, "ROOTFS UPLINK COMMAND wanted");
	make_cgroup(dirs);
	if (!is_v1)
		cgroup = open(v2[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line))
		err(1, "socketpair");
	pid = spawn(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET |
			    CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWTIME,
		    cgroup);
	if (pid == 0)
		become(argv[1], line[1], argv + 3);
	snprintf(pid_text, sizeof pid_text, "%d", pid);
	for (int i = 0; is_v1 && dirs[i]; i++) {
		snprintf(path, sizeof path, "%s/cgroup.procs", dirs[i]);
		put(path, pid_text);
	}
	if (read(line[0], &byte, 1) != 1)
		errx(1, "it is gone");
	snprintf(path, sizeof path, "/proc/%d/uid_map", pid);
	put(path, "0 2100000000 1");
	snprintf(path, sizeof path, "/proc/%d/setgroups", pid);
	put(path, "deny");
	snprintf(path, sizeof path, "/proc/%d/gid_map", pid);
	put(path, "0 2100000000 1");
	c.pid = pid;
	way_out = argv[2];
	c.network = strcmp(way_out, "-") != 0;
	make_network(&c);
	if (write(line[0], "", 1) != 1)
		err(1, "write");
	status = wait_for(pid);
	for (int i = 0; dirs[i]; i++)
		while (rmdir(dirs[i]) && errno == EBUSY)
			;
	return status;
}
