/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* tiocsti: type a line into the terminal. Whose it was the host sees. */
#include "attack.h"

#include <sys/ioctl.h>

int main(void)
{
	for (const char *key = "typed inside\n"; *key; key++)
		if (ioctl(STDIN_FILENO, TIOCSTI, key))
			return HELD;
	return OUT;
}
