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

/* A connection of the host's. */
struct connection {
	struct in_addr own, other; /* addresses of its ends */
};

static struct connection *connections; /* all; freed when the program ends */
static size_t count;

/* Note the connection in LINE, unless it is not of IPv4. While its state is 03 (SYN_RECV) nobody
 * has answered at the other address: it may be false. */
static void note_connection(const char *line)
{
	char own[33], other[33], state[3];
	struct connection new, *all = connections;

	if (sscanf(line, "%*s %32[0-9A-F]:%*s %32[0-9A-F]:%*s %2s", own, other,
		   state) != 3)
		return; /* the heading */
	if (!strcmp(state, "03") || !read_hex(own, &new.own) ||
	    !read_hex(other, &new.other))
		return;
	if (!(count & (count - 1))) /* twice the room, at 1, 2, 4, 8... */
		all = reallocarray(connections, 2 * count + 1, sizeof new);
	if (!all)
		err(1, "note a connection");
	connections = all;
	connections[count++] = new;
}

/* Note all connections in PATH, a file like /proc/net/tcp.
 *
 * For each read(2) the kernel searches a table of a hundred thousand places or more, which
 * takes a millisecond. A read(2) after the last line would cost as much and find nothing. The
 * kernel returns as many whole lines as fit into a page, so if there was room for one more
 * line, that was the end. */
static void read_connections(const char *path)
{
	static char text[(1 << 16) + 1]; /* no page is larger */
	const ssize_t room = 256;	 /* more than a line */
	FILE *file = open_if_there(path);
	ssize_t n = 0;

	do {
		n = file ? read(fileno(file), text, sizeof text - 1) : 0;
		if (n < 0)
			err(1, "%s", path);
		text[n] = 0;
		for (char *rest = text; rest;)
			note_connection(strsep(&rest, "\n"));
	} while (n > getpagesize() - room);
	if (file)
		fclose(file);
}

/* The other end of a connection that is in the network of END goes to PEER; false if there is
 * none. If our end is in that network, too, the connection is left over from a cable that is
 * gone. */
static bool find_peer(const struct end *end, struct in_addr *peer)
{
	for (size_t i = 0; i < count; i++) {
		*peer = connections[i].other;
		if (is_in(*peer, end) && !is_in(connections[i].own, end))
			return true;
	}
	return false;
}

void name_peer(const struct end *end, char *use, size_t size)
{
	static bool read_all;
	struct in_addr peer;
	bool found = false;

	if (*use)
		return;
	/* Only once: any user can have connections in all networks. */
	if (!read_all) {
		read_connections("/proc/net/tcp");
		read_connections("/proc/net/tcp6");
		read_connections("/proc/net/udp");
		read_all = true;
	}
	found = found || find_server(end, &peer); /* names.c */
	found = found || find_peer(end, &peer);
	if (found)
		snprintf(use, size, "by %s, to which this host talks",
			 inet_ntoa(peer));
}
