/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "lesson.h"
#include "unshare.h"

#include <getopt.h>
#include <sched.h>

char verbose; /* what say() prints before a command: see lesson.h */

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

int main(int argc, char *argv[])
{
	bool forked = false, map_root = false;
	const char *proc = NULL;
	int c, flags = 0;

	while ((c = getopt_long(argc, argv, "+muinpUCTfrv", options, NULL)) > 0)
		switch (c) {
		case 'm': flags |= CLONE_NEWNS; break;
		case 'u': flags |= CLONE_NEWUTS; break;
		case 'i': flags |= CLONE_NEWIPC; break;
		case 'n': flags |= CLONE_NEWNET; break;
		case 'p': flags |= CLONE_NEWPID; break;
		case 'U': flags |= CLONE_NEWUSER; break;
		case 'C': flags |= CLONE_NEWCGROUP; break;
		case 'T': flags |= CLONE_NEWTIME; break;
		case 'f': forked = true; break;
		case 'r': map_root = true; break;
		case 'P': proc = optarg ? optarg : "/proc"; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	if (map_root)
		flags |= CLONE_NEWUSER;
	if (proc)
		flags |= CLONE_NEWNS;
	run_unshared(flags, forked, map_root, proc, argv + optind);
}
