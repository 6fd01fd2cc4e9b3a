/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* The command line of the whole container. */
#include "addresses.h"
#include "container.h"
#include "lesson.h"

#include <getopt.h>

static const char usage[] =
	"Usage: container [OPTION...] [--] [COMMAND [ARG...]]\n"
	"Run COMMAND (a shell) as process 1 of a container; undo all when it ends.\n"
	"\n"
	"  --rootfs DIR        its files; made if missing     (~/container)\n"
	"  --name NAME         at most 10: a-z A-Z 0-9 _ -  (my_container)\n"
	"  --cpus N            CPU time, in CPUs: 2, 0.5      (2)\n"
	"  --memory SIZE       memory: 512M, 1G; no swap      (512M)\n"
	"  -v, --verbose       print the shell commands that do the same\n"
	"\n"
	"  --pids N            processes and threads          (1024)\n"
	"  --hostname NAME     (the container's name)\n"
	"  --no-net            no network but its own lo\n"
	"  --rootless          without root: no network and no limits\n"
	"  --host-address A/L  address of the host's end      (192.168.1.123/24)\n"
	"  --address A/L       address of the container       (192.168.1.124/24)\n"
	"  --uplink INTERFACE  the way out                    (the default route's)\n"
	"  --busybox FILE      the busybox for a new rootfs   (the first static one)\n";

static const struct option options[] = {
	{ "rootfs", required_argument, NULL, 'r' },
	{ "name", required_argument, NULL, 'n' },
	{ "cpus", required_argument, NULL, 'c' },
	{ "memory", required_argument, NULL, 'm' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "pids", required_argument, NULL, 'p' },
	{ "hostname", required_argument, NULL, 'H' },
	{ "no-net", no_argument, NULL, 'N' },
	{ "rootless", no_argument, NULL, 'R' },
	{ "host-address", required_argument, NULL, 'A' },
	{ "address", required_argument, NULL, 'a' },
	{ "uplink", required_argument, NULL, 'u' },
	{ "busybox", required_argument, NULL, 'b' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

#define ARTICLES_NAME "my_container"

/* 1 to MAX letters, digits, _ and -, or one of MORE; no leading -, as an option has. */
static bool is_name(const char *text, size_t max, const char *more)
{
	if (!*text || *text == '-' || strlen(text) > max)
		return false;
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && *text != '_' &&
		    *text != '-' && !strchr(more, *text))
			return false;
	return true;
}

static void check_options(const struct container *c)
{
	/* The article's own is too long for an interface, veth-NAME. */
	if (strcmp(c->name, ARTICLES_NAME) && !is_name(c->name, 10, ""))
		errx(2, "--name %s: not 1 to 10 letters, digits, _ or -",
		     c->name);
	/* Else it would have my_container's veth-host, or step 7's container-nat. */
	if (!strcmp(c->name, "host") || !strcmp(c->name, "nat"))
		errx(2, "--name %s: the lessons use that; choose another",
		     c->name);
	if (!is_name(c->hostname, 64, "."))
		errx(2, "--hostname %s: not 1 to 64 letters, digits, _ - or .",
		     c->hostname);
	if (c->uplink && !is_interface_name(c->uplink))
		errx(2, "--uplink %s: not an interface name", c->uplink);
	if ((c->rootless || !c->network) &&
	    (c->uplink || c->host.text || c->far.text))
		errx(2, "%s: %s makes no sense without a network",
		     c->rootless ? "--rootless" : "--no-net",
		     c->uplink ? "--uplink" : "--address");
}

static void parse_end(const char *option, struct end *end)
{
	if (!parse_address(end->text, &end->address, &end->length))
		errx(2, "%s %s: not an address like 192.168.1.123/24", option,
		     end->text);
	if (end->length < 1 || end->length > 31)
		errx(2, "%s %s: no room for two ends (1 to 31 bits)", option,
		     end->text);
}

void set_addresses(struct container *c, const char *host, const char *far)
{
	in_addr_t difference;

	if (!host || !far)
		errx(2, "--host-address and --address go together");
	c->host.text = host;
	c->far.text = far;
	parse_end("--host-address", &c->host);
	parse_end("--address", &c->far);
	difference = c->host.address.s_addr ^ c->far.address.s_addr;
	if (!difference)
		errx(2, "--address %s: both ends have it", far);
	if (c->host.length != c->far.length ||
	    difference & netmask(c->far.length).s_addr)
		errx(2, "%s and %s are not in one network", host, far);
}

/* Set the rootfs to DIR with MORE appended. */
static void set_rootfs(struct container *c, const char *dir, const char *more)
{
	int n = snprintf(c->rootfs, PATH_MAX, "%s%s", dir, more);

	if (!*dir || n >= PATH_MAX)
		errx(2, "--rootfs %s: not a path", dir);
}

/* One option, as getopt gives it, and its VALUE. */
static void read_option(struct container *c, int option, const char *value)
{
	switch (option) {
	case 'r': set_rootfs(c, value, ""); break;
	case 'n': c->name = value; break;
	case 'v': verbose = '+'; break;
	case 'H': c->hostname = value; break;
	case 'N': c->network = false; break;
	case 'R': c->rootless = true; break;
	case 'A': c->host.text = value; break;
	case 'a': c->far.text = value; break;
	case 'u': c->uplink = value; break;
	case 'b': c->busybox = value; break;
	case 'h': fputs(usage, stdout); exit(0);
	case 'c':
		if (parse_cpus(value, &c->limits.cpu_quota))
			break;
		errx(2, "--cpus %s: not a number from 0.01 to 8192", value);
	case 'm':
		if (parse_size(value, &c->limits.memory))
			break;
		errx(2, "--memory %s: not a size like 512M, of 4K or more",
		     value);
	case 'p':
		if (parse_number(value, 1, PID_MAX_LIMIT, &c->limits.pids))
			break;
		errx(2, "--pids %s: not a number from 1 to %d", value,
		     PID_MAX_LIMIT);
	default: exit(2);
	}
}

void read_options(struct container *c, int argc, char *argv[])
{
	/* The article's last line: the shell reads etc/profile for its PATH. */
	static char *shell[] = { "/bin/sh", "-c",
				 ". /etc/profile && exec /bin/sh", NULL };
	static char near_end[IF_NAMESIZE] = "veth-host";
	const char *home = getenv("HOME");

	c->name = ARTICLES_NAME;
	c->network = true;
	c->limits = (struct limits){ .cpu_quota = 200000,
				     .memory = 536870912,
				     .no_swap = true,
				     .pids = 1024 };
	for (int o; (o = getopt_long(argc, argv, "+v", options, NULL)) != -1;)
		read_option(c, o, optarg);
	c->command = argv[optind] ? argv + optind : shell;
	if (!c->hostname)
		c->hostname = c->name;
	if (!*c->rootfs && home && *home)
		set_rootfs(c, home, "/container");
	if (!*c->rootfs)
		errx(2, "--rootfs DIR wanted: there is no $HOME");
	check_options(c);
	if (c->host.text || c->far.text)
		set_addresses(c, c->host.text, c->far.text);
	if (strcmp(c->name, ARTICLES_NAME))
		snprintf(near_end, sizeof near_end, "veth-%s", c->name);
	c->host.name = near_end;
	c->far.name = "veth-container";
	c->network = c->network && !c->rootless;
}
