/* SPDX-License-Identifier: GPL-2.0 */
/* Questions to the module: a socket, a decoder, and one function for each. */
#ifndef NW_CLIENT_H
#define NW_CLIENT_H

#include "decode.h"
#include "filter.h"
#include "nl.h"

/**
 * struct nw_client - asks the module
 * @nl: socket
 * @dec: decoder, with the counts of what it skipped
 * @cookie: of the namespace asked about, 0 for the caller's own
 * @refused: messages of the last question that made no sense
 */
struct nw_client {
	struct nw_nl nl;
	struct nw_decoder dec;
	nw_item_fn fn;
	void *arg;
	__u64 cookie;
	__u64 refused;
};

/* What narrows a question; zero: not narrowed. */
struct nw_ask {
	bool all_netns;
	__u8 family;
	__u8 prefix_len;
	__u32 ifindex;
	__u32 types;
	__u64 cookie;
	__u64 since_seq;
	__u64 since_mono;
	struct nw_addr addr;
};

/* Open and find the family. Return: 0 or a negative errno, here and below. */
int nw_client_open(struct nw_client *c);
void nw_client_close(struct nw_client *c);

/**
 * nw_client_dump() - ask for a list
 * @c: client
 * @cmd: enum nw_cmd
 * @ask: narrows it
 * @fn: takes the items
 * @arg: for @fn
 *
 * A message that makes no sense is said on stderr with its place, counted in
 * @c->refused, and passed over.
 */
int nw_client_dump(struct nw_client *c, __u8 cmd, const struct nw_ask *ask,
		   nw_item_fn fn, void *arg);

/**
 * nw_client_look_into() - ask about another namespace from now on
 * @c: client
 * @netns: its inode number
 *
 * Return: 0, -ENOENT when the module has nothing of it, -EPERM when it does not
 * tell this process of others.
 */
int nw_client_look_into(struct nw_client *c, __u32 netns);

/* Statistics of the namespace asked about. */
int nw_client_stats(struct nw_client *c, struct nw_stats *stats);

/* One neighbour of the namespace asked about, or -ENOENT. */
int nw_client_neigh(struct nw_client *c, const struct nw_ask *ask,
		    struct nw_neigh *n);

/* The part of @f that the kernel can check for records. */
void nw_client_narrow(struct nw_ask *ask, const struct nw_filter *f);

/* What does not fit between this tool and the module, said on stderr. */
void nw_client_compare(const struct nw_client *c, const struct nw_stats *s);

/* Skipped and refused, said on stderr when there was any. */
void nw_client_say_skipped(const struct nw_client *c);

#endif /* NW_CLIENT_H */
