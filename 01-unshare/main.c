/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "unshare.h"

#include <getopt.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static const char usage[] =
	"Usage: unshare [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND (your $SHELL) in new namespaces of the kinds that you name.\n"
	"  -m, --mount    mounts             -p, --pid     process ids; use -f too\n"
	"  -u, --uts      the hostname       -U, --user    user and group ids\n"
	"  -i, --ipc      message queues     -C, --cgroup  the view of cgroups\n"
	"  -n, --net      the network        -T, --time    clocks; use -f too\n"
	"  -f, --fork     run COMMAND as a child: a new pid or time namespace\n"
	"                 takes in children only\n"
	"  --mount-proc[=DIR]  mount a proc on DIR (/proc) first; implies -m\n"
	"  -v, --verbose  say each shell command that this stands for\n";

/* Long options without a letter. */
enum { MOUNT_PROC = 256, HELP };

static const struct option options[] = {
	{ "mount", no_argument, NULL, 'm' },
	{ "uts", no_argument, NULL, 'u' },
	{ "ipc", no_argument, NULL, 'i' },
	{ "net", no_argument, NULL, 'n' },
	{ "pid", no_argument, NULL, 'p' },
	{ "user", no_argument, NULL, 'U' },
	{ "cgroup", no_argument, NULL, 'C' },
	{ "time", no_argument, NULL, 'T' },
	{ "fork", no_argument, NULL, 'f' },
	{ "mount-proc", optional_argument, NULL, MOUNT_PROC },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, HELP },
	{ 0 },
};

char verbose;

/* The flag of the kind whose letter is C, or 0. */
static int flag_of(int c)
{
	for (const struct kind *kind = kinds; kind->flag; kind++)
		if (kind->letter == c)
			return kind->flag;
	return 0;
}

static void say_unshare(int flags, bool child)
{
	char letters[25];

	namespace_letters(flags, letters);
	say("unshare%s%s%s%s%s sh", *letters ? " " : "", letters,
	    flags & CLONE_NEWNS ? " --propagation unchanged" : "",
	    flags & CLONE_NEWUSER ? " --keep-caps" : "",
	    child ? " -f --kill-child" : "");
	say_inside();
}

/* Open this process, for its child to see whether it has ended. pidfd_open(2). */
static int open_self(void)
{
	/* libc may lack it. */
	int fd = (int)syscall(SYS_pidfd_open, getpid(), 0);

	if (fd < 0)
		err(1, "open our own process");
	return fd;
}

/* In the child: end when the parent does, on which PARENT is open. */
static void end_with(int parent)
{
	struct pollfd ended = { .fd = parent, .events = POLLIN };

	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		err(1, "end when the parent ends");
	/* Has it died before that? getppid() is 0 across a pid namespace. */
	switch (poll(&ended, 1, 0)) {
	case 0: break;
	case 1: exit(1);
	default: err(1, "look for the parent");
	}
	close(parent);
}

/* Return in a child process. The parent waits for it, and exits with its status. */
static void go_on_as_child(void)
{
	int parent = open_self(), status;
	sighandler_t interrupt, quit;
	pid_t child;

	/* The terminal sends Ctrl-C to both processes, but it is meant for COMMAND.
	 * The parent ignores it from before there is a child. */
	interrupt = signal(SIGINT, SIG_IGN);
	quit = signal(SIGQUIT, SIG_IGN);
	/* If the caller ignores SIGCHLD we inherit that, and waitpid would fail. */
	signal(SIGCHLD, SIG_DFL);
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child > 0) {
		if (waitpid(child, &status, 0) < 0)
			err(1, "waitpid");
		exit(exit_status(status));
	}
	signal(SIGINT, interrupt);
	signal(SIGQUIT, quit);
	end_with(parent);
}

int main(int argc, char *argv[])
{
	const char *proc = NULL;
	bool child = false;
	int flags = 0;

	for (int c;
	     (c = getopt_long(argc, argv, "+muinpUCTfv", options, NULL)) != -1;)
		switch (c) {
		case 'f': child = true; break;
		case 'v': verbose = '+'; break;
		case HELP: fputs(usage, stdout); return 0;
		case MOUNT_PROC:
			proc = optarg ? optarg : "/proc";
			flags |= CLONE_NEWNS;
			break;
		case '?': return 2;
		default: flags |= flag_of(c);
		}
	argv += optind;

	say_unshare(flags, child);
	namespaces_unshare(flags);
	if (child)
		go_on_as_child();
	if (flags & CLONE_NEWNS)
		propagation_private();
	if (proc)
		mount_proc(proc);
	exec_command(argv);
}
