/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * calls: reach parts of the kernel that a small system does not need, and in which
 * holes were found. Each call is one that makes no sense; who gets an answer to it
 * other than "not permitted" has got in.
 */
#include "attack.h"

static const struct {
	const char *name;
	long number;
} calls[] = {
	{ "add_key", SYS_add_key },
	{ "request_key", SYS_request_key },
	{ "keyctl", SYS_keyctl },
	{ "bpf", SYS_bpf },
	{ "perf_event_open", SYS_perf_event_open },
	{ "open_by_handle_at", SYS_open_by_handle_at },
	{ "userfaultfd", SYS_userfaultfd },
	{ "io_uring_setup", SYS_io_uring_setup },
	{ "kexec_load", SYS_kexec_load },
	{ "kexec_file_load", SYS_kexec_file_load },
	{ "init_module", SYS_init_module },
	{ "finit_module", SYS_finit_module },
	{ "delete_module", SYS_delete_module },
	{ "syslog", SYS_syslog },
};

int main(void)
{
	int result = HELD;

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (syscall(calls[i].number, -1, -1, -1, -1, -1) < 0 &&
		    (errno == EPERM || errno == ENOSYS))
			continue;
		printf("%s: %s\n", calls[i].name, strerror(errno));
		result = OUT;
	}
	return result;
}
