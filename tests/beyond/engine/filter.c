/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * filter PID: what the filters of system calls that PID has do, each call tried.
 *
 * A filter is a program that the kernel runs (full/beyond/confine.c has one). Here it is read
 * out of a running process, as ptrace allows the host's root, and run for each number
 * of a call: on this architecture and on others, with and without the flag that makes
 * a user namespace. Prints a line for each that is not simply allowed. So two filters
 * that decide the same look the same, however they were written. ptrace(2)
 */
#include <err.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#if defined(__x86_64__)
#define OURS AUDIT_ARCH_X86_64
#else
#define OURS AUDIT_ARCH_AARCH64
#endif

enum { CALLS = 700, FILTERS = 8, X32 = 0x40000000 };

static struct sock_filter program[FILTERS][BPF_MAXINSNS];
static int programs;

static void read_filters(pid_t pid)
{
	long n;

	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) ||
	    ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) ||
	    waitpid(pid, NULL, __WALL) != pid)
		err(1, "stop %d", (int)pid);
	for (; programs < FILTERS; programs++) {
		n = ptrace(PTRACE_SECCOMP_GET_FILTER, pid, (long)programs,
			   program[programs]);
		if (n < 0 && errno != ENOENT)
			err(1, "read the filter of %d", (int)pid);
		if (n < 0)
			break;
	}
	if (ptrace(PTRACE_DETACH, pid, NULL, NULL))
		err(1, "let %d go", (int)pid);
}

static bool is_so(int how, __u32 a, __u32 b)
{
	switch (how) {
	case BPF_JEQ: return a == b;
	case BPF_JGT: return a > b;
	case BPF_JGE: return a >= b;
	case BPF_JSET: return a & b;
	}
	errx(1, "a comparison that is unknown here: %#x", how);
}

/* What a filter, which begins at I, decides on DATA. */
static __u32 verdict(const struct sock_filter *i,
		     const struct seccomp_data *data)
{
	__u32 a = 0;

	for (;; i++) {
		switch (i->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			memcpy(&a, (const char *)data + i->k, sizeof a);
			break;
		case BPF_ALU | BPF_AND | BPF_K: a &= i->k; break;
		case BPF_JMP | BPF_JA: i += i->k; break;
		case BPF_RET | BPF_K: return i->k;
		default:
			if (BPF_CLASS(i->code) != BPF_JMP ||
			    BPF_SRC(i->code) != BPF_K)
				errx(1,
				     "an instruction that is unknown here: %#x",
				     i->code);
			i += is_so(BPF_OP(i->code), a, i->k) ? i->jt : i->jf;
		}
	}
}

/* Print what is decided on call NR, unless all filters allow it. */
static void ask(const char *arch, __u32 audit, int nr, const char *how,
		__u64 arg)
{
	struct seccomp_data data = { .nr = nr, .arch = audit, .args = { arg } };
	/* Of several verdicts the lowest counts, as a signed number. */
	__u32 least = SECCOMP_RET_ALLOW;

	for (int i = 0; i < programs; i++) {
		__u32 one = verdict(program[i], &data);

		if ((int)(one & SECCOMP_RET_ACTION_FULL) <
		    (int)(least & SECCOMP_RET_ACTION_FULL))
			least = one;
	}
	if ((least & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO)
		printf("%s call %d%s: error %d\n", arch, nr & ~X32, how,
		       (int)(least & SECCOMP_RET_DATA));
	else if (least != SECCOMP_RET_ALLOW)
		printf("%s call %d%s: %s\n", arch, nr & ~X32, how,
		       least == SECCOMP_RET_KILL_PROCESS
			       ? "the process is killed"
		       : least == SECCOMP_RET_KILL_THREAD
			       ? "the thread is killed"
			       : "something else");
}

int main(int argc, char *argv[])
{
	if (argc != 2)
		errx(2, "usage: filter PID");
	read_filters((pid_t)atoi(argv[1]));
	for (int nr = 0; nr < CALLS; nr++) {
		ask("our", OURS, nr, "", 0);
		ask("our", OURS, nr, " for a user namespace", CLONE_NEWUSER);
	}
	ask("x32", OURS, X32 | 1, "", 0);
	ask("i386", AUDIT_ARCH_I386, 1, "", 0);
	return 0;
}
