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
	"Let the containers in NETWORK out through INTERFACE, with this host's address.\n"
	"  --subnet NETWORK    (192.168.1.0/24)\n"
	"  --uplink INTERFACE  (the one that leads to the internet)\n"
	"  --remove            remove the rules\n"
	"  -v, --verbose       print the shell commands that do the same\n";

static const struct option options[] = {
	{ "subnet", required_argument, NULL, 's' },
	{ "uplink", required_argument, NULL, 'u' },
	{ "remove", no_argument, NULL, 'r' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

#define NO_MASQUERADE                                                          \
	": does this kernel lack nft_masq? modprobe -a nft_chain_nat nft_ct nft_masq, or restart if the kernel was updated"

char verbose;

static void check(struct nat *nat)
{
	if (!parse_network(nat->subnet, &nat->network, &nat->length))
		errx(2, "--subnet %s: not a network like 192.168.1.0/24",
		     nat->subnet);
	if (nat->uplink && !is_interface_name(nat->uplink))
		errx(2, "--uplink %s: not an interface name", nat->uplink);
}

/* Is the table there already? Exits 1 if it is for another network or uplink. */
static bool is_there(struct netlink *nl, const struct nat *nat)
{
	const char *found = comment_found(nl, nat->table);

	if (*found && strcmp(found, comment_of(nat)))
		errx(1, "the table ip %s exists already: %s (nat --remove)",
		     nat->table, found);
	return *found;
}

/* Make the table, unless it exists. Returns whether it was made. */
static bool make_table(struct netlink *nl, const struct nat *nat)
{
	int error;

	if (is_there(nl, nat))
		return false;
	error = nat_add(nl, nat, false);
	if (error == -EEXIST && is_there(nl, nat)) /* made by another nat */
		return false;
	if (error)
		errx(1, "nft create table ip %s: %s%s", nat->table, nl->error,
		     error == -ENOENT ? NO_MASQUERADE : "");
	return true;
}

static int add(struct netlink *nl, const struct nat *nat)
{
	bool on = forward_is_on(); /* before anything changes: it may exit */
	bool made = make_table(nl, nat);

	/* Only now, so that no packet is passed on without the rules. */
	if (on || forward_set("1") == 0)
		return 0;
	if (made && nat_remove(nl, nat->table))
		warnx("nft delete table ip %s: %s", nat->table, nl->error);
	return 1;
}

static int take_away(struct netlink *nl, const char *table)
{
	bool on = forward_is_on(); /* before anything changes: it may exit */

	if (!*comment_found(nl, table))
		errx(1, "there is no table ip %s of ours", table);
	if (nat_remove(nl, table))
		errx(1, "nft delete table ip %s: %s", table, nl->error);
	/* Another program may need ip_forward by now, so this does not change it. */
	if (on)
		puts("ip_forward stays 1. If nothing else needs it: echo 0 > " IP_FORWARD);
	if (fflush(stdout))
		err(1, "stdout");
	return 0;
}

int main(int argc, char *argv[])
{
	struct nat nat = { .table = "container-nat" };
	bool removing = false;
	struct netlink nl;

	for (int c; (c = getopt_long(argc, argv, "v", options, NULL)) != -1;)
		switch (c) {
		case 's': nat.subnet = optarg; break;
		case 'u': nat.uplink = optarg; break;
		case 'r': removing = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	if (optind < argc)
		errx(2, "%s: not expected", argv[optind]);
	if (removing && (nat.subnet || nat.uplink))
		errx(2, "--remove takes neither --subnet nor --uplink");
	if (!nat.subnet)
		nat.subnet = "192.168.1.0/24";
	check(&nat);
	if (nl_open(&nl, NETLINK_NETFILTER))
		errx(1, "netlink socket: %s", nl.error);
	if (removing)
		return take_away(&nl, nat.table);
	nat.uplink = uplink_choose(nat.uplink);
	return add(&nl, &nat);
}
