/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* What to type to let a container through somebody's firewall, in the words of the program
 * that keeps it; and to take it back. They are printed as they are to be typed. */
#include "firewall.h"
#include "../lesson.h"
#include "../numbers.h"
#include "chapters.h"

#include <linux/netfilter.h>

static const char *family_of(const struct firewall *wall)
{
	return wall->family == NFPROTO_IPV4 ? "ip" : "inet";
}

/* Two commands of TOOL: what CABLE sends, and the answers. */
static void print_iptables(const char *tool, bool open, const char *chain,
			   const char *cable)
{
	const char *verb = open ? "-I" : "-D";

	fprintf(stderr, "  %s%s %s %s -i %s -j ACCEPT\n", sudo(), tool, verb,
		chain, cable);
	fprintf(stderr,
		"  %s%s %s %s -o %s -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n",
		sudo(), tool, verb, chain, cable);
}

/* The same in the language of nft. There a rule is removed by its handle, a number that
 * the list shows behind the rule: sed finds it by the comment NOTE. */
static void print_nft(const struct firewall *wall, bool open, const char *cable,
		      const char *note)
{
	char chain[160];

	/* Through netlink a name may have any bytes, which a shell would read. */
	if (wall->table[strspn(wall->table, NAME_LETTERS ".")] ||
	    wall->chain[strspn(wall->chain, NAME_LETTERS ".")]) {
		fprintf(stderr, "  (a chain whose name cannot be typed)\n");
		return;
	}
	snprintf(chain, sizeof chain, "%s %s %s", family_of(wall), wall->table,
		 wall->chain);
	if (!open) {
		fprintf(stderr,
			"  %snft -a list chain %s | sed -n '/comment \"%s\"/s/.*# handle/delete rule %s handle/p' | %snft -f -\n",
			sudo(), chain, note, chain, sudo());
		return;
	}
	fprintf(stderr, "  %snft insert rule %s iifname %s accept comment %s\n",
		sudo(), chain, cable, note);
	fprintf(stderr,
		"  %snft insert rule %s oifname %s ct state established,related accept comment %s\n",
		sudo(), chain, cable, note);
}

static void print_commands(const struct firewall *wall, bool open,
			   const char *cable, const char *note)
{
	switch (wall->keeper) {
	case NFT: print_nft(wall, open, cable, note); break;
	case IPTABLES:
		print_iptables("iptables", open, "FORWARD", cable);
		break;
	case IPTABLES_LEGACY:
		print_iptables("iptables-legacy", open, "FORWARD", cable);
		break;
	case DOCKER:
		print_iptables("iptables", open, "DOCKER-USER", cable);
		break;
	case UFW:
		fprintf(stderr, "  %sufw route %sallow in on %s\n", sudo(),
			open ? "" : "delete ", cable);
		break;
	case FIREWALLD:
		fprintf(stderr,
			"  %sfirewall-cmd --zone=trusted --%s-interface=%s\n",
			sudo(), open ? "add" : "remove", cable);
		break;
	}
}

static const char *name_of(const struct firewall *wall)
{
	static char name[160];

	if (wall->keeper == FIREWALLD)
		return "firewalld";
	if (wall->keeper == IPTABLES_LEGACY)
		return "iptables-legacy";
	snprintf(name, sizeof name, "%stable %s %s, chain %s",
		 wall->keeper == DOCKER ? "Docker's "
		 : wall->keeper == UFW	? "ufw's "
					: "",
		 family_of(wall), wall->table, wall->chain);
	return name;
}

void print_mends(const struct firewall *walls, size_t count, const char *cable,
		 const char *note)
{
	char *who = "";

	if (!count) {
		warnx("this host drops what the container sends, and none of its chains at the hooks forward and postrouting does it: perhaps a rule at another hook or rp_filter, or the way out has a name like veth-0, as cables have");
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (asprintf(&who, "%s%s%s", who, i ? ", or " : "",
			     name_of(walls + i)) < 0)
			err(1, "name a firewall");
	warnx("a firewall drops what the container sends: %s. To let this container through, in another terminal:",
	      who);
	for (size_t i = 0; i < count; i++)
		print_commands(walls + i, true, cable, note);
	fprintf(stderr, "and to take that back:\n");
	for (size_t i = 0; i < count; i++)
		print_commands(walls + i, false, cable, note);
}
