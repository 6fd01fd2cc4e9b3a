/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The servers that know names.
 *
 * Without etc/resolv.conf the container reaches 1.1.1.1, but not example.com. And the
 * host's own list may name a server on the host's loopback interface, as
 * systemd-resolved's does: that is another loopback than the container's. A file of
 * systemd's names the servers behind it.
 */
#include "../addresses.h"
#include "../lesson.h"
#include "chapters.h"

static char servers[3][64]; /* "" ends them */

/* Is ADDRESS an IPv4 address outside the loopback? */
static bool is_reachable(const char *address)
{
	struct in_addr ip;

	return inet_pton(AF_INET, address, &ip) == 1 &&
	       ntohl(ip.s_addr) >> 24 != 127 && ip.s_addr;
}

/* Take the servers that FILE names. */
static void read_file(const char *file)
{
	char line[256], address[64];
	FILE *lines = fopen(file, "re");
	int count = 0;

	while (lines && count < 3 && fgets(line, sizeof line, lines))
		if (sscanf(line, "nameserver %63s", address) == 1 &&
		    is_reachable(address))
			strcpy(servers[count++], address);
	if (lines)
		fclose(lines);
}

void read_resolv_conf(const struct container *c)
{
	read_file("/etc/resolv.conf");
	if (!*servers[0])
		read_file("/run/systemd/resolve/resolv.conf");
	if (!*servers[0] && c->network)
		warnx("names will not work: /etc/resolv.conf has no server that the container could reach; inside, this may help, each time: echo nameserver 1.1.1.1 > /etc/resolv.conf");
}

void make_resolv_conf(void)
{
	FILE *file;

	/* Remove it first: a link must not be followed. */
	say("rm -f /etc/resolv.conf");
	if (unlink("/etc/resolv.conf") && errno == EROFS) {
		warn("write the container's /etc/resolv.conf");
		return;
	}
	say("touch /etc/resolv.conf");
	file = fopen("/etc/resolv.conf", "wxe");
	if (!file)
		err(1, "write the container's /etc/resolv.conf");
	for (int i = 0; i < 3 && *servers[i]; i++) {
		say("echo 'nameserver %s' >> /etc/resolv.conf", servers[i]);
		fprintf(file, "nameserver %s\n", servers[i]);
	}
	if (fclose(file))
		err(1, "write the container's /etc/resolv.conf");
}
