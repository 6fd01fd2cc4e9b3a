/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * The addresses that the host talks to.
 *
 * In a virtual machine behind NAT, no interface and no route tells about the home network
 * outside. If that is 192.168.1.0/24 and the container takes the same network, the host no
 * longer reaches its name server, 192.168.1.1, and an ssh session from 192.168.1.50 hangs.
 */
#include "../lesson.h"
#include "chapters.h"

#include <arpa/inet.h>

/* Read HEX, an address as in /proc/net/tcp, into ADDRESS. Returns false if it is not IPv4. In
 * tcp6, an IPv4 address is the end of one like ::ffff:192.168.1.50. */
static bool read_hex(const char *hex, struct in_addr *address)
{
	if (!strncmp(hex, "0000000000000000", 16) && strlen(hex) == 32)
		hex += 24;
	address->s_addr = (in_addr_t)strtoul(hex, NULL, 16);
	return strlen(hex) == 8;
}

/* Is the other end of the connection in LINE in the network of END? If so, its address goes to
 * PEER. If our end is in that network, too, the connection is left over from a cable that is
 * gone. While its state is 03 (SYN_RECV) nobody has answered at that address: it may be false. */
static bool is_peer(const char *line, const struct end *end,
		    struct in_addr *peer)
{
	char own[33], other[33], state[3];
	struct in_addr ours;

	if (sscanf(line, "%*s %32[0-9A-F]:%*s %32[0-9A-F]:%*s %2s", own, other,
		   state) != 3)
		return false; /* the heading */
	return strcmp(state, "03") && read_hex(other, peer) &&
	       is_in(*peer, end) && !(read_hex(own, &ours) && is_in(ours, end));
}

/* The same for all connections in PATH, a file like /proc/net/tcp.
 *
 * For each read(2) the kernel searches a table of a hundred thousand places or more, which
 * takes a millisecond. A read(2) after the last line would cost as much and find nothing. The
 * kernel returns as many whole lines as fit into a page, so if there was room for one more
 * line, that was the end. */
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
