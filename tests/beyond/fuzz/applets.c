/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What a busybox, which may be anybody's, prints when called with --list. No file is
 * made here: the names that would be are looked at.
 */
#include "fuzz.h"
#include <sys/stat.h>

static jmp_buf refused;

static int fuzz_link(const char *target, int dir, const char *name)
{
	(void)dir;
	must_hold(!strcmp(target, "busybox"));
	must_hold(*name && !strchr(name, '/') && strcmp(name, ".") &&
		  strcmp(name, ".."));
	return 0;
}

static int fuzz_stat(int dir, const char *name, struct stat *st, int flags)
{
	(void)dir, (void)st, (void)flags;
	return !strcmp(name, ".") || !strcmp(name, "..") ? 0 : -1;
}

#define symlinkat fuzz_link
#define fstatat	  fuzz_stat
#define errx(...) longjmp(refused, 1)
#include "../../../02-rootfs/rootfs.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *list;

	fuzz_bytes = bytes;
	fuzz_size = size;
	list = fuzz_text();
	made_count = 0;
	if (!setjmp(refused))
		link_applets(3, "/tmp/container", "/bin/busybox", list);
	must_hold(made_count <= (int)(sizeof made / sizeof *made));
	free(list);
	return 0;
}
