/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Options that the article's container does not need.
 *
 * Without them there is one container to a machine, with the article's addresses.
 */
#include "../addresses.h"
#include "../lesson.h"
#include "../numbers.h"
#include "chapters.h"

/* The file PATH, whatever the working directory will be. */
static const char *absolute(const char *path)
{
	const char *dir = get_current_dir_name();
	char *whole;

	if (*path == '/')
		return path;
	if (!dir || asprintf(&whole, "%s/%s", dir, path) < 0)
		err(1, "%s", path);
	return whole; /* freed when the program ends */
}

static const char *hostname(const char *name)
{
	if (!*name || *name == '-' || strlen(name) > 64 ||
	    name[strspn(name, NAME_LETTERS ".")])
		errx(2, "--hostname %s: not 1 to 64 letters, digits, _ - or .",
		     name);
	return name;
}

static const char *interface(const char *name)
{
	if (!is_interface_name(name))
		errx(2, "--uplink %s: not an interface name", name);
	return name;
}

void take_option(struct container *c, const struct option *option,
		 const char *value)
{
	switch (option->val) {
	case 'R': c->rootless = true; break;
	case 'H': c->hostname = hostname(value); break;
	case 'b': c->busybox = absolute(value); break;
	case 'A': c->host.text = value; break;
	case 'a': c->far.text = value; break;
	case 'u': uplink = interface(value); break;
	case 'e': want_to_enter(); break; /* enter.c */
	}
	c->network = c->network && !c->rootless;
}

void check_options(const struct container *c)
{
	if (!c->network && (uplink || c->host.text || c->far.text))
		errx(2, "%s: %s makes no sense without a network",
		     c->rootless ? "--rootless" : "--no-net",
		     uplink ? "--uplink" : "--address");
}
