/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * For "bench chapters". With gcc -finstrument-functions, each function calls the two below at
 * its beginning and at its end. With TIMES=FILE, they write into FILE how long it took, without
 * the functions that it called. Otherwise they make a system call that does nothing, as a mark
 * for strace: lseek(-1, FUNCTION, SEEK_SET or SEEK_END).
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PLAIN __attribute__((no_instrument_function))

/* All processes of a container share this file. A record is the address of a function, and
 * nanoseconds; unused records are 0. */
#define RECORDS 4096
static long (*records)[2];
static long *count; /* the first number in the file */

/* The functions that are running, the outermost first: when each began, and how long the
 * functions that it called have taken. */
static struct {
	long begun, others;
} running[64];
static int depth;

PLAIN void __cyg_profile_func_enter(void *function, void *caller);
PLAIN void __cyg_profile_func_exit(void *function, void *caller);

PLAIN static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

PLAIN __attribute__((constructor)) static void open_records(void)
{
	const size_t size = (RECORDS + 1) * sizeof *records;
	const char *path = getenv("TIMES");
	int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd < 0 || ftruncate(fd, (off_t)size))
		return;
	count = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	records = (void *)(count + 2);
	close(fd);
}

void __cyg_profile_func_enter(void *function, void *caller)
{
	(void)caller;
	if (!count)
		syscall(SYS_lseek, -1, function, SEEK_SET);
	depth = (depth + 1) % 64;
	running[depth].others = 0;
	running[depth].begun = now();
}

void __cyg_profile_func_exit(void *function, void *caller)
{
	long took = now() - running[depth].begun, n;

	(void)caller;
	if (!count) {
		syscall(SYS_lseek, -1, function, SEEK_END);
		return;
	}
	n = __atomic_fetch_add(count, 1, __ATOMIC_RELAXED) % RECORDS;
	records[n][0] = (long)function;
	records[n][1] = took - running[depth].others;
	depth = (depth + 63) % 64;
	running[depth].others += took;
}
