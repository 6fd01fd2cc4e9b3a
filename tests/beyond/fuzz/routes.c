/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The reader of /proc/net/route. */
#include "fuzz.h"
#define fopen(path, mode) fuzz_open()
#include "../../../full/beyond/addresses.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct in_addr network = { htonl(0xc0a80100) };
	char name[IF_NAMESIZE] = "";

	if (!size)
		return 0; /* network_routed rightly exits where there is no file */
	fuzz_bytes = bytes;
	fuzz_size = size;
	must_hold(network_routed(network, 24, name) == (*name != 0));
	return 0;
}
