/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The host's /etc/resolv.conf, and /etc/subuid. */
#include "fuzz.h"
#define fopen(path, mode) fuzz_open()
#include "../../../full/beyond/lent.c"
#include "../../../full/beyond/names.c"
#include "../../../full/beyond/ranges.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct container c; /* without a network it says nothing */
	struct range range;
	char user[256];
	unsigned next;

	fuzz_bytes = bytes;
	fuzz_size = size;
	count = 0;
	read_names(&c);
	must_hold(count <= 3 && count <= lines && lines <= 8);
	for (size_t i = 0; i < lines; i++) {
		must_hold(!strchr(kept[i], '\n'));
		free(kept[i]);
	}
	if (is_lent("/etc/subuid", 2100000000, user, &next))
		must_hold(memchr(user, 0, sizeof user));
	if (find_range("/etc/subuid", "alice", "1000", &range))
		must_hold(range.first && range.count);
	return 0;
}
