/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Where each chapter has its place. Without a chapter's file, and the lines here that
 * name it, the container lacks what that chapter is about, and nothing else. (The "(void)"
 * are for when a chapter is taken out.)
 */
#include "chapters.h"
#include "../../04-userns/userns.h"
#include "../../06-veth/netlink.h"
#include "../lesson.h"

const char *uplink;

void read_more(struct container *c, const struct option *option,
	       const char *value)
{
	(void)c, (void)option, (void)value;
	take_option(c, option, value); /* options.c */
}

void look_first(struct container *c, char *argv[])
{
	(void)c, (void)argv;
	look_around(c);		  /* why.c */
	enter_running(c, argv);	  /* enter.c: with --enter it does not return */
	check_options(c);	  /* options.c */
	check_descriptors();	  /* descriptors.c */
	check_owner(c);		  /* owner.c */
	find_program();		  /* program.c: before we leave its mount */
	become_root(c);		  /* rootless.c */
	protect_program(c, argv); /* program.c: may exec itself anew */
	avoid_lent_ids(c);	  /* lent.c */
	take_name(c);		  /* name.c */
	note_limits(c);		  /* rootless.c */
	read_names(c);		  /* names.c */
	check_network(c);	  /* addresses.c */
	keep_files(c);		  /* files.c */
	give_pipes(c);		  /* descriptors.c */
}

void map_ids(struct container *c)
{
	watch_launcher(c);  /* outlive.c */
	if (!map_ranges(c)) /* ranges.c */
		userns_map_root(c->pid, c->uid, c->gid);
}

void refuse_mounts(const char *rootfs)
{
	name_mounts(rootfs); /* mounted.c */
	errx(1, "something is mounted in %s", rootfs);
}

void make_dev(void)
{
	make_devices(); /* dev.c */
}

void finish_inside(const struct container *c)
{
	(void)c;
	make_names(c);	    /* names.c */
	open_terminal(c);   /* terminal.c */
	limit_counts();	    /* counted.c */
	look_at_command(c); /* command.c */
	confine(); /* confine.c: nothing of the above is allowed after it */
}

void choose_network(struct container *c)
{
	(void)c;
	lock_network();	     /* lock.c */
	choose_addresses(c); /* addresses.c */
}

void prepare_cable(const struct container *c, int netns)
{
	(void)c, (void)netns;
	set_hardware_address(c); /* cable.c */
	close_ipv6(c, netns);	 /* ipv6.c */
}

void let_out(struct container *c)
{
	(void)c;
	warn_of_no_route();	/* route.c */
	warn_of_no_way_back(c); /* route.c */
	forward_each(c);	/* forward.c */
	make_rules(c);		/* rules.c */
	wait_for_cable(c);	/* cable.c */
	probe_firewall(c);	/* probe.c */
	unlock_network();	/* lock.c */
}

void serve_terminal(struct container *c)
{
	(void)c;
	watch_memory(c); /* memory.c */
	start_relay(c);	 /* terminal.c */
}

struct netlink *host_socket(int protocol)
{
	static struct netlink route, nft;
	struct netlink *nl = protocol == NETLINK_ROUTE ? &route : &nft;

	if (!nl->fd && nl_open(nl, protocol))
		errx(1, "netlink socket: %s", nl->error);
	return nl;
}

unsigned root_outside(pid_t pid, const char *map_file)
{
	unsigned inside, outside = 0;
	char path[64] = "/proc/self/";
	FILE *map;

	if (pid)
		snprintf(path, sizeof path, "/proc/%d/", pid);
	map = fopen(strcat(path, map_file), "re");
	if (!map)
		err(1, "%s", path);
	/* Nothing is in it if the user namespace has no map. */
	if (fscanf(map, "%u %u", &inside, &outside) != 2 && ferror(map))
		err(1, "%s", path);
	fclose(map);
	return outside;
}

unsigned user_outside(void)
{
	return root_outside(0, "uid_map");
}

FILE *open_if_there(const char *path)
{
	FILE *file = fopen(path, "re");

	if (!file && errno != ENOENT && errno != EACCES)
		err(1, "%s", path);
	return file;
}
