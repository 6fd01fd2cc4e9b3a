/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Passing packets on, and only as long as a container needs it.
 *
 * ip_forward is one switch for the whole host. Turning it off again could stop another
 * program that needs it by now, and a launcher that is killed would leave it on. Besides,
 * writing to it resets the setting of each interface.
 *
 * The kernel looks at conf/NAME/forwarding of the interface through which a packet comes
 * in, and takes any number but 0 for on. So this writes a 2 where there is a 0. No other
 * program writes a 2, so each 2 was a 0 before. The last container to end writes the 0
 * again. If its launcher was killed, the next container does so. A program that wants
 * packets passed on finds ip_forward off and writes 1 to it: that overwrites every 2 with
 * a 1, which stays.
 */
#include "chapters.h"
#include "../../06-veth/netlink.h"
#include "../lesson.h"

#include <dirent.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

#define CONF "/proc/sys/net/ipv4/conf/"

/* The file of lo is changed last, and changed back first. So if it has a 2, an earlier
 * container has changed all the others, and interfaces that were made since began with a 2.
 * Then a start need not look at each of them, and there may be hundreds. */
#define LO CONF "lo/forwarding"

/* The digit in the file PATH, or a byte of 0 if it cannot be read. */
static char digit_in(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char digit = 0;

	if (read(fd, &digit, 1) < 0) /* also if FD is -1 */
		digit = 0;
	close(fd);
	return digit;
}

/* Write TO into the file PATH if FROM is in it. Returns 0, or -1 after a warning. It is no error
 * if there is no such file, because an interface may have gone meanwhile. */
static int change(const char *path, char from, char to)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	char digit;
	bool done = fd >= 0 && read(fd, &digit, 1) == 1 &&
		    (digit != from || pwrite(fd, &to, 1, 0) == 1);
	int error = errno;

	if (fd >= 0)
		close(fd);
	if (done || error == ENOENT)
		return 0;
	errno = error;
	warn("write '%c' to %s", to, path);
	return -1;
}

/* Do the same for all interfaces but "lo", and for "default", whose setting later interfaces
 * start with; but not for "all", which is ip_forward. */
static int change_each(char from, char to)
{
	char path[sizeof CONF "/forwarding" + NAME_MAX];
	struct dirent *entry;
	DIR *dir;
	int error = 0;

	say("for f in " CONF "*/forwarding; do [ $f != " CONF
	    "all/forwarding ] && grep -qx %c $f && echo %c > $f; done",
	    from, to);
	dir = opendir(CONF);
	/* Only errno tells whether readdir(3) has failed. */
	while (dir && (errno = 0, entry = readdir(dir))) {
		if (*entry->d_name == '.' || !strcmp(entry->d_name, "all") ||
		    !strcmp(entry->d_name, "lo"))
			continue;
		snprintf(path, sizeof path, CONF "%s/forwarding",
			 entry->d_name);
		error |= change(path, from, to);
	}
	if (!dir || errno) {
		warn(CONF);
		error = -1;
	}
	if (dir)
		closedir(dir);
	return error;
}

/* For nl_ask(): set *DATA if TABLE, a table of nftables, is a container's. Step 7's
 * container-nat has no owner. */
static void look_at_table(struct nlmsghdr *table, void *data)
{
	const char *name = nl_string(
		nl_attribute(table, sizeof(struct nfgenmsg), NFTA_TABLE_NAME));

	if (!strncmp(name, "container-", strlen("container-")) &&
	    nl_attribute(table, sizeof(struct nfgenmsg), NFTA_TABLE_OWNER))
		*(bool *)data = true;
}

/* Does any container run? The kernel removes its table when its launcher ends. */
static bool others_run(void)
{
	struct nfgenmsg header = { .nfgen_family = NFPROTO_IPV4 };
	struct netlink *nl = host_socket(NETLINK_NETFILTER);
	bool found = false;
	int error;

	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETTABLE,
		 NLM_F_ACK | NLM_F_DUMP, &header, sizeof header);
	error = nl_ask(nl, look_at_table, &found);
	if (error && error != -EINVAL) { /* no nftables: no tables */
		warnx("list the tables of nftables: %s", nl->error);
		found = true; /* better on for too long than off too early */
	}
	return found;
}

/* remove_rules() has run, so our own table is gone. */
static void stop_forwarding(struct container *c)
{
	(void)c;
	if (!lock_for_undoing()) /* the next container turns it off */
		return;
	if (!others_run() && !change(LO, '2', '0'))
		change_each('2', '0');
	unlock_network();
}

void forward_each(struct container *c)
{
	char path[sizeof CONF "/forwarding" + 16];
	int error;

	/* Open the socket here, because the undoing must not exit. */
	host_socket(NETLINK_NETFILTER);
	at_end(c, stop_forwarding);
	snprintf(path, sizeof path, CONF "%s/forwarding", c->host.name);
	/* Where forwarding is on already, only our own interface may lack it. */
	if (digit_in(CONF "all/forwarding") == '1' || digit_in(LO) == '2')
		error = change(path, '0', '2');
	else
		error = change_each('0', '2') || change(LO, '0', '2');
	if (error)
		exit(1);
}
