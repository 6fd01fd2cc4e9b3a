/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The addresses that the host talks to.
 *
 * In a virtual machine behind NAT no interface and no route tells of the home network out
 * there. If that is 192.168.1.0/24 and the container takes it, the host no longer reaches
 * its name server, 192.168.1.1, and the ssh of its administrator, from 192.168.1.50, hangs.
 */
#include "../lesson.h"
#include "chapters.h"

#include <arpa/inet.h>

/* HEX, as in /proc/net/tcp, goes to ADDRESS if it is IPv4. In tcp6 that is the end of
 * ::ffff:192.168.1.50. */
static bool read_hex(const char *hex, struct in_addr *address)
{
	if (!strncmp(hex, "0000000000000000", 16) && strlen(hex) == 32)
		hex += 24;
	address->s_addr = (in_addr_t)strtoul(hex, NULL, 16);
	return strlen(hex) == 8;
}

/* Has a connection in PATH, a file like /proc/net/tcp, its other end in the network of END?
 * Then that address goes to PEER. If its own end is in there too, it is left over from a
 * cable that is gone. */
static bool read_connections(const char *path, const struct end *end,
			     struct in_addr *peer)
{
	FILE *lines = open_if_there(path);
	char line[256], own[33], other[33];
	struct in_addr ours;
	bool found = false;

	while (lines && !found && fgets(line, sizeof line, lines)) {
		if (sscanf(line, "%*s %32[0-9A-F]:%*s %32[0-9A-F]:", own,
			   other) != 2)
			continue; /* the headline */
		found = read_hex(other, peer) && is_in(*peer, end) &&
			!(read_hex(own, &ours) && is_in(ours, end));
	}
	if (lines)
		fclose(lines);
	return found;
}

void name_peer(const struct end *end, char *use, size_t size)
{
	struct in_addr peer;
	bool found = false;

	if (*use)
		return;
	found = found || find_server(end, &peer); /* names.c */
	found = found || read_connections("/proc/net/tcp", end, &peer);
	found = found || read_connections("/proc/net/tcp6", end, &peer);
	found = found || read_connections("/proc/net/udp", end, &peer);
	if (found)
		snprintf(use, size, "by %s, to which this host talks",
			 inet_ntoa(peer));
}
