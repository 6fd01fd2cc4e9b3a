/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What a busybox, which may be anybody's, prints when called with --list. Nothing is run
 * and no file is made here: the names of the links that would be made are looked at.
 */
#include "fuzz.h"
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf refused;

static int fuzz_link(const char *target, const char *name)
{
	must_hold(!strcmp(target, "busybox"));
	must_hold(*name && !strchr(name, '/'));
	if (strcmp(name, ".") && strcmp(name, ".."))
		return 0;
	errno = EEXIST;
	return -1;
}

#define pipe2(out, flags)	   ((out)[0] = (out)[1] = -1, 0)
#define fork()			   1
#define waitpid(pid, status, opts) (*(status) = 0, 1)
#define fdopen(fd, mode)	   fuzz_open()
#define symlink			   fuzz_link
#define errx(...)		   longjmp(refused, 1)
#define err(...)		   longjmp(refused, 1)
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
