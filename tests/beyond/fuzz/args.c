/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* What a command line may hold: addresses, sizes, CPUs, interface names. */
#include "fuzz.h"
#include "../../../05-cgroups/limits.c"
#include "../../../06-veth/addresses.h"

static void numbers(const char *text)
{
	long long bytes;
	long n;

	if (parse_number(text, 1, PID_MAX_LIMIT, &n))
		must_hold(n >= 1 && n <= PID_MAX_LIMIT);
	if (parse_cpus(text, &n))
		must_hold(n >= 1000 && n <= 819200000);
	if (parse_size(text, &bytes))
		must_hold(bytes >= 4096);
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
