/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The command line. */
#include "lesson.h"
#include "mounts.h" /* step 3: mounts_private() */
#include "unshare.h"
#include "userns.h" /* step 4: userns_map_root() */

#include <getopt.h>
#include <sched.h>

char verbose;

static const char usage[] =
	"Usage: unshare [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND, or your $SHELL, in new namespaces.\n"
	"  -m, --mount    mounts           -p, --pid      process ids (add -f)\n"
	"  -u, --uts      the hostname     -U, --user     user and group ids\n"
	"  -i, --ipc      message queues   -C, --cgroup   the view of cgroups\n"
	"  -n, --net      the network      -T, --time     clocks (add -f)\n"
	"  -f, --fork           run COMMAND in a child process\n"
	"  -r, --map-root-user  be root in the new user namespace; implies -U\n"
	"  --mount-proc[=DIR]   mount a proc on DIR (/proc); implies -m\n"
	"  -v, --verbose        print the shell commands that do the same\n";

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
	{ "map-root-user", no_argument, NULL, 'r' },
	{ "mount-proc", optional_argument, NULL, 'P' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

/* What the command line asks for. */
static int flags;
static bool child, map_root;
static const char *proc;

static void read_option(int letter)
{
	switch (letter) {
	case 'f': child = true; break;
	case 'v': verbose = '+'; break;
	case 'r':
		map_root = true;
		flags |= CLONE_NEWUSER;
		break;
	case 'P':
		proc = optarg ? optarg : "/proc";
		flags |= CLONE_NEWNS;
		break;
	case 'h': fputs(usage, stdout); exit(0);
	case '?': exit(2);
	default:
		for (const struct kind *kind = kinds; kind->flag; kind++)
			if (kind->letter == letter)
				flags |= kind->flag;
	}
}

/* --propagation unchanged: a later line makes the mounts private. --keep-caps: the shell
 * starts before its ids are mapped, and exec would drop its capabilities. */
static void say_unshare(void)
{
	say("unshare%s%s%s%s sh", namespace_letters(flags),
	    flags & CLONE_NEWNS ? " --propagation unchanged" : "",
	    flags & CLONE_NEWUSER ? " --keep-caps" : "",
	    child ? " -f --kill-child" : "");
	say_inside();
}

int main(int argc, char *argv[])
{
	/* Read now: a new user namespace does not know them. */
	unsigned user = geteuid(), group = getegid();
	int option;

	while ((option = getopt_long(argc, argv, "+muinpUCTfrv", options,
				     NULL)) != -1)
		read_option(option);

	say_unshare();
	namespaces_unshare(flags);
	if (child)
		go_on_as_child();
	if (map_root)
		userns_map_root(0 /* this process */, user, group);
	if (flags & CLONE_NEWNS)
		mounts_private();
	if (proc)
		mount_proc(proc);
	exec_command(argv + optind);
}
