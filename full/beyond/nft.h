/* SPDX-License-Identifier: MIT */
#ifndef NFT_H
#define NFT_H

/*
 * nft.h - tables of nftables of any family, for the chapters that need more than step 7
 * has. What stands in 07-nat/nftables.h is explained there.
 */

#include "../../07-nat/nftables.h"

/* A chain that the kernel runs at a hook. */
struct chain {
	int family; /* NFPROTO_IPV4 or NFPROTO_NETDEV */
	const char *table, *type;
	const char *name;   /* nft(8)'s word for the hook: "postrouting" */
	uint32_t hook;	    /* NF_INET_POST_ROUTING and the like */
	int32_t priority;   /* at a hook the lowest one is first */
	uint32_t policy;    /* for what no rule decides: NF_ACCEPT or NF_DROP */
	const char *device; /* with NFPROTO_NETDEV: the interface */
};

/* Start a message about FAMILY; VERB is NFT_MSG_NEWTABLE and the like. */
void nft_message(struct netlink *nl, int family, int verb, int flags);

/* Make the table TABLE, which goes when NL is closed, however this process ends. -v does
 * not print that flag: nft(8) would remove the table at its end. */
void table_add(struct netlink *nl, int family, const char *table);
/* Delete the table TABLE. */
void table_delete(struct netlink *nl, int family, const char *table);

/* Make CHAIN; say nft(8)'s command for it. */
void chain_add(struct netlink *nl, const struct chain *chain);

/* A rule at the end of CHAIN: begin it, append its parts, and end it. FORMAT, as in
 * printf(3), is the whole rule as nft(8) has it, for say(). */
__attribute__((format(printf, 3, 4))) void rule_begin(struct netlink *nl,
						      const struct chain *chain,
						      const char *format, ...);
void rule_end(struct netlink *nl);

/* A part: go on only if what the NFT_META_* KEY of the packet means is the SIZE bytes at
 * VALUE (OP is NFT_CMP_EQ) or is not (NFT_CMP_NEQ). */
void match_meta(struct netlink *nl, uint32_t key, uint32_t op,
		const void *value, size_t size);

/* The same for an interface's name; KEY is NFT_META_IIFNAME or NFT_META_OIFNAME. */
void match_interface(struct netlink *nl, uint32_t key, uint32_t op,
		     const char *name);

/* A part: go on only if the IPv4 header has ADDRESS, or the first SIZE bytes of it, at OFFSET,
 * which is SOURCE or DESTINATION. */
void match_ip(struct netlink *nl, uint32_t offset, struct in_addr address,
	      size_t size);

/* Parts: count the packet; drop it. */
void count_packet(struct netlink *nl);
void drop_packet(struct netlink *nl);

/* The attribute of TYPE in NEST, whose value is attributes; or NULL. NEST may be NULL. */
struct nlattr *attribute_in(struct nlattr *nest, int type);

/* The number in ATTR, which is in network byte order; or OTHERWISE if there is none. */
uint32_t number_in(const struct nlattr *attr, uint32_t otherwise);

/* A function that each_part() calls, with the name of a part and its attributes. */
typedef void look_at_part(const char *name, struct nlattr *part, void *data);

/* Call LOOK with DATA for each part of RULE, a message of type NFT_MSG_NEWRULE. */
void each_part(struct nlmsghdr *rule, look_at_part *look, void *data);

#endif
