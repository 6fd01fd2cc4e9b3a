/* SPDX-License-Identifier: MIT */
/*
 * Beside step 6: questions about namespaces, networks and interfaces that exist. The lesson
 * can be read without this file.
 */
#define _GNU_SOURCE
#include "addresses.h"
#include "lesson.h"
#include "netlink.h"
#include "veth.h"

#include <linux/rtnetlink.h>
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

/* What network_taken() looks for, and what it finds. */
struct search {
	struct in_addr address;
	unsigned char length;
	unsigned index; /* of the first interface that overlaps, or 0 */
};

/* For nl_ask(): MESSAGE, of type RTM_NEWADDR, has an address of an interface. If its network
 * overlaps with the one in DATA, keep the interface's index. */
static void find_overlap(struct nlmsghdr *message, void *data)
{
	struct ifaddrmsg *other = NLMSG_DATA(message);
	struct nlattr *local = nl_attribute(message, sizeof *other, IFA_LOCAL);
	struct search *search = data;
	unsigned char length = search->length;
	struct in_addr address;

	if (!local || search->index)
		return;
	memcpy(&address, local + 1, sizeof address);
	if (other->ifa_prefixlen < length)
		length = other->ifa_prefixlen;
	/* Two networks overlap if the larger one, which has fewer bits, holds both. */
	if (same_network(address, search->address, length))
		search->index = other->ifa_index;
}

const char *network_taken(struct netlink *nl, struct in_addr address,
			  unsigned char length)
{
	struct search search = { .address = address, .length = length };
	struct ifaddrmsg ipv4 = { .ifa_family = AF_INET };
	static char name[IF_NAMESIZE];

	/* NLM_F_DUMP asks for all addresses: one message for each, then NLMSG_DONE. */
	nl_begin(nl, RTM_GETADDR, NLM_F_ACK | NLM_F_DUMP, &ipv4, sizeof ipv4);
	if (nl_ask(nl, find_overlap, &search))
		errx(1, "ip addr: %s", nl->error);
	if (!search.index)
		return "";
	if (!if_indextoname(search.index, name))
		err(1, "ip addr: interface %u", search.index);
	return name;
}

/* For nl_ask(): set *VETH if the link in MESSAGE, of type RTM_NEWLINK, is of kind "veth". */
static void take_kind(struct nlmsghdr *message, void *veth)
{
	struct nlattr *info = nl_attribute(message, sizeof(struct ifinfomsg),
					   IFLA_LINKINFO);
	struct nlattr *kind;

	/* INFO must have room for the headers of INFO and KIND, and for the text. */
	if (!info || info->nla_len < 2 * sizeof *info + sizeof "veth")
		return;
	kind = info + 1; /* the first attribute in INFO */
	*(bool *)veth = kind->nla_type == IFLA_INFO_KIND &&
			!memcmp(kind + 1, "veth", sizeof "veth");
}

bool is_veth(struct netlink *nl, const char *name)
{
	struct ifinfomsg any = { .ifi_family = AF_UNSPEC };
	bool veth = false;

	nl_begin(nl, RTM_GETLINK, NLM_F_ACK, &any, sizeof any);
	nl_put_string(nl, IFLA_IFNAME, name);
	if (nl_ask(nl, take_kind, &veth))
		errx(1, "ip link show %s: %s", name, nl->error);
	return veth;
}
