/* SPDX-License-Identifier: MIT */
#ifndef FIREWALL_H
#define FIREWALL_H

#include <stdbool.h>
#include <stddef.h>

/* The program that manages a firewall, and so which commands change it. */
enum keeper { NFT, IPTABLES, IPTABLES_LEGACY, DOCKER, UFW, FIREWALLD };

/* One that may have dropped a packet which was passed on. */
struct firewall {
	enum keeper keeper;
	int family; /* NFPROTO_IPV4 or NFPROTO_INET */
	char table[64], chain[64];
	bool drops;
};

/* Warn that one of the COUNT firewalls drops what comes from CABLE, an interface, and
 * print the commands that let it through, and those that take that back. NOTE is a comment
 * for rules that are found again by it. (mend.c) */
void print_mends(const struct firewall *walls, size_t count, const char *cable,
		 const char *note);

#endif
