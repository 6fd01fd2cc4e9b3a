/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The reader of lines of /proc/net/tcp and its like. */
#include "fuzz.h"
#include "../../../full/beyond/peers.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct end end = { .address = { htonl(0xc0a80100) },
				 .length = 24 };
	struct in_addr peer;
	char *line;

	fuzz_bytes = bytes;
	fuzz_size = size;
	line = fuzz_text();
	count = 0;
	note_connection(line);
	if (find_peer(&end, &peer))
		must_hold(ntohl(peer.s_addr) >> 8 == 0xc0a801);
	free(line);
	return 0;
}
