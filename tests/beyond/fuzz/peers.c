/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The reader of /proc/net/tcp and its like. */
#include "fuzz.h"
#define fopen(path, mode) fuzz_open()
#include "../../../full/beyond/peers.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct end end = { .address = { htonl(0xc0a80100) },
				 .length = 24 };
	struct in_addr peer;
	char use[80] = "";

	fuzz_bytes = bytes;
	fuzz_size = size;
	if (read_connections("", &end, &peer))
		must_hold(ntohl(peer.s_addr) >> 8 == 0xc0a801);
	name_peer(&end, use, sizeof use);
	must_hold(memchr(use, 0, sizeof use));
	return 0;
}
