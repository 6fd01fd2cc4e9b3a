/* SPDX-License-Identifier: MIT */
/*
 * Beside step 6: questions about namespaces, networks and interfaces that exist. The lesson
 * can be read without this file.
 */
#define _GNU_SOURCE
#include "addresses.h"
#include "interface.h"
#include "lesson.h"
#include "veth.h"

#include <sys/stat.h>

int netns_open(pid_t pid)
{
	char path[32];
	struct stat ours, theirs;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/ns/net", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		errx(1, "%d: no such process", pid);
	if (fd < 0 || fstat(fd, &theirs) || stat("/proc/self/ns/net", &ours))
		err(1, "%s", path);
	/* Two files with the same inode stand for the same namespace. */
	if (ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev)
		errx(1, "process %d is in our own network namespace", pid);
	return fd;
}

/* For nl_ask(): MESSAGE, of type RTM_NEWADDR, has an address of an interface. Exit if its
 * network overlaps with that of the end DATA. */
static void check_address(struct nlmsghdr *message, void *data)
{
	struct ifaddrmsg *other = NLMSG_DATA(message);
	struct nlattr *local = nl_attribute(message, sizeof *other, IFA_LOCAL);
	struct nlattr *label = nl_attribute(message, sizeof *other, IFA_LABEL);
	struct end *end = data;
	unsigned char length = end->length;
	struct in_addr address;

	if (!local)
		return;
	memcpy(&address, local + 1, sizeof address);
	/* Two networks overlap if both are in the larger one, which has the shorter prefix. */
	if (other->ifa_prefixlen < length)
		length = other->ifa_prefixlen;
	if (same_network(address, end->address, length))
		errx(1,
		     "%s: %s is in that network already; choose others with --host-address and --address",
		     end->text, nl_string(label));
}

void check_free(struct netlink *nl, struct end *end)
{
	struct ifaddrmsg ipv4 = { .ifa_family = AF_INET };

	if (interface_index(nl, end->name))
		errx(1, "%s exists already (veth --host-name %s --remove)",
		     end->name, end->name);
	/* NLM_F_DUMP asks for all addresses: one message for each, then NLMSG_DONE. */
	nl_begin(nl, RTM_GETADDR, NLM_F_ACK | NLM_F_DUMP, &ipv4, sizeof ipv4);
	if (nl_ask(nl, check_address, end))
		errx(1, "ip addr: %s", nl->error);
}

/* For nl_ask(): exit unless the link in MESSAGE, of type RTM_NEWLINK, is of kind "veth". */
static void check_kind(struct nlmsghdr *message, void *data)
{
	struct nlattr *info = nl_attribute(message, sizeof(struct ifinfomsg),
					   IFLA_LINKINFO);
	struct end *end = data;

	/* The first attribute in INFO is the kind, a string. */
	if (!info || info->nla_len < 2 * sizeof *info + sizeof "veth" ||
	    info[1].nla_type != IFLA_INFO_KIND ||
	    memcmp(info + 2, "veth", sizeof "veth"))
		errx(1, "%s is not an end of a veth pair", end->name);
}

void check_veth(struct netlink *nl, struct end *end)
{
	struct ifinfomsg any = { .ifi_family = AF_UNSPEC };
	int error;

	nl_begin(nl, RTM_GETLINK, NLM_F_ACK, &any, sizeof any);
	nl_put_string(nl, IFLA_IFNAME, end->name);
	error = nl_ask(nl, check_kind, end);
	if (error == -ENODEV)
		errx(1, "there is no interface %s", end->name);
	if (error)
		errx(1, "ip link show %s: %s", end->name, nl->error);
}
