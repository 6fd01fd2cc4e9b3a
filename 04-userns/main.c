/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "args.h"
#include "lesson.h"
#include "userns.h"

#include <getopt.h>
#include <sys/wait.h>

static const char usage[] =
	"Usage: userns [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND (your $SHELL) in a new user namespace; by default you are root\n"
	"in it, and still yourself to all outside.\n"
	"  --map-root-user                     the default, by its name\n"
	"  --map-users INSIDE:OUTSIDE:COUNT    COUNT user ids from INSIDE on stand for\n"
	"                                      those from OUTSIDE on; up to 8 times\n"
	"  --map-groups INSIDE:OUTSIDE:COUNT   the same for group ids\n"
	"  -v, --verbose  say each shell command that this stands for\n";

static const struct option options[] = {
	{ "map-root-user", no_argument, NULL, 'r' },
	{ "map-users", required_argument, NULL, 'u' },
	{ "map-groups", required_argument, NULL, 'g' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;

static void add_map(struct id_maps *maps, const char *text)
{
	struct id_map *line = &maps->line[maps->count];

	if (maps->count == sizeof maps->line / sizeof *maps->line)
		errx(2, "%s: more than %d maps", text, maps->count);
	if (!parse_map(text, line))
		errx(2, "%s: not INSIDE:OUTSIDE:COUNT", text);
	for (struct id_map *other = maps->line; other < line; other++)
		if ((line->inside < other->inside + other->count &&
		     other->inside < line->inside + line->count) ||
		    (line->outside < other->outside + other->count &&
		     other->outside < line->outside + line->count))
			errx(2, "%s: overlaps another map", text);
	maps->count++;
}

/* Unless told otherwise, root stands for the caller. */
static void default_map(struct id_maps *maps, unsigned id)
{
	if (maps->count == 0)
		maps->line[maps->count++] = (struct id_map){ 0, id, 1 };
}

/* Does id 0 stand for anything? */
static bool has_root(const struct id_maps *maps)
{
	for (int i = 0; i < maps->count; i++)
		if (maps->line[i].inside == 0)
			return true;
	return false;
}

/* Start the helper, who stays outside to write our maps: from inside we could map
 * one id only, our own. It waits for a byte on the pipe GO. */
static pid_t start_helper(const int go[2], const struct id_maps *users,
			  const struct id_maps *groups, bool deny)
{
	pid_t us = getpid(), helper = fork();
	ssize_t n;
	char byte;

	if (helper < 0)
		err(1, "fork");
	if (helper > 0)
		return helper;
	close(go[1]);
	n = read(go[0], &byte, 1);
	if (n < 0)
		err(1, "wait for the word");
	if (n == 1) /* or else there was none, and the pipe is closed */
		userns_map(us, users, groups, deny);
	exit(0);
}

static void enter(const struct id_maps *users, const struct id_maps *groups)
{
	/* Root may map any group and keep setgroups; but not for his own alone,
	 * as unshare --map-root-user does not either. */
	bool deny = geteuid() != 0 ||
		    (groups->count == 1 && groups->line[0].count == 1 &&
		     groups->line[0].outside == getegid());
	int go[2], status;
	pid_t helper;

	if (pipe2(go, O_CLOEXEC))
		err(1, "pipe");
	helper = start_helper(go, users, groups, deny);
	userns_unshare();
	if (write(go[1], "", 1) != 1)
		err(1, "wake the helper");
	if (waitpid(helper, &status, 0) < 0)
		err(1, "wait for the helper");
	if (status)
		exit(1); /* it has said why */
	say_inside();
	if (has_root(users) && has_root(groups) && (geteuid() || getegid()))
		userns_become_root(!deny);
}

int main(int argc, char *argv[])
{
	struct id_maps users = { 0 }, groups = { 0 };

	for (int c; (c = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		switch (c) {
		case 'r': break;
		case 'u': add_map(&users, optarg); break;
		case 'g': add_map(&groups, optarg); break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	default_map(&users, geteuid());
	default_map(&groups, getegid());
	enter(&users, &groups);
	exec_command(argv + optind);
}
