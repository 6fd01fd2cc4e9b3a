/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The host's /etc/resolv.conf, and /etc/subuid. */
#include "fuzz.h"
#define fopen(path, mode) fuzz_open()
#include "../../../full/ids.c"
#include "../../../full/resolv.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct container c;
	struct in_addr ip;

	fuzz_bytes = bytes;
	fuzz_size = size;
	memset(c.nameservers, 0, sizeof c.nameservers);
	read_resolv_conf(&c);
	for (int i = 0; i < 3 && *c.nameservers[i]; i++)
		must_hold(inet_pton(AF_INET, c.nameservers[i], &ip) == 1);
	must_hold(lent_id("/etc/subuid") > 0);
	return 0;
}
