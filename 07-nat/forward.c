/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The other half of step 7: the host passes packets on, and how it is put back.
 *
 * ip_forward is one switch for the whole host. Whoever of us turns it on writes
 * what it was into the comment of a rule; those who come later write the same. The
 * last one to go reads it there, and turns the switch back.
 */
#include "nat.h"
#include "lesson.h"
#include "netlink.h"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/route.h>
#include <sys/file.h>

#define IP_FORWARD "/proc/sys/net/ipv4/ip_forward"
#define MARK	   "; ip_forward was "

void nat_comment(const struct nat *nat, int forward_was, char *text,
		 size_t size)
{
	snprintf(text, size, "%s leaves by %s" MARK "%d", nat->subnet,
		 nat->uplink, forward_was);
}

/* Look whether RULE is the first one of a table of ours. */
static void look_at(struct nlmsghdr *rule, void *data)
{
	struct nlattr *name = nl_attribute(rule, sizeof(struct nfgenmsg),
					   NFTA_RULE_TABLE);
	struct nlattr *user = nl_attribute(rule, sizeof(struct nfgenmsg),
					   NFTA_RULE_USERDATA);
	struct found *found = data;
	const char *comment, *mark;

	/* A comment is in there as a 0, its length, and the text. */
	if (!user || user->nla_len < sizeof *user + 3)
		return;
	comment = (const char *)(user + 1) + 2;
	if (!memchr(comment, 0, user->nla_len - sizeof *user - 2))
		return;
	mark = strstr(comment, MARK);
	if (!mark)
		return;
	mark += strlen(MARK);
	if (strcmp(nl_string(name), found->table)) {
		found->others_forward_was = *mark == '1';
		return;
	}
	found->forward_was = *mark == '1';
	snprintf(found->comment, sizeof found->comment, "%s", comment);
}

int nat_find(struct netlink *nl, struct found *found)
{
	struct nfgenmsg header = { .nfgen_family = NFPROTO_IPV4 };

	found->comment[0] = 0;
	found->forward_was = found->others_forward_was = -1;
	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETRULE,
		 NLM_F_ACK | NLM_F_DUMP, &header, sizeof header);
	if (!nl_ask(nl, look_at, found))
		return 0;
	/* The kernel's words when nobody serves that part of netlink. */
	warnx("list the rules of nftables: %s%s", nl->error,
	      strcmp(nl->error, "Invalid argument")
		      ? ""
		      : ": does this kernel lack nf_tables? modprobe nf_tables");
	return -1;
}

int forward_lock(void)
{
	int fd = open(IP_FORWARD, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX))
		warn("lock " IP_FORWARD);
	return fd;
}

int forward_get(void)
{
	char digit = 0;
	int fd = open(IP_FORWARD, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, &digit, 1) != 1)
		err(1, IP_FORWARD);
	close(fd);
	return digit != '0';
}

int forward_set(int value)
{
	char text[] = { value ? '1' : '0', 0 };

	say("echo %s > " IP_FORWARD, text);
	if (!write_text(text, IP_FORWARD))
		return 0;
	warn("write '%s' to " IP_FORWARD, text);
	return -1;
}

bool uplink_find(char name[IF_NAMESIZE])
{
	FILE *routes = fopen("/proc/net/route", "re");
	unsigned destination, gateway, flags, metric, mask, best = 0;
	char line[256], interface[IF_NAMESIZE];
	bool found = false;

	if (!routes)
		err(1, "/proc/net/route");
	while (fgets(line, sizeof line, routes)) {
		if (sscanf(line, "%15s %x %x %x %*d %*d %u %x", interface,
			   &destination, &gateway, &flags, &metric, &mask) != 6)
			continue; /* the headline */
		if (destination || mask || !(flags & RTF_UP) ||
		    flags & RTF_REJECT || (found && metric >= best))
			continue;
		found = true;
		best = metric;
		snprintf(name, IF_NAMESIZE, "%s", interface);
	}
	if (ferror(routes))
		err(1, "/proc/net/route");
	fclose(routes);
	return found;
}
