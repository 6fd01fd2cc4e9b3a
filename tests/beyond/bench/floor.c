/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * floor ROOTFS UPLINK COMMAND: the container that full/container makes, by the same
 * calls to the kernel, and nothing else. It reads no options, asks nothing, checks
 * nothing, and takes back only what does not go by itself at once.
 * UPLINK "-" is no network. What is slower than this is ours; what is not is the
 * kernel's.
 */
#include "../../../01-unshare/unshare.h"
#include "../../../06-veth/addresses.h"
#include "../../../06-veth/netlink.h"
#include "../../../06-veth/veth.h"
#include "../../../07-nat/nat.h"
#include "../../../full/container.h"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

char verbose;

void confine(void); /* of full/beyond/confine.c */

static void put(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		err(1, "%s", file);
	close(fd);
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
		put("/sys/fs/cgroup/floor/memory.max", "536870912");
		put("/sys/fs/cgroup/floor/cpu.max", "200000");
		put("/sys/fs/cgroup/floor/pids.max", "1024");
		return;
	}
	put("/sys/fs/cgroup/cpu/floor/cpu.cfs_quota_us", "200000");
	put("/sys/fs/cgroup/memory/floor/memory.limit_in_bytes", "536870912");
	put("/sys/fs/cgroup/pids/floor/pids.max", "1024");
}

static void bind_device(const char *from, const char *to)
{
	put(to, "");
	mount(from, to, NULL, MS_BIND, NULL);
}

static void make_dev(void)
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
	    setresuid(0, 0, 0) || unshare(CLONE_NEWCGROUP))
		err(1, "floor");
	mount("none", "proc", "proc", 0, NULL);
	mount("none", "sys", "sysfs", MS_RDONLY, NULL);
	mount("none", "tmp", "tmpfs", 0, NULL);
	make_dev();
	if (syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
	    sethostname("floor", 5))
		err(1, "pivot_root");
	confine();
	execv(command[0], command);
	err(1, "%s", command[0]);
}

static struct netlink nat_socket;

static void make_network(pid_t pid, const char *uplink)
{
	static struct netlink here, there;
	struct end host = { "veth-floor", "192.168.1.123/24", { 0 }, 24 };
	struct end far = { "veth-inside", "192.168.1.124/24", { 0 }, 24 };
	struct nat nat = { .table = "floor",
			   .subnet = "192.168.1.0/24",
			   .length = 24,
			   .uplink = uplink };
	int netns = netns_open(pid);

	parse_address(host.text, &host.address, &host.length);
	parse_address(far.text, &far.address, &far.length);
	nat.network.s_addr = host.address.s_addr & netmask(24).s_addr;
	socket_there(&there, netns);
	if (!strcmp(uplink, "-")) {
		link_up(&there, "lo");
		return;
	}
	socket_here(&here);
	veth_create(&here, host.name, far.name, netns);
	veth_connect(&here, &there, &host, &far);
	nl_open(&nat_socket, NETLINK_NETFILTER);
	nat_add(&nat_socket, &nat, true);
	put("/proc/sys/net/ipv4/ip_forward", "1");
}

int main(int argc, char *argv[])
{
	bool is_v1 = !access("/sys/fs/cgroup/memory", F_OK);
	const char *const *dirs = is_v1 ? v1 : v2;
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
	make_network(pid, argv[2]);
	if (write(line[0], "", 1) != 1)
		err(1, "write");
	status = wait_for(pid);
	if (strcmp(argv[2], "-")) {
		put("/proc/sys/net/ipv4/ip_forward", "0");
		nat_remove(&nat_socket, "floor");
		veth_remove("veth-floor");
	}
	for (int i = 0; dirs[i]; i++)
		while (rmdir(dirs[i]) && errno == EBUSY)
			;
	return status;
}
