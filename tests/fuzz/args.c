/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* What a command line may hold: addresses, sizes, CPUs, id maps, interface names. */
#include "fuzz.h"
#include "../../full/addresses.h"
#include "../../full/args.h"

static void numbers(const char *text)
{
	struct id_map map;
	long long bytes;
	long n;

	if (parse_number(text, 1, PID_MAX_LIMIT, &n))
		must_hold(n >= 1 && n <= PID_MAX_LIMIT);
	if (parse_cpus(text, &n))
		must_hold(n >= 1000 && n <= 819200000);
	if (parse_size(text, &bytes))
		must_hold(bytes >= 4096);
	if (parse_map(text, &map)) {
		must_hold(map.count);
		must_hold(map.inside + map.count >= map.inside);
		must_hold(map.outside + map.count >= map.outside);
	}
}

static void addresses(const char *text)
{
	unsigned char length, again_length;
	struct in_addr ip, again;
	char copy[INET_ADDRSTRLEN + 3];

	if (parse_network(text, &ip, &length))
		must_hold(parse_address(text, &again, &again_length));
	if (!parse_address(text, &ip, &length))
		return;
	must_hold(length <= 32);
	snprintf(copy, sizeof copy, "%s/%d", inet_ntoa(ip), length);
	must_hold(parse_address(copy, &again, &again_length));
	must_hold(ip.s_addr == again.s_addr && length == again_length);
}

static void names(const char *text)
{
	if (is_interface_name(text))
		must_hold(strlen(text) < IFNAMSIZ && !strpbrk(text, "/ \n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text;

	fuzz_bytes = bytes;
	fuzz_size = size;
	text = fuzz_text();
	numbers(text);
	addresses(text);
	names(text);
	free(text);
	return 0;
}
