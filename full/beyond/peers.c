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

/* Has the connection in LINE its other end in the network of END? Then that address goes to
 * PEER. If its own end is in there too, it is left over from a cable that is gone. */
static bool is_peer(const char *line, const struct end *end,
		    struct in_addr *peer)
{
	char own[33], other[33];
	struct in_addr ours;

	if (sscanf(line, "%*s %32[0-9A-F]:%*s %32[0-9A-F]:", own, other) != 2)
		return false; /* the headline */
	return read_hex(other, peer) && is_in(*peer, end) &&
	       !(read_hex(own, &ours) && is_in(ours, end));
}

/* The same for all connections in PATH, a file like /proc/net/tcp.
 *
 * For each read(2) the kernel goes through a table of a hundred thousand places or more,
 * which takes it a millisecond. At the end of the list it does that in vain, so this does
 * not read on there. The kernel puts as many whole lines as fit into a page: if there was
 * room for one more, that was the last. */
static bool read_connections(const char *path, const struct end *end,
			     struct in_addr *peer)
{
	static char text[(1 << 16) + 1]; /* no page is larger */
	const ssize_t room = 256;	 /* more than a line */
	FILE *file = open_if_there(path);
	bool found = false;
	ssize_t n = 0;

	do {
		n = file ? read(fileno(file), text, sizeof text - 1) : 0;
		if (n < 0)
			err(1, "%s", path);
		text[n] = 0;
		for (char *rest = text; !found && rest;)
			found = is_peer(strsep(&rest, "\n"), end, peer);
	} while (!found && n > getpagesize() - room);
	if (file)
		fclose(file);
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
