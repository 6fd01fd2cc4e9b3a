/* SPDX-License-Identifier: MIT */
/*
 * A program that names as its loader (PT_INTERP in its ELF header) a file which only an
 * open directory of the host's leads to. If it starts, exec has opened that file.
 */
#include <stdio.h>

int main(void)
{
	return puts("started") < 0;
}
