/* SPDX-License-Identifier: MIT */
#ifndef EXPRESSIONS_H
#define EXPRESSIONS_H

#include "nat.h"

#include <stdint.h>

/*
 * Each appends to the list of expressions that is open in NL. They exit 1 if the
 * message grows too long, and cannot fail otherwise. Beside each: how nft(8) writes
 * it; "nft --debug=netlink" shows its expressions.
 */

#define SOURCE	    12 /* where an IPv4 header has the source address */
#define DESTINATION 16

/* ip saddr 192.168.1.0/24, or ip daddr: the address at OFFSET in the header is in
 * NAT's network. */
void match_address(struct netlink *nl, const struct nat *nat, uint32_t offset);

/* oifname "eth0": the packet is to leave by UPLINK. */
void match_uplink(struct netlink *nl, const char *uplink);

/* ct state established,related: the packet answers one that went out before. */
void match_answer(struct netlink *nl);

/* masquerade: from now on this connection has the address of the interface that it
 * leaves by. */
void masquerade(struct netlink *nl);

/* accept: the packet may go on. */
void accept_packet(struct netlink *nl);

/* Append an attribute with NUMBER in network byte order: nftables wants them all
 * so, but answers one that is not with no more than "Operation not supported". */
void put_be32(struct netlink *nl, int type, uint32_t number);

#endif
