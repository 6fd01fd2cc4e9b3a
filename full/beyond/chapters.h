/* SPDX-License-Identifier: MIT */
#ifndef CHAPTERS_H
#define CHAPTERS_H

/* The chapters, in the order in which beyond.c calls them, and what they share. On error
 * they exit 1 with one line on stderr. */

#include "../beyond.h"

#include <stdio.h>
#include <stdlib.h>

/* For read_more(). */
void take_option(struct container *c, const struct option *option,
		 const char *value);

/* --enter was given. (enter.c) */
void want_to_enter(void);

/* For look_first(); beyond.c says which file has which. */
void look_around(const struct container *c);
void enter_running(struct container *c, char *argv[]);
void check_options(const struct container *c);
void check_descriptors(void);
void check_owner(const struct container *c);
void find_program(void);
void become_root(struct container *c);
void protect_program(const struct container *c, char *argv[]);
void avoid_lent_ids(struct container *c);
void take_name(const struct container *c);
void note_limits(const struct container *c);
void read_names(const struct container *c);
void check_network(struct container *c);
void keep_files(struct container *c);
void give_pipes(struct container *c);

/* For map_ids(): kill C->pid when the launcher has ended, even by SIGKILL. */
void watch_launcher(struct container *c);
/* And map the lent ids that rootless.c has mapped for us; false if it has mapped none. */
bool map_ranges(const struct container *c);

/* For refuse_mounts(). */
void name_mounts(const char *rootfs);

/* For make_dev() and finish_inside(). */
void make_devices(void);
void make_names(const struct container *c);
void open_terminal(const struct container *c);
void limit_counts(void);
void look_at_command(const struct container *c);
void confine(void);

/* For the network, and the terminal. */
void choose_addresses(struct container *c);
void set_hardware_address(const struct container *c);
void close_ipv6(const struct container *c, int netns);
void warn_of_no_route(void);
void warn_of_no_way_back(const struct container *c);
void forward_each(struct container *c);
void make_rules(struct container *c);
void wait_for_cable(const struct container *c);
void probe_firewall(const struct container *c);
void watch_memory(struct container *c);
void start_relay(struct container *c);

/*
 * For err.c: what is behind an error, or NULL. STATUS is that of err(3); from 126 on
 * COMMAND could not be run.
 */

/* LINE is the line that is to be printed. (why.c) */
const char *cause(int status, const char *line);

/* NAME could not be run, for ERROR, an errno. (command.c) */
const char *what_is_missing(int status, const char *name, int error);

/*
 * For rootless.c.
 */

/* Exit, with the reason, if this user may not make a user namespace. (allowed.c) */
void try_user_namespace(void);

/* Before a user namespace is made: start the process that maps lent ids into it. Returns
 * its pid, or 0 if no ids are lent. (ranges.c) */
pid_t start_mapper(void);

/* After it is made: have MAPPER map them. False if they are not mapped. (ranges.c) */
bool has_mapped(pid_t mapper);

/*
 * For enter.c.
 */

/* Return a descriptor of process 1 of the container C, which runs. Its pid goes to C->pid,
 * and that of its launcher to LAUNCHER. (find.c) pidfd_open(2) */
int find_container(struct container *c, pid_t *launcher);

/* Without root: join the cgroup of C->pid, if we may. (scope.c) */
void join_scope(const struct container *c);

/* Does the process PID hold the name of C, for the user that we are? (name.c) */
bool holds_name(const struct container *c, pid_t pid);

/*
 * For the network.
 */

/* The launcher's socket in the host's network for PROTOCOL, which is NETLINK_ROUTE or
 * NETLINK_NETFILTER. It stays open, because closing the latter after a table has been removed
 * takes up to 20 ms. Exits 1 on error. (beyond.c) netlink(7) */
struct netlink *host_socket(int protocol);

/* --uplink: the only interface that lets packets out; NULL: any. (beyond.c) */
extern const char *uplink;

/* A route, as the kernel would choose it for a packet. (route.c) */
struct route {
	unsigned interface; /* its index; 0 if packets are refused */
	unsigned char
		length; /* bits of the network that it leads to, 0 to 32 */
};

/* The route to ADDRESS. 0; or -errno if there is none (-ENETUNREACH), or one that
 * refuses. Exits 1 on other errors. rtnetlink(7), RTM_GETROUTE. */
int route_to(struct in_addr address, struct route *route);

/* Is ADDRESS in the network of END, which has 1 to 31 bits? */
static inline bool is_in(struct in_addr address, const struct end *end)
{
	return !(ntohl(address.s_addr ^ end->address.s_addr) >>
		 (32 - end->length));
}

/* One of the host's name servers that is in the network of END goes to SERVER; false if
 * there is none. (names.c) */
bool find_server(const struct end *end, struct in_addr *server);

/* If USE is "": is a name server of the host, or the other end of one of its connections,
 * in the network of END? Then say so in USE, which has SIZE bytes. (peers.c) */
void name_peer(const struct end *end, char *use, size_t size);

/* What a command that we print begins with: "sudo " for a user who called us by it, or "". */
static inline const char *sudo(void)
{
	return getenv("SUDO_UID") ? "sudo " : "";
}

/* C gets no packets through: name the firewalls that may be the cause, and how each lets
 * them through. (firewall.c) */
void name_firewalls(const struct container *c);

/*
 * For all.
 */

/* Keep other containers from changing the network until unlock_network(). If a signal
 * tells us to end while it waits, lock_network() exits and lock_for_undoing() returns
 * false. (lock.c) */
void lock_network(void);
bool lock_for_undoing(void);
void unlock_network(void);

/* Which user of the host is id 0 here? (beyond.c) */
unsigned user_outside(void);

/* Open the file PATH, to be read. NULL if there is none, or if it may not be read; on any
 * other error, such as EMFILE, exits with 1: else "not in the list" would be a guess.
 * (beyond.c) */
FILE *open_if_there(const char *path);

/* Which user or group is id 0 for the process PID (0: this one)? MAP_FILE is "uid_map" or
 * "gid_map". (beyond.c) */
unsigned root_outside(pid_t pid, const char *map_file);

#endif
