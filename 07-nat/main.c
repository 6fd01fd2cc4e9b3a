/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "addresses.h"
#include "lesson.h"
#include "nat.h"
#include "netlink.h"

#include <getopt.h>

static const char usage[] =
	"Usage: nat [--subnet NETWORK] [--uplink INTERFACE]\n"
	"       nat --remove\n"
	"Let the containers in NETWORK out by INTERFACE, under this host's address.\n"
	"  --subnet NETWORK    (192.168.1.0/24)\n"
	"  --uplink INTERFACE  the one that leads out (that of the default route)\n"
	"  --remove            take it back\n"
	"  -v, --verbose       say each shell command that this stands for\n";

static const struct option options[] = {
	{ "subnet", required_argument, NULL, 's' },
	{ "uplink", required_argument, NULL, 'u' },
	{ "remove", no_argument, NULL, 'r' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;
static struct netlink nl;
static const char *pending; /* the table that an error is to remove */

static void undo(void)
{
	if (pending)
		nat_remove(&nl, pending);
}

/* Is FOUND what we were going to make? Then there is nothing to do. */
static bool stands(const struct nat *nat, const struct found *found)
{
	char ours[128];

	if (!*found->comment)
		return false;
	nat_comment(nat, found->forward_was, ours, sizeof ours);
	if (strcmp(ours, found->comment))
		errx(1,
		     "the table ip %s stands already, and says: %s (nat --remove)",
		     nat->table, found->comment);
	return true;
}

static int add(const struct nat *nat)
{
	struct found found = { .table = nat->table };
	int was = forward_get();

	if (nat_find(&nl, &found))
		return 1;
	if (!stands(nat, &found)) {
		/* Turned on by another one of us, not by the host's owner? */
		if (found.others_forward_was >= 0)
			was = found.others_forward_was;
		nat_add(&nl, nat, was, false);
		pending = nat->table;
		atexit(undo);
	}
	/* Only now: not a packet is passed on without the rules. */
	if (!forward_get() && forward_set(1))
		return 1;
	pending = NULL;
	return 0;
}

static int take_away(const char *table)
{
	struct found found = { .table = table };

	if (nat_find(&nl, &found))
		return 1;
	if (!*found.comment)
		errx(1, "there is no table ip %s of ours", table);
	if (found.forward_was == 0 && found.others_forward_was < 0 &&
	    forward_set(0))
		return 1;
	return nat_remove(&nl, table) ? 1 : 0;
}

/* Look at what was asked for; the uplink is found, if it must be, and goes to FOUND. */
static void check(struct nat *nat, bool off, char found[IF_NAMESIZE])
{
	if (!parse_network(nat->subnet, &nat->network, &nat->length))
		errx(2, "--subnet %s: not a network like 192.168.1.0/24",
		     nat->subnet);
	if (nat->uplink && !is_interface_name(nat->uplink))
		errx(2, "--uplink %s: not an interface name", nat->uplink);
	if (off)
		return;
	if (nat->uplink && !if_nametoindex(nat->uplink))
		err(1, "--uplink %s", nat->uplink);
	if (!nat->uplink && !uplink_find(found))
		errx(1, "no default route: give --uplink INTERFACE");
	if (!nat->uplink)
		nat->uplink = found;
}

int main(int argc, char *argv[])
{
	struct nat nat = { .table = "container-nat",
			   .subnet = "192.168.1.0/24" };
	char found[IF_NAMESIZE];
	bool off = false;

	for (int c; (c = getopt_long(argc, argv, "v", options, NULL)) != -1;)
		switch (c) {
		case 's': nat.subnet = optarg; break;
		case 'u': nat.uplink = optarg; break;
		case 'r': off = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	if (optind < argc)
		errx(2, "%s: not expected", argv[optind]);
	check(&nat, off, found);
	if (nl_open(&nl, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nl.error);
	if (forward_lock() < 0)
		return 1;
	return off ? take_away(nat.table) : add(&nat);
}
