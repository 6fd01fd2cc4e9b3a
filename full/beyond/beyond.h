/* SPDX-License-Identifier: MIT */
#ifndef CHAPTERS_H
#define CHAPTERS_H

/* The chapters, and what they share. On error they exit 1 with one line on stderr. */

#include "../beyond.h"

void become_root(struct container *c);
void note_limits(const struct container *c);
void try_user_namespace(void);

/* Before a user namespace is made: start the process that maps lent ids into it. 0 if
 * there are none. And then: have them mapped; false if they are not. (ranges.c) */
pid_t start_mapper(void);
bool has_mapped(pid_t mapper);
/* Give the container the ids that were mapped; false if there are none. */
bool map_ranges(const struct container *c, pid_t pid);

void find_program(void);
void protect_program(const struct container *c, char *argv[]);
void take_name(const struct container *c);
void check_owner(const struct container *c);
void leave_descriptors(void);
void give_pipes(const struct container *c);
void check_network(const struct container *c);
void choose_addresses(struct container *c);
void forward_each(struct container *c);
void warn_of_firewall(struct netlink *nl, const struct nat *nat);
void make_devices(void);
void read_resolv_conf(const struct container *c);
void make_resolv_conf(void);
void open_terminal(const struct container *c);
void start_relay(const struct container *c);
void end_relay(void);
void confine(void);

/* Keep other containers from changing the network until unlock_network(). If a signal
 * tells us to end while it waits: exit; or, at the end, return false. (lock.c) */
void lock_network(void);
bool lock_for_undoing(void);
void unlock_network(void);

/* Which user of the host is id 0 here? (beyond.c) */
unsigned user_outside(void);

#endif
