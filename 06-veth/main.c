/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "addresses.h"
#include "lesson.h"
#include "netlink.h"
#include "veth.h"

#include <getopt.h>

static const char usage[] =
	"Usage: veth [OPTION...] PID      join this network namespace to that of\n"
	"                                 process PID by a pair of interfaces\n"
	"       veth [OPTION...] --remove take the pair away again\n"
	"  --host-name NAME    the end here              (veth-host)\n"
	"  --host-address A/L  its address and network   (192.168.1.123/24)\n"
	"  --name NAME         the end there             (veth-container)\n"
	"  --address A/L       its address and network   (192.168.1.124/24)\n"
	"  -v, --verbose       say each shell command that this stands for\n";

static const struct option options[] = {
	{ "host-name", required_argument, NULL, 'N' },
	{ "host-address", required_argument, NULL, 'A' },
	{ "name", required_argument, NULL, 'n' },
	{ "address", required_argument, NULL, 'a' },
	{ "remove", no_argument, NULL, 'r' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

char verbose;
static struct end host = { .name = "veth-host", .text = "192.168.1.123/24" };
static struct end far = { .name = "veth-container",
			  .text = "192.168.1.124/24" };
static const char *pending; /* the interface that an error is to remove */

static void undo(void)
{
	if (pending)
		veth_remove(pending);
}

static void check(struct end *end)
{
	if (!is_interface_name(end->name))
		errx(2, "%s: not an interface name (1 to 15 bytes)", end->name);
	if (!parse_address(end->text, &end->address, &end->length))
		errx(2, "%s: not an address like 192.168.1.123/24", end->text);
	if (end->length < 1 || end->length > 31)
		errx(2, "%s: no room for two ends (1 to 31 bits)", end->text);
}

/* Both ends must be in one network, or the gateway cannot be reached. */
static void check_both(void)
{
	in_addr_t differ;

	check(&host);
	check(&far);
	differ = host.address.s_addr ^ far.address.s_addr;
	if (!differ)
		errx(2, "%s: both ends have it", far.text);
	if (host.length != far.length || differ & netmask(far.length).s_addr)
		errx(2, "%s and %s are not in one network", host.text,
		     far.text);
}

static void connect_to(pid_t pid)
{
	struct netlink there;
	char other[IF_NAMESIZE];
	int netns = netns_open(pid);

	if (interface_exists(host.name))
		errx(1, "%s exists already (veth --host-name %s --remove)",
		     host.name, host.name);
	if (network_taken(host.address, host.length, host.name, other))
		errx(1,
		     "%s: %s is in that network already; choose others with --host-address and --address",
		     host.text, other);
	netns_socket(&there, netns);

	say("PID=%d", pid);
	veth_create(host.name, far.name, netns);
	/* Only now: a pair that stood there before is not ours to remove. */
	pending = host.name;
	atexit(undo);
	veth_connect_host(&host);
	veth_connect_far(&there, &far, host.address);
	/* Last: it is the one thing that does not go with the pair. */
	loopback_up(&there);
	pending = NULL;
}

static int take_away(void)
{
	int error = veth_remove(host.name);

	if (error == -ENODEV)
		warnx("there is no interface %s", host.name);
	return error ? 1 : 0;
}

int main(int argc, char *argv[])
{
	bool off = false;
	long pid;

	for (int c; (c = getopt_long(argc, argv, "v", options, NULL)) != -1;)
		switch (c) {
		case 'N': host.name = optarg; break;
		case 'A': host.text = optarg; break;
		case 'n': far.name = optarg; break;
		case 'a': far.text = optarg; break;
		case 'r': off = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	check_both();
	if (off && optind < argc)
		errx(2, "--remove takes no PID");
	if (off)
		return take_away();
	if (optind + 1 != argc)
		errx(2, "one PID wanted");
	if (!parse_number(argv[optind], 1, PID_MAX_LIMIT, &pid))
		errx(2, "%s: not a process id", argv[optind]);
	connect_to((pid_t)pid);
	return 0;
}
