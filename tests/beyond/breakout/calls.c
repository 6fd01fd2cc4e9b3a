/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * calls: reach parts of the kernel that a small system does not need, and in which
 * holes were found. Each call is one that makes no sense; who gets an answer to it
 * other than "not permitted" has got in.
 */
#include "attack.h"

#include <sys/ioctl.h>

static const struct {
	const char *name;
	long number;
	unsigned long second; /* argument; 0: -1 */
} calls[] = {
	{ "add_key", SYS_add_key, 0 },
	{ "request_key", SYS_request_key, 0 },
	{ "keyctl", SYS_keyctl, 0 },
	{ "bpf", SYS_bpf, 0 },
	{ "perf_event_open", SYS_perf_event_open, 0 },
	{ "open_by_handle_at", SYS_open_by_handle_at, 0 },
	{ "userfaultfd", SYS_userfaultfd, 0 },
	{ "io_uring_setup", SYS_io_uring_setup, 0 },
	{ "kexec_load", SYS_kexec_load, 0 },
	{ "kexec_file_load", SYS_kexec_file_load, 0 },
	{ "init_module", SYS_init_module, 0 },
	{ "finit_module", SYS_finit_module, 0 },
	{ "delete_module", SYS_delete_module, 0 },
	{ "syslog", SYS_syslog, 0 },
	{ "ioctl(TIOCSETD)", SYS_ioctl, TIOCSETD },
};

int main(void)
{
	int result = HELD;

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (syscall(calls[i].number, -1,
			    calls[i].second ? calls[i].second : -1UL, -1, -1,
			    -1) < 0 &&
		    (errno == EPERM || errno == ENOSYS))
			continue;
		printf("%s: %s\n", calls[i].name, strerror(errno));
		result = OUT;
	}
	return result;
}
