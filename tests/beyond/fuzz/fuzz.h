/* SPDX-License-Identifier: MIT */
/*
 * fuzz.h - what the fuzz targets share.
 *
 * A target includes the source that it tests, so that it reaches static functions,
 * and defines words of libc's away before: fopen then opens the fuzzer's bytes, and
 * what exits goes back to the target. No seam is needed in the sources themselves.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <errno.h>
#include <err.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char verbose;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const uint8_t *fuzz_bytes;
static size_t fuzz_size;

/* The fuzzer's bytes as a file; NULL, a file that is not there, if there are none. */
__attribute__((unused)) static FILE *fuzz_open(void)
{
	errno = ENOENT; /* no bytes: no file */
	return fuzz_size ? fmemopen((void *)fuzz_bytes, fuzz_size, "r") : NULL;
}

/* The fuzzer's bytes as a string, to be freed. */
__attribute__((unused)) static char *fuzz_text(void)
{
	return strndup((const char *)fuzz_bytes, fuzz_size);
}

/* What must hold, whatever the bytes are. */
#define must_hold(what)                                                        \
	do {                                                                   \
		if (!(what)) {                                                 \
			fprintf(stderr, "does not hold: %s\n", #what);         \
			abort();                                               \
		}                                                              \
	} while (0)

#endif
