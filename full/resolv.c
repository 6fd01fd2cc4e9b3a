/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The servers that know names. The host's own list may name a server on the host's
 * loopback interface, as systemd-resolved's does: that is another loopback than the
 * container's. What such a server asks in its turn stands in another file.
 */
#include "addresses.h"
#include "container.h"
#include "lesson.h"

/* Is ADDRESS an IPv4 address, the only kind the container can send to, and not one
 * of a loopback interface? */
static bool is_reachable(const char *address)
{
	struct in_addr ip;

	return inet_pton(AF_INET, address, &ip) == 1 &&
	       ntohl(ip.s_addr) >> 24 != 127 && ip.s_addr;
}

/* Take the servers that FILE names. */
static void read_file(struct container *c, const char *file)
{
	char line[256], address[64];
	FILE *lines = fopen(file, "re");
	int count = 0;

	while (lines && count < 3 && fgets(line, sizeof line, lines))
		if (sscanf(line, "nameserver %63s", address) == 1 &&
		    is_reachable(address))
			strcpy(c->nameservers[count++], address);
	if (lines)
		fclose(lines);
}

void read_resolv_conf(struct container *c)
{
	read_file(c, "/etc/resolv.conf");
	if (!*c->nameservers[0])
		read_file(c, "/run/systemd/resolve/resolv.conf");
}

void make_resolv_conf(const struct container *c)
{
	FILE *file;

	/* Not through a link, nor into what a link leads to. We are in the new
	 * root by now, and its user: nothing of the host's can be meant. */
	say("rm -f /etc/resolv.conf");
	if (unlink("/etc/resolv.conf") && errno != ENOENT)
		err(1, "remove the container's /etc/resolv.conf");
	say("touch /etc/resolv.conf");
	file = fopen("/etc/resolv.conf", "wxe");
	if (!file)
		err(1, "write the container's /etc/resolv.conf");
	for (int i = 0; i < 3 && *c->nameservers[i]; i++) {
		say("echo 'nameserver %s' >> /etc/resolv.conf",
		    c->nameservers[i]);
		fprintf(file, "nameserver %s\n", c->nameservers[i]);
	}
	if (fclose(file))
		err(1, "write the container's /etc/resolv.conf");
}
