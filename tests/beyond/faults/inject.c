/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * inject - run a command, and have one system call fail, or a signal come there.
 *
 *   inject [-tx] [-u USER] COMMAND...                           say every call
 *   inject [-tx] -p PROCESS -c NAME -n N -e ERROR COMMAND...    fail one
 *   inject [-tx] -p PROCESS -c NAME -n N -s SIGNAL COMMAND...   send SIGNAL there
 *
 * strace -e inject= does the like, but counts for each process and cannot be told
 * which of them is meant: what a child does could never fail without the parent's
 * call of that number failing too, and earlier. Here processes are numbered in the
 * order of their birth, from 0; N is the how manieth call of that NAME it is in the
 * process, from 1. A process that executes another program is left alone from then on;
 * with -x the first one may do so once, as the whole container does with a copy of
 * itself. A signal comes when the call begins.
 *
 * On descriptor 3 stands, one a line:
 *   call PROCESS N NAME        each call, if none is to fail
 *   hit                        there was such a call
 *   left PID                   a process that does not end after the first one has
 *   hung                       the first one did not end
 *   terminal                   its settings are not as before
 *
 * -t gives COMMAND a terminal of its own as stdin and stdout; -u runs it as the user
 * with that number. The exit status is COMMAND's, 128+n after signal n.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* In which all must end. On a busy machine the network is locked for a while when
 * many namespaces end. */
#define SECONDS 60

static const char *const names[] = {
#include "names.h" /* [SYS_read] = "read", and so on; the driver makes it */
};

struct process {
	pid_t pid;	/* 0: no such process any more */
	int number;	/* -1: its parent's stop has not told us yet */
	int calls[512]; /* so many of each kind has it made */
	bool begun;	/* it has had its first stop */
	bool waits;	/* it stands at that stop, until we know its number */
	bool again;	/* its last call is about to begin again */
	bool failing;	/* the call that it is in is the one */
};

static struct process processes[64];
static int births;
static pid_t first;
static int status = -1; /* of the first process, as wait(2) gives it */
static FILE *report;
static const char *want_name;
static uid_t user; /* 0: whoever we are */
static int execs_to_follow =
	1; /* of the first process; the one is COMMAND itself */
static int want_process, want_n, want_error, want_signal;

static const char *name_of(unsigned long long nr)
{
	return nr < sizeof names / sizeof *names && names[nr] ? names[nr] : "?";
}

/* The entry for PID; a new one if there is none. */
static struct process *find(pid_t pid)
{
	struct process *free = NULL;

	for (size_t i = 0; i < sizeof processes / sizeof *processes; i++) {
		if (processes[i].pid == pid)
			return &processes[i];
		if (!processes[i].pid && !free)
			free = &processes[i];
	}
	if (!free)
		errx(125, "too many processes");
	*free = (struct process){ .pid = pid, .number = -1 };
	return free;
}

/* The call that PID is about to make becomes none at all. */
static void skip_call(pid_t pid)
{
#if defined(__x86_64__)
	ptrace(PTRACE_POKEUSER, pid, offsetof(struct user, regs.orig_rax), -1L);
#elif defined(__aarch64__)
	int nr = -1;
	struct iovec iov = { &nr, sizeof nr };

	ptrace(PTRACE_SETREGSET, pid, 0x404 /* NT_ARM_SYSTEM_CALL */, &iov);
#else
#error "how is a system call skipped here?"
#endif
}

static void set_result(pid_t pid, long value)
{
#if defined(__x86_64__)
	ptrace(PTRACE_POKEUSER, pid, offsetof(struct user, regs.rax), value);
#elif defined(__aarch64__)
	struct user_regs_struct regs;
	struct iovec iov = { &regs, sizeof regs };

	ptrace(PTRACE_GETREGSET, pid, 1 /* NT_PRSTATUS */, &iov);
	regs.regs[0] = (unsigned long)value;
	ptrace(PTRACE_SETREGSET, pid, 1, &iov);
#endif
}

/* P begins the call NR. */
static void at_entry(struct process *p, unsigned long long nr)
{
	const char *name = name_of(nr);
	int n = ++p->calls[nr % 512];

	if (!want_name)
		fprintf(report, "call %d %d %s\n", p->number, n, name);
	if (!want_name || p->number != want_process || n != want_n ||
	    strcmp(name, want_name))
		return;
	fprintf(report, "hit\n");
	if (want_signal)
		kill(p->pid, want_signal);
	p->failing = want_error;
	/* The descriptor is closed even where close(2) fails. */
	if (want_error && nr != SYS_close)
		skip_call(p->pid);
}

/* P is at the beginning or the end of a call. */
static void at_call(struct process *p)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, p->pid, sizeof info, &info) <= 0)
		return;
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
		/* One that the kernel begins again is still the same one. */
		if (!p->again)
			at_entry(p, info.entry.nr);
		return;
	}
	/* ERESTARTSYS and its kin, which no program gets to see. */
	p->again = info.exit.rval <= -512 && info.exit.rval >= -516;
	if (p->failing)
		set_result(p->pid, -want_error);
	p->failing = false;
}

static void go_on(struct process *p, int signal)
{
	ptrace(PTRACE_SYSCALL, p->pid, NULL, (long)signal);
}

/* P has given birth. */
static void at_birth(struct process *p)
{
	struct process *child;
	unsigned long pid;

	if (ptrace(PTRACE_GETEVENTMSG, p->pid, NULL, &pid))
		return;
	child = find((pid_t)pid);
	child->number = births++;
	if (child->waits) {
		child->waits = false;
		go_on(child, 0);
	}
}

/* P has become another program. */
static void at_exec(struct process *p)
{
	if (p->pid == first && execs_to_follow-- > 0) {
		go_on(p, 0);
		return;
	}
	ptrace(PTRACE_DETACH, p->pid, NULL, NULL);
	p->pid = 0;
}

static void stopped(struct process *p, int how)
{
	int signal = WSTOPSIG(how), event = how >> 16;

	if (signal == (SIGTRAP | 0x80)) {
		at_call(p);
	} else if (event == PTRACE_EVENT_EXEC) {
		at_exec(p);
		return;
	} else if (event) {
		at_birth(p);
	} else if (!p->begun && signal == SIGSTOP) {
		p->begun = true;
		p->waits = p->number < 0;
		if (p->waits)
			return;
	} else {
		go_on(p, signal);
		return;
	}
	go_on(p, 0);
}

static volatile sig_atomic_t out_of_time;

/* Count seconds one by one: a machine that slept for a while does not count them. */
static void on_alarm(int signal)
{
	static int seconds;

	(void)signal;
	if (++seconds % SECONDS == 0)
		out_of_time = 1;
	alarm(1);
}

/* Kill what is left of the processes that we have traced, or inherited. */
static void kill_rest(void)
{
	char path[64], pids[4096];
	char *rest = pids;
	FILE *file;
	size_t n;

	snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
	file = fopen(path, "re");
	n = file ? fread(pids, 1, sizeof pids - 1, file) : 0;
	pids[n] = 0;
	if (file)
		fclose(file);
	for (char *pid; (pid = strsep(&rest, " "));)
		if (*pid) {
			fprintf(report, status < 0 ? "hung\n" : "left %s\n",
				pid);
			kill(atoi(pid), SIGKILL);
		}
}

static void watch(void)
{
	struct sigaction action = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &action, NULL);
	alarm(1);
	for (;;) {
		int how;
		pid_t pid = waitpid(-1, &how, __WALL);

		if (pid < 0 && errno == ECHILD)
			return;
		if (out_of_time) {
			out_of_time = 0;
			kill_rest();
		}
		if (pid < 0)
			continue;
		if (WIFSTOPPED(how)) {
			stopped(find(pid), how);
			continue;
		}
		find(pid)->pid = 0;
		if (pid == first)
			status = how;
	}
}

static void become(char *argv[], const char *terminal)
{
	int fd;

	if (terminal) {
		setsid();
		fd = open(terminal, O_RDWR);
		if (fd < 0 || ioctl(fd, TIOCSCTTY, 0))
			err(125, "%s", terminal);
		dup2(fd, STDIN_FILENO);
		dup2(fd, STDOUT_FILENO);
		close(fd);
	}
	close(fileno(report));
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	raise(SIGSTOP);
	if (user && (setgroups(0, NULL) || setresgid(user, user, user) ||
		     setresuid(user, user, user)))
		err(125, "become user %d", (int)user);
	execvp(*argv, argv);
	err(125, "%s", *argv);
}

int main(int argc, char *argv[])
{
	int master = -1, slave = -1, how;
	struct termios before, after;
	const char *terminal = NULL;

	report = fdopen(3, "w");
	if (!report)
		err(125, "descriptor 3");
	for (int c; (c = getopt(argc, argv, "+txu:p:c:n:e:s:")) != -1;)
		switch (c) {
		case 't':
			master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
			if (master < 0 || grantpt(master) || unlockpt(master))
				err(125, "open a terminal");
			terminal = ptsname(master);
			slave = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC);
			tcgetattr(slave, &before);
			break;
		case 'x': execs_to_follow = 2; break;
		case 'u': user = (uid_t)atoi(optarg); break;
		case 'p': want_process = atoi(optarg); break;
		case 'c': want_name = optarg; break;
		case 'n': want_n = atoi(optarg); break;
		case 'e': want_error = atoi(optarg); break;
		case 's': want_signal = atoi(optarg); break;
		default: return 125;
		}
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	first = fork();
	if (first == 0)
		become(argv + optind, terminal);
	waitpid(first, &how, 0);
	find(first)->number = births++;
	find(first)->begun = true;
	ptrace(PTRACE_SETOPTIONS, first, NULL,
	       PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
		       PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
		       PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
	/* To its exec: the calls until there are ours. */
	ptrace(PTRACE_CONT, first, NULL, NULL);
	watch();
	if (slave >= 0) {
		tcgetattr(slave, &after);
		if (memcmp(&before, &after, sizeof before))
			fprintf(report, "terminal\n");
	}
	fclose(report);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}
