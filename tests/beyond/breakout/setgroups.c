/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* setgroups: leave all groups, and with them what is closed to their members only. */
#include "attack.h"

#include <grp.h>

int main(void)
{
	return setgroups(0, NULL) ? HELD : OUT;
}
