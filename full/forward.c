/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * ip_forward is one switch for the whole host, and several containers may need it. Each
 * that does has a note in its table, if the switch was off before the first of them: a
 * chain with nothing in it but its name. The last one to end turns it off again.
 */
#include "../06-veth/netlink.h"
#include "container.h"
#include "lesson.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <sys/file.h>

#define IP_FORWARD "/proc/sys/net/ipv4/ip_forward"
#define NOTE	   "ip_forward_was_0"

int network_lock(void)
{
	int fd = open(IP_FORWARD, O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && !flock(fd, LOCK_EX))
		return fd;
	warn("lock " IP_FORWARD);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Look whether CHAIN is a note, and in whose table. */
static void look_at_note(struct nlmsghdr *chain, void *data)
{
	const size_t fixed = sizeof(struct nfgenmsg);
	const char *name = nl_string(
		nl_attribute(chain, fixed, NFTA_CHAIN_NAME));
	const char *table = nl_string(
		nl_attribute(chain, fixed, NFTA_CHAIN_TABLE));
	struct notes *notes = data;

	if (strcmp(name, NOTE))
		return;
	if (strcmp(table, notes->table))
		notes->others = true;
	else
		notes->ours = true;
}

int find_notes(struct netlink *nl, struct notes *notes)
{
	struct nfgenmsg header = { .nfgen_family = NFPROTO_IPV4 };
	int error;

	notes->ours = notes->others = false;
	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN,
		 NLM_F_ACK | NLM_F_DUMP, &header, sizeof header);
	error = nl_ask(nl, look_at_note, notes);
	if (!error)
		return 0;
	/* EINVAL: nothing in the kernel takes messages to nftables. */
	warnx("nft list chains: %s%s", nl->error,
	      error != -EINVAL
		      ? ""
		      : ": does this kernel lack nf_tables? modprobe nf_tables");
	return -1;
}

void add_note(struct netlink *nl, const char *table)
{
	struct nfgenmsg batch = { .res_id = htons(NFNL_SUBSYS_NFTABLES) };
	struct nfgenmsg header = { .nfgen_family = NFPROTO_IPV4 };

	say("nft add chain ip %s " NOTE, table);
	nl_begin(nl, NFNL_MSG_BATCH_BEGIN, 0, &batch, sizeof batch);
	nl_begin(nl, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWCHAIN,
		 NLM_F_ACK | NLM_F_CREATE, &header, sizeof header);
	nl_put_string(nl, NFTA_CHAIN_TABLE, table);
	nl_put_string(nl, NFTA_CHAIN_NAME, NOTE);
	nl_begin(nl, NFNL_MSG_BATCH_END, 0, &batch, sizeof batch);
	if (nl_send(nl))
		errx(1, "nft add chain ip %s " NOTE ": %s", table, nl->error);
}
