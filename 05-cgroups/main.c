/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "cgroups.h"
#include "lesson.h"
#include "numbers.h"

#include <getopt.h>
#include <signal.h>

static const char usage[] =
	"Usage: cgroups [OPTION...] NAME [PID...]        limit these processes\n"
	"       cgroups [OPTION...] NAME -- COMMAND...   or this command\n"
	"       cgroups [--kill] --remove NAME           remove the group\n"
	"  --cpus N        CPU time, in CPUs: 2, 0.5      (2)\n"
	"  --memory SIZE   memory in bytes: 512M, 1G      (512M)\n"
	"  --pids N        processes and threads          (not limited)\n"
	"  --kill          kill what still runs in the group\n"
	"  -v, --verbose   print the shell commands that do the same\n"
	"If the group exists already, only the limits given are changed.\n";

static const struct option options[] = {
	{ "cpus", required_argument, NULL, 'c' },
	{ "memory", required_argument, NULL, 'm' },
	{ "pids", required_argument, NULL, 'p' },
	{ "remove", no_argument, NULL, 'r' },
	{ "kill", no_argument, NULL, 'k' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;
static bool removing, killing; /* --remove, --kill */
static const char *made;       /* the group that undo() removes, or NULL */
static bool inside;	       /* is this process in that group? */

static void undo(void)
{
	const char *pids;

	if (!made)
		return;
	if (inside) /* a group with a process in it cannot be removed */
		cgroup_join("", getpid());
	pids = cgroup_pids(made);
	if (*pids)
		warnx("%s is not removed: it has processes (%s)", made, pids);
	else
		cgroup_remove(made);
}

static void check_name(const char *name)
{
	if (!*name || strlen(name) > 64 ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")])
		errx(2, "%s: a name is 1 to 64 letters, digits, _ and -", name);
}

static pid_t check_pid(const char *text)
{
	char path[32];
	long pid;

	if (!parse_number(text, 1, PID_MAX_LIMIT, &pid))
		errx(2, "%s: not a process id", text);
	/* With signal 0, kill(2) only checks that the process exists. */
	if (kill((pid_t)pid, 0) && errno == ESRCH)
		errx(1, "%s: no such process", text);
	/* A process without a program cannot be moved. */
	snprintf(path, sizeof path, "/proc/%ld/exe", pid);
	if (access(path, F_OK) && errno == ENOENT)
		errx(1, "%s: a kernel thread or a zombie cannot be moved",
		     text);
	return (pid_t)pid;
}

static int take_away(const char *name)
{
	const char *pids;

	if (!cgroup_find(name))
		errx(1, "there is no group %s", name);
	pids = cgroup_pids(name);
	if (*pids && !killing)
		errx(1, "%s: processes still in it: %s (--kill ends them)",
		     name, pids);
	if (*pids && cgroup_kill(name))
		return 1;
	return cgroup_remove(name) ? 1 : 0;
}

/* If the group exists, change only the limits GIVEN. If not, make it, with
 * the article's limits for those that are not given. */
static void set_up(const char *name, const struct limits *given)
{
	struct limits limits = *given;

	if (cgroup_find(name)) {
		cgroup_limit(name, given);
		return;
	}
	if (!limits.cpu_quota)
		limits.cpu_quota = 200000;
	if (!limits.memory)
		limits.memory = 536870912;
	cgroup_choose(&limits);
	atexit(undo);
	cgroup_make(name);
	made = name;
	cgroup_limit(name, &limits);
}

/* Join the group and execute ARGV. In the commands that -v prints, a new shell does this. */
__attribute__((noreturn)) static void run(const char *name, char *argv[])
{
	say("sh -e");
	say_inside();
	say("PID=$$");
	inside = true; /* even a failed join may join one tree of version 1 */
	if (cgroup_join(name, getpid()))
		exit(1);
	exec_command(argv);
}

static void move(const char *name, char *pids[])
{
	for (; *pids; pids++) {
		say("PID=%s", *pids);
		/* Check again: it may have ended. */
		if (cgroup_join(name, check_pid(*pids)))
			exit(1);
	}
}

/* Handle one option. C is what getopt_long() returned. */
static void read_option(int c, struct limits *limits)
{
	switch (c) {
	case 'c':
		if (!parse_cpus(optarg, &limits->cpu_quota))
			errx(2, "--cpus %s: not a number from 0.01 to 8192",
			     optarg);
		break;
	case 'm':
		if (!parse_size(optarg, &limits->memory))
			errx(2,
			     "--memory %s: not a size like 512M, of 4K or more",
			     optarg);
		break;
	case 'p':
		if (!parse_number(optarg, 1, PID_MAX_LIMIT, &limits->pids))
			errx(2, "--pids %s: not a number from 1 to %d", optarg,
			     PID_MAX_LIMIT);
		break;
	case 'r': removing = true; break;
	case 'k': killing = true; break;
	case 'v': verbose = '+'; break;
	case 'h': fputs(usage, stdout); exit(0);
	default: exit(2);
	}
}

int main(int argc, char *argv[])
{
	struct limits limits = { 0 };
	const char *name;

	/* "+": stop at NAME, as options after it are COMMAND's. */
	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		read_option(c, &limits);
	argv += optind;
	if (!(name = *argv++))
		errx(2, "NAME missing; see --help");
	check_name(name);
	if (removing && *argv)
		errx(2, "%s: --remove takes one NAME", *argv);
	if (removing)
		return take_away(name);
	if (killing)
		errx(2, "--kill goes with --remove");

	if (*argv && !strcmp(*argv, "--")) {
		if (!argv[1])
			errx(2, "no command after --");
		set_up(name, &limits);
		run(name, argv + 1);
	}
	for (char **pid = argv; *pid; pid++)
		check_pid(*pid); /* all of them, before anything is made */
	set_up(name, &limits);
	move(name, argv);
	made = NULL; /* keep the group */
	return 0;
}
