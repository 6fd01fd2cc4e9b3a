/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* memory MEGABYTES: use so much memory. Who may not is killed, and that is 137. */
#include "attack.h"

#include <sys/mman.h>

int main(int argc, char *argv[])
{
	size_t size = argc == 2 ? (size_t)atoi(argv[1]) << 20 : 0;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NOT_TRIED;
	for (size_t i = 0; i < size; i += 4096)
		memory[i] = 1;
	return OUT;
}
