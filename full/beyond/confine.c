/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What root of a container may still ask of the kernel.
 *
 * Namespaces decide what it sees, the cgroup how much it gets. But it has every capability
 * in its namespaces, and may make each of some 350 system calls. A hole in the kernel is a
 * way out even if it is in a call that no program here needs. So the process gives up
 * what no shell, ping or ip wants, and none of it can be got back.
 *
 * Nothing in /proc or /sys is hidden: this root is an ordinary user to the host, and
 * what could do harm there (core_pattern, sysrq-trigger, kcore) is the host's root's.
 */
#include "../lesson.h"
#include "chapters.h"

#include <endian.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* What root of a small system does: files of several users, signals, ping and ip.
 * Above all not CAP_SYS_ADMIN, which mounts, unmounts and makes namespaces.
 * capabilities(7) */
static const int needed[] = {
	CAP_CHOWN,   CAP_DAC_OVERRIDE, CAP_FOWNER,     CAP_FSETID,
	CAP_KILL,    CAP_SETGID,       CAP_SETUID,     CAP_NET_BIND_SERVICE,
	CAP_NET_RAW, CAP_NET_ADMIN,    CAP_SYS_CHROOT,
};

static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3,
						   0 };
	struct __user_cap_data_struct sets[2] = { 0 };
	unsigned long long keep = 0;

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		keep |= 1ULL << needed[i];
	/* First the bounding set, while we may: exec gives root all that is in it.
	 * EINVAL: the kernel knows no more of them. */
	for (int n = 0; n < 64; n++)
		if (!(keep >> n & 1) && prctl(PR_CAPBSET_DROP, n, 0, 0, 0)) {
			if (errno == EINVAL)
				break;
			err(1, "drop capability %d", n);
		}
	sets[0].permitted = sets[0].effective = (unsigned)keep;
	sets[1].permitted = sets[1].effective = (unsigned)(keep >> 32);
	/* libc has no capset. */
	if (syscall(SYS_capset, &header, sets))
		err(1, "drop capabilities");
}

/* Leave the keys of the caller, such as those that decrypt a home: they belong to the
 * process, and no namespace takes them away. keyrings(7) */
static void leave_keyring(void)
{
	/* ENOSYS: a kernel without keys. EPERM: a runtime around us denies keyctl, as
	 * our filter will. */
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 &&
	    errno != ENOSYS && errno != EPERM)
		err(1, "new session keyring");
}

/*
 * A filter is a program that the kernel runs before each system call, on a struct
 * seccomp_data: number, architecture, arguments. It can load a word of that, compare
 * it with a constant, jump ahead, and return what is to be done. seccomp(2)
 */
#define LOAD(member)                                                           \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                     \
		 offsetof(struct seccomp_data, member))
/* An argument is two words, and this one has all that is looked at here. */
#define LOW_HALF(argument)                                                     \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                     \
		 offsetof(struct seccomp_data, args[argument]) +               \
			 (__BYTE_ORDER == __BIG_ENDIAN ? 4 : 0))
/* Compare what was loaded. If it is true skip YES instructions, if false skip NO. */
#define COMPARE(how, value, yes, no)                                           \
	BPF_JUMP(BPF_JMP | (how) | BPF_K, value, yes, no)
#define RETURN(what)  BPF_STMT(BPF_RET | BPF_K, what)
#define ERROR(number) RETURN(SECCOMP_RET_ERRNO | (number))
/* Each of these two is two instructions. */
#define DENY(call)   COMPARE(BPF_JEQ, SYS_##call, 0, 1), ERROR(EPERM)
#define ALLOW(value) COMPARE(BPF_JEQ, value, 0, 1), RETURN(SECCOMP_RET_ALLOW)

/* Which argument of clone(2) has the flags? */
#ifdef __s390__
#define CLONE_FLAGS 1
#else
#define CLONE_FLAGS 0
#endif

/* The head of the ELF file that this program was loaded from. ld(1) sets it. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

/* This machine's AUDIT_ARCH_*: the number that its ELF files have, and what its words
 * are like. linux/audit.h */
static unsigned architecture(void)
{
	return __ehdr_start.e_machine |
	       (sizeof(long) == 8 ? __AUDIT_ARCH_64BIT : 0) |
	       (__BYTE_ORDER == __LITTLE_ENDIAN ? __AUDIT_ARCH_LE : 0);
}

static struct sock_filter filter[] = {
	/* The numbers of calls differ by architecture, and x86-64 also runs 32-bit
	 * programs, and x32 ones, by a high bit in the number. */
	LOAD(arch),
	COMPARE(BPF_JEQ, 0 /* architecture() */, 1, 0),
	RETURN(SECCOMP_RET_KILL_PROCESS),
	LOAD(nr),
	COMPARE(BPF_JGE, 0x40000000, 0, 1),
	ERROR(ENOSYS),

	/* To change the kernel that runs, host included. */
	DENY(init_module),
	DENY(finit_module),
	DENY(delete_module),
	DENY(kexec_load),
#ifdef SYS_kexec_file_load /* 32-bit machines have none */
	DENY(kexec_file_load),
#endif
	/* To run code in it, or to look at what it and others do. */
	DENY(bpf),
	DENY(perf_event_open),
	DENY(syslog),
	/* Keys and file handles: no namespace divides them, or only on new kernels. */
	DENY(add_key),
	DENY(request_key),
	DENY(keyctl),
	DENY(open_by_handle_at),
	/* These have had many holes, and no small program needs them. */
	DENY(userfaultfd),
	DENY(io_uring_setup),
	DENY(io_uring_enter),
	DENY(io_uring_register),
	/* All users of the machine together have a few of these. aio(7) */
	DENY(io_setup),
	/* A process that traces another one can hide its end from its parent. So root inside
	 * could make "container --enter" wait forever. */
	DENY(ptrace),
	/* Line disciplines of terminals: the kernel loads a module for each. ioctl_tty(2) */
	COMPARE(BPF_JEQ, SYS_ioctl, 0, 4),
	LOW_HALF(1),
	COMPARE(BPF_JEQ, TIOCSETD, 0, 1),
	ERROR(EPERM),
	RETURN(SECCOMP_RET_ALLOW),

	/* A user namespace within this one would give every capability again. The
	 * flags of clone3 lie in memory, where a filter cannot look: libc takes
	 * ENOSYS for an old kernel, and uses clone. */
	COMPARE(BPF_JEQ, SYS_clone3, 0, 1),
	ERROR(ENOSYS),
	COMPARE(BPF_JEQ, SYS_clone, 0, 2),
	LOW_HALF(CLONE_FLAGS),
	COMPARE(BPF_JSET, CLONE_NEWUSER, 3, 4),
	COMPARE(BPF_JEQ, SYS_unshare, 0, 4),
	LOW_HALF(0),
	COMPARE(BPF_JSET, CLONE_NEWUSER, 0, 1),
	ERROR(EPERM),
	RETURN(SECCOMP_RET_ALLOW),

	/* Only sockets that belong to a network namespace and that small programs use.
	 * Others know of no namespace: AF_VSOCK reaches services of the host, and of the
	 * machine that this one is a guest of. Or the kernel loads a module for them that
	 * few people have reviewed. (i386 and s390x also have socketcall(2), whose
	 * arguments lie in memory; their libc needs it.) */
	COMPARE(BPF_JEQ, SYS_socket, 2, 0),
	COMPARE(BPF_JEQ, SYS_socketpair, 1, 0),
	RETURN(SECCOMP_RET_ALLOW),
	LOW_HALF(0),
	ALLOW(AF_UNIX),
	ALLOW(AF_PACKET),
	COMPARE(BPF_JEQ, AF_NETLINK, 0, 6),
	LOW_HALF(2),
	ALLOW(NETLINK_ROUTE),	  /* ip */
	ALLOW(NETLINK_NETFILTER), /* nft */
	ERROR(EPROTONOSUPPORT),
	COMPARE(BPF_JEQ, AF_INET, 2, 0),
	COMPARE(BPF_JEQ, AF_INET6, 1, 0),
	ERROR(EAFNOSUPPORT),
	LOW_HALF(1), /* the type, and flags */
	BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf),
	COMPARE(BPF_JGT, SOCK_RAW, 0, 1), /* only SCTP and DCCP have it */
	ERROR(EPROTONOSUPPORT),
	LOW_HALF(2),
	ALLOW(0), /* the usual one for this type of socket */
	ALLOW(IPPROTO_ICMP),
	ALLOW(IPPROTO_TCP),
	ALLOW(IPPROTO_UDP),
	ALLOW(IPPROTO_ICMPV6),
	ALLOW(IPPROTO_RAW),
	ERROR(EPROTONOSUPPORT),
};

void confine(void)
{
	struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

	filter[1].k = architecture();
	drop_capabilities();
	leave_keyring();

	/* No program gives more rights than its caller has, whatever bits its file
	 * has. The kernel wants it for a filter without CAP_SYS_ADMIN. (For the rest of
	 * this chapter busybox has no command.) */
	say("exec setpriv --nnp sh -e");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err(1, "no_new_privs");
	/* libc has no seccomp. */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
		err(1, "seccomp filter");
}
