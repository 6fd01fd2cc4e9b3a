/* SPDX-License-Identifier: MIT */
#ifndef CHAPTERS_H
#define CHAPTERS_H

/* The chapters, and what they share. On error they exit 1 with one line on stderr. */

#include "../beyond.h"

void become_root(struct container *c);
void try_user_namespace(void);
void protect_program(const struct container *c, char *argv[]);
void take_name(const struct container *c);
void check_owner(const struct container *c);
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

/* Keep other containers from changing the network until unlock_network(). (lock.c) */
void lock_network(void);
void unlock_network(void);

/* Which user of the host is id 0 here? (beyond.c) */
unsigned user_outside(void);

#endif
