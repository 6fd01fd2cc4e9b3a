/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What a busybox, which may be anybody's, prints when called with --list. Nothing is run
 * and no file is made here: the names of the links that would be made are looked at.
 */
#include "fuzz.h"
#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf refused;

/* What busybox prints: the fuzzer's bytes. */
static ssize_t fuzz_read(char *buffer, size_t size)
{
	size_t n = size < fuzz_size ? size : fuzz_size;

	memcpy(buffer, fuzz_bytes, n);
	fuzz_bytes += n;
	fuzz_size -= n;
	return (ssize_t)n;
}

static int fuzz_link(const char *target, const char *name)
{
	must_hold(!strcmp(target, "busybox"));
	must_hold(*name && !strchr(name, '/'));
	if (strcmp(name, ".") && strcmp(name, ".."))
		return 0;
	errno = EEXIST;
	return -1;
}

#define memfd_create(name, flags)      0
#define fork()			       1
#define waitpid(pid, status, opts)     (*(status) = 0, 1)
#define pread(fd, buffer, size, start) fuzz_read(buffer, size)
#define symlink			       fuzz_link
#define errx(...)		       longjmp(refused, 1)
#define err(...)		       longjmp(refused, 1)
#include "../../../02-rootfs/busybox.c"
#include "../../../02-rootfs/rootfs.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *list;

	fuzz_bytes = bytes;
	fuzz_size = size;
	if (setjmp(refused))
		return 0;
	list = busybox_list(3, "/bin/busybox");
	must_hold(strlen(list) <= size);
	link_applets("/bin/busybox", list);
	return 0;
}
