/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "addresses.h"
#include "lesson.h"
#include "netlink.h"
#include "numbers.h"
#include "veth.h"

#include <getopt.h>

static const char usage[] =
	"Usage: veth [OPTION...] PID       connect this network namespace to that of\n"
	"                                  process PID with a pair of interfaces\n"
	"       veth [OPTION...] --remove  remove the pair\n"
	"  --host-name NAME    the end here              (veth-host)\n"
	"  --host-address A/L  its address and network   (192.168.1.123/24)\n"
	"  --name NAME         the end there             (veth-container)\n"
	"  --address A/L       its address and network   (192.168.1.124/24)\n"
	"  -v, --verbose       print the shell commands that do the same\n";

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
static bool connected;

static void undo(void)
{
	if (!connected)
		veth_remove(host.name);
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

/* The two addresses must be in one network, or the gateway cannot be reached. */
static void check_both(void)
{
	check(&host);
	check(&far);
	if (host.address.s_addr == far.address.s_addr)
		errx(2, "%s: both ends have this address", far.text);
	if (host.length != far.length ||
	    !same_network(host.address, far.address, host.length))
		errx(2, "%s and %s are not in one network", host.text,
		     far.text);
}

static void connect_to(pid_t pid)
{
	int netns = netns_open(pid);
	struct netlink here, there;

	socket_here(&here);
	check_free(&here, &host);
	socket_there(&there, netns);
	say("PID=%d", pid);
	veth_create(&here, host.name, far.name, netns);
	atexit(undo); /* on an error from here on, remove the pair */
	veth_connect(&here, &there, &host, &far);
	connected = true;
}

static int take_away(void)
{
	struct netlink here;

	socket_here(&here);
	check_veth(&here, &host);
	return veth_remove(host.name) ? 1 : 0;
}

int main(int argc, char *argv[])
{
	bool removing = false;
	long pid;

	for (int c; (c = getopt_long(argc, argv, "v", options, NULL)) != -1;)
		switch (c) {
		case 'N': host.name = optarg; break;
		case 'A': host.text = optarg; break;
		case 'n': far.name = optarg; break;
		case 'a': far.text = optarg; break;
		case 'r': removing = true; break;
		case 'v': verbose = '+'; break;
		case 'h': fputs(usage, stdout); return 0;
		default: return 2;
		}
	check_both();
	if (removing && optind < argc)
		errx(2, "--remove takes no PID");
	if (removing)
		return take_away();
	if (optind + 1 != argc)
		errx(2, "exactly one PID is needed");
	if (!parse_number(argv[optind], 1, PID_MAX_LIMIT, &pid))
		errx(2, "%s: not a process id", argv[optind]);
	connect_to((pid_t)pid);
	return 0;
}
