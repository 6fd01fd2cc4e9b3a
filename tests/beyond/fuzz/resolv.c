/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The host's /etc/resolv.conf, and /etc/subuid. */
#include "fuzz.h"
#define fopen(path, mode) fuzz_open()
#include "../../../full/beyond/names.c"
#include "../../../full/beyond/ranges.c"
#include "../../../full/ids.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct container c; /* without a network it says nothing */
	struct in_addr ip;
	struct range range;

	fuzz_bytes = bytes;
	fuzz_size = size;
	memset(servers, 0, sizeof servers);
	read_resolv_conf(&c);
	for (int i = 0; i < 3 && *servers[i]; i++)
		must_hold(inet_pton(AF_INET, servers[i], &ip) == 1);
	must_hold(spare_id("/etc/subuid") > 0);
	if (find_range("/etc/subuid", "alice", "1000", &range))
		must_hold(range.first && range.count);
	return 0;
}
