/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Names: of other hosts, and its own.
 *
 * Without etc/resolv.conf the container reaches 1.1.1.1, but not example.com. And the
 * host's own list may name a server on the host's loopback interface, such as
 * systemd-resolved or NetworkManager's dnsmasq: that is another loopback than the
 * container's. Both have a file with the servers behind it. Without etc/hosts the container
 * does not know "localhost".
 */
#include "../lesson.h"
#include "chapters.h"

#include <arpa/inet.h>
#include <limits.h>

static char *kept[8]; /* lines for etc/resolv.conf */
static size_t lines;
static struct in_addr servers[3];
static size_t count;

static bool is_server(const char *address)
{
	struct in_addr ip;

	if (inet_pton(AF_INET, address, &ip) != 1 ||
	    ntohl(ip.s_addr) >> 24 == 127 || !ip.s_addr || count == 3)
		return false; /* IPv6, or out of the container's reach */
	servers[count++] = ip;
	return true;
}

/* Does the container need this line: a server within its reach, or how to look for a name? */
static bool is_for_container(const char *line)
{
	char word[11], value[64];
	int found = sscanf(line, "%10s %63s", word, value);

	if (found == 2 && !strcmp(word, "nameserver"))
		return is_server(value);
	return found > 0 &&
	       (!strcmp(word, "search") || !strcmp(word, "domain") ||
		!strcmp(word, "options"));
}

static void read_file(const char *file)
{
	FILE *stream = open_if_there(file);
	char *line = NULL;
	size_t size = 0;

	lines = 0;
	while (stream && lines < 8 && getline(&line, &size, stream) > 0)
		if (is_for_container(line)) {
			line[strcspn(line, "\n")] = 0;
			kept[lines++] = line;
			line = NULL;
		}
	free(line);
	if (stream)
		fclose(stream);
}

void read_names(const struct container *c)
{
	read_file("/etc/resolv.conf");
	if (!count)
		read_file("/run/systemd/resolve/resolv.conf");
	if (!count)
		read_file("/run/NetworkManager/no-stub-resolv.conf");
	if (!count && c->network)
		warnx("names will not work: /etc/resolv.conf has no server that the container could reach; inside, this may help, each time: echo nameserver 1.1.1.1 > /etc/resolv.conf");
}

bool find_server(const struct end *end, struct in_addr *server)
{
	for (size_t i = 0; i < count; i++) {
		*server = servers[i];
		if (is_in(*server, end))
			return true;
	}
	return false;
}

/* Write the N lines of TEXT to the new file PATH. */
static void write_file(const char *path, char *text[], size_t n)
{
	FILE *file;

	/* Remove it first: a link must not be followed. */
	say("rm -f %s; touch %s", path, path);
	if (unlink(path) && errno != ENOENT) {
		if (errno != EROFS)
			err(1, "write the container's %s", path);
		warn("write the container's %s", path);
		return;
	}
	file = fopen(path, "wxe");
	for (size_t i = 0; file && i < n; i++) {
		say("echo %s >> %s", quoted(text[i]), path);
		fprintf(file, "%s\n", text[i]);
	}
	if (!file || fclose(file))
		err(1, "write the container's %s", path);
}

void make_names(const struct container *c)
{
	char own[sizeof "127.0.1.1 " + HOST_NAME_MAX];
	char *hosts[] = { "127.0.0.1 localhost", own };

	snprintf(own, sizeof own, "127.0.1.1 %s", c->hostname);
	write_file("/etc/resolv.conf", kept, lines);
	write_file("/etc/hosts", hosts, 2);
}
