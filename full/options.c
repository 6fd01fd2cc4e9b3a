/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The command line of the whole container. */
#include "../02-rootfs/rootfs.h"
#include "beyond.h"
#include "container.h"
#include "lesson.h"
#include "numbers.h"

static const char usage[] =
	"Usage: container [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND (a shell) as process 1 of a container; undo all when it ends.\n"
	"\n"
	"  --rootfs DIR        its files; made if missing     (~/container)\n"
	"  --name NAME         at most 10: a-z A-Z 0-9 _ -  (my_container)\n"
	"  --cpus N            CPU time, in CPUs: 2, 0.5      (2)\n"
	"  --memory SIZE       memory: 512M, 1G; no swap      (512M)\n"
	"  --pids N            processes and threads          (1024)\n"
	"  --no-net            no network but its own lo\n"
	"  -v, --verbose       print the shell commands that do the same\n"
	"\n"
	"Beyond the article:\n"
	"  --rootless          without root: no network and no limits\n"
	"  --hostname NAME     (the container's name)\n"
	"  --busybox FILE      the busybox for a new rootfs   (the first static one)\n"
	"  --host-address A/L  address of the host's end      (192.168.1.123/24)\n"
	"  --address A/L       address of the container       (192.168.1.124/24)\n"
	"  --uplink INTERFACE  the only way out               (any)\n"
	"  --enter NAME        run COMMAND in the container NAME, which runs already\n";

static const struct option options[] = {
	{ "rootfs", required_argument, NULL, 'r' },
	{ "name", required_argument, NULL, 'n' },
	{ "cpus", required_argument, NULL, 'c' },
	{ "memory", required_argument, NULL, 'm' },
	{ "pids", required_argument, NULL, 'p' },
	{ "no-net", no_argument, NULL, 'N' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ "rootless", no_argument, NULL, 'R' },
	{ "hostname", required_argument, NULL, 'H' },
	{ "busybox", required_argument, NULL, 'b' },
	{ "host-address", required_argument, NULL, 'A' },
	{ "address", required_argument, NULL, 'a' },
	{ "uplink", required_argument, NULL, 'u' },
	{ "enter", required_argument, NULL, 'e' },
	{ 0 },
};

#define DEFAULT_NAME "my_container"

/* Set C's name, the value of --OPTION, and the names of the cable's ends. */
static void set_name(struct container *c, const char *option, const char *name)
{
	static char interface[IF_NAMESIZE];
	/* The default has veth-host: veth-my_container is too long for an interface. */
	bool is_default = !strcmp(name, DEFAULT_NAME);

	if (!is_default && (!*name || *name == '-' || strlen(name) > 10 ||
			    name[strspn(name, NAME_LETTERS)]))
		errx(2,
		     "--%s %s: not 1 to 10 letters, digits, _ or - (no - in front)",
		     option, name);
	/* Steps 6 and 7 use the interface veth-host and the table container-nat. */
	if (!strcmp(name, "host") || !strcmp(name, "nat"))
		errx(2, "--%s %s: the lessons use that; choose another", option,
		     name);
	snprintf(interface, sizeof interface, "veth-%s",
		 is_default ? "host" : name);
	c->name = name;
	c->host.name = interface;
	c->far.name = "veth-container";
}

/* Handle the option LETTER with its VALUE. OPTION is its entry in options[], if it was given
 * by a long name. */
static void read_option(struct container *c, int letter,
			const struct option *option, const char *value)
{
	switch (letter) {
	case 'r': c->rootfs = value; break;
	case 'e': read_more(c, option, value); /* fall through - with a NAME */
	case 'n': set_name(c, option->name, value); break;
	case 'N': c->network = false; break;
	case 'v': verbose = '+'; break;
	case 'h': fputs(usage, stdout); exit(0);
	case 'c':
	case 'm':
	case 'p': read_limit(&c->limits, letter, value); break;
	case '?': exit(2);		      /* getopt_long() has said why */
	default: read_more(c, option, value); /* beyond the article */
	}
}

void read_options(struct container *c, int argc, char *argv[])
{
	/* As in the article, the shell gets its PATH from etc/profile. */
	static char *shell[] = { "/bin/sh", "-c",
				 ". /etc/profile && exec /bin/sh", NULL };
	int index = 0;

	c->network = true;
	c->limits = (struct limits){ .cpu_quota = 200000,
				     .memory = 536870912,
				     .no_swap = true,
				     .pids = 1024 };
	set_name(c, "name", DEFAULT_NAME);
	for (int o; (o = getopt_long(argc, argv, "+v", options, &index)) != -1;)
		read_option(c, o, &options[index], optarg);
	c->rootfs = container_dir(c->rootfs); /* of step 2 */
	c->command = argv[optind] ? argv + optind : shell;
	if (!c->hostname)
		c->hostname = c->name;
}
