/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The command line of the whole container. */
#include "addresses.h"
#include "args.h"
#include "container.h"
#include "lesson.h"

#include <getopt.h>

static const char usage[] =
	"Usage: container [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND (a shell) as process 1 of a container; undo all when it ends.\n"
	"\n"
	"  --rootfs DIR        its files; made if missing     (~/container)\n"
	"  --name NAME         of the container, 1 to 10 of a-z A-Z 0-9 _ -\n"
	"                                                     (my_container)\n"
	"  --cpus N            CPU time, in CPUs: 2, 0.5      (2)\n"
	"  --memory SIZE       memory: 512M, 1G; no swap      (512M)\n"
	"  -v, --verbose       say each shell command that this stands for\n"
	"\n"
	"  --pids N            processes and threads          (1024)\n"
	"  --hostname NAME     (the container's name)\n"
	"  --no-net            no network but its own lo\n"
	"  --rootless          without root: no network, and limits only in a\n"
	"                      cgroup that is yours\n"
	"  --host-address A/L  address of the host's end      (192.168.1.123/24)\n"
	"  --address A/L       address of the container       (192.168.1.124/24)\n"
	"  --uplink INTERFACE  the way out                    (the default route's)\n"
	"  --check             say whether it would start, and what is in the way\n"
	"  --busybox FILE      the busybox for a new rootfs   (the first static one)\n";

static const struct option options[] = {
	{ "name", required_argument, NULL, 'n' },
	{ "rootfs", required_argument, NULL, 'r' },
	{ "busybox", required_argument, NULL, 'b' },
	{ "hostname", required_argument, NULL, 'H' },
	{ "cpus", required_argument, NULL, 'c' },
	{ "memory", required_argument, NULL, 'm' },
	{ "pids", required_argument, NULL, 'p' },
	{ "host-address", required_argument, NULL, 'A' },
	{ "address", required_argument, NULL, 'a' },
	{ "uplink", required_argument, NULL, 'u' },
	{ "check", no_argument, NULL, 'C' },
	{ "no-net", no_argument, NULL, 'N' },
	{ "rootless", no_argument, NULL, 'R' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

#define ARTICLES_NAME "my_container"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* 1 to MAX letters, digits and some of MORE. One that begins with - would be taken for
 * an option. */
static bool is_name(const char *text, size_t max, const char *more)
{
	char good[80];

	snprintf(good, sizeof good, LETTERS "%s", more);
	return *text && *text != '-' && strlen(text) <= max &&
	       !text[strspn(text, good)];
}

static void check_names(const struct container *c)
{
	/* The article's own is longer than the name of an interface has room. */
	if (strcmp(c->name, ARTICLES_NAME) && !is_name(c->name, 10, "_-"))
		errx(2, "--name %s: not 1 to 10 letters, digits, _ or -",
		     c->name);
	if (!is_name(c->hostname, 64, "_-."))
		errx(2, "--hostname %s: not 1 to 64 letters, digits, _ - or .",
		     c->hostname);
	if (c->uplink && !is_interface_name(c->uplink))
		errx(2, "--uplink %s: not an interface name", c->uplink);
}

static void check_end(const char *option, struct end *end)
{
	if (!parse_address(end->text, &end->address, &end->length))
		errx(2, "%s %s: not an address like 192.168.1.123/24", option,
		     end->text);
	if (end->length < 1 || end->length > 31)
		errx(2, "%s %s: no room for two ends (1 to 31 bits)", option,
		     end->text);
}

static void check_addresses(struct container *c)
{
	in_addr_t differ;

	c->addresses_given = c->host.text || c->far.text;
	if (!c->host.text != !c->far.text)
		errx(2, "--host-address and --address go together");
	if (!c->addresses_given) {
		c->host.text = "192.168.1.123/24";
		c->far.text = "192.168.1.124/24";
	}
	check_end("--host-address", &c->host);
	check_end("--address", &c->far);
	differ = c->host.address.s_addr ^ c->far.address.s_addr;
	if (!differ)
		errx(2, "--address %s: both ends have it", c->far.text);
	if (c->host.length != c->far.length ||
	    differ & netmask(c->far.length).s_addr)
		errx(2, "%s and %s are not in one network", c->host.text,
		     c->far.text);
}

static void check_rootless(struct container *c)
{
	if (c->rootless && (c->addresses_given || c->uplink))
		errx(2, "--rootless: %s makes no sense without a network",
		     c->uplink ? "--uplink" : "--address");
	if (c->rootless)
		c->network = false;
}

/* One option, C as getopt gives it, and its VALUE. */
static void read_option(struct container *c, int option, char *value)
{
	switch (option) {
	case 'n': c->name = value; break;
	case 'b': c->busybox = value; break;
	case 'H': c->hostname = value; break;
	case 'A': c->host.text = value; break;
	case 'a': c->far.text = value; break;
	case 'u': c->uplink = value; break;
	case 'N': c->network = false; break;
	case 'R': c->rootless = true; break;
	case 'C': c->check = true; break;
	case 'v': verbose = '+'; break;
	case 'c':
		if (!parse_cpus(value, &c->asked.cpu_quota))
			errx(2, "--cpus %s: not a number from 0.01 to 8192",
			     value);
		break;
	case 'm':
		if (!parse_size(value, &c->asked.memory))
			errx(2,
			     "--memory %s: not a size like 512M, of 4K or more",
			     value);
		break;
	case 'p':
		if (!parse_number(value, 1, PID_MAX_LIMIT, &c->asked.pids))
			errx(2, "--pids %s: not a number from 1 to %d", value,
			     PID_MAX_LIMIT);
		break;
	case 'h': fputs(usage, stdout); exit(0);
	default: exit(2);
	}
}

/* The limits that were ASKED for; the others are the article's, and two more. */
static void set_limits(struct limits *limits, const struct limits *asked)
{
	limits->cpu_quota = asked->cpu_quota ? asked->cpu_quota : 200000;
	limits->memory = asked->memory ? asked->memory : 536870912;
	limits->pids = asked->pids ? asked->pids : 1024;
	limits->no_swap = true;
}

/* The rootfs that was GIVEN, or the article's ~/container. */
static void set_rootfs(struct container *c, const char *given)
{
	const char *home = getenv("HOME");
	int n = 0;

	if (given)
		n = snprintf(c->rootfs, PATH_MAX, "%s", given);
	else if (home && *home)
		n = snprintf(c->rootfs, PATH_MAX, "%s/container", home);
	if (n <= 0 || n >= PATH_MAX)
		errx(2, "--rootfs DIR wanted: there is no $HOME");
}

/* Fill in what was not given. */
static void set_defaults(struct container *c, const char *rootfs)
{
	/* The article's last line: the shell reads etc/profile for its PATH. */
	static char *shell[] = { "/bin/sh", "-c",
				 ". /etc/profile && exec /bin/sh", NULL };
	static char host_name[IF_NAMESIZE];

	if (!*c->command)
		c->command = shell;
	if (!c->hostname)
		c->hostname = c->name;
	set_limits(&c->limits, &c->asked);
	if (strcmp(c->name, ARTICLES_NAME))
		snprintf(host_name, sizeof host_name, "veth-%s", c->name);
	else
		strcpy(host_name, "veth-host");
	c->host.name = host_name;
	c->far.name = "veth-container";
	set_rootfs(c, rootfs);
}

void read_options(struct container *c, int argc, char *argv[])
{
	const char *rootfs = NULL;

	c->name = ARTICLES_NAME;
	c->network = true;
	c->ids = 1;
	for (int o; (o = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		if (o == 'r')
			rootfs = optarg;
		else
			read_option(c, o, optarg);
	c->command = argv + optind;
	set_defaults(c, rootfs);
	check_names(c);
	check_addresses(c);
	check_rootless(c);
}
