/* SPDX-License-Identifier: GPL-2.0 */
/* From netlink messages to plain structures; the only parser of attributes. */
#ifndef NW_DECODE_H
#define NW_DECODE_H

#include "event.h"
#include "object.h"

struct nlmsghdr;

enum nw_item_kind {
	NW_ITEM_ORIGIN,		/* first, once for each message */
	NW_ITEM_EVENT,
	NW_ITEM_NEIGH,
	NW_ITEM_LINK,
	NW_ITEM_NEXTHOP,
	NW_ITEM_STATS,
};

struct nw_item {
	enum nw_item_kind kind;
	union {
		struct nw_origin origin;
		struct nw_event event;
		struct nw_neigh neigh;
		struct nw_link link;
		struct nw_nexthop nexthop;
		struct nw_stats stats;
	};
};

/**
 * struct nw_decoder - counts over all messages, and room for one item
 * @skipped_attrs: attributes this reader does not know
 * @skipped_types: records of a type this reader does not know
 * @unknown_values: enumeration values this reader does not know
 * @malformed: messages refused
 * @why: of the last refused message, what made no sense and where
 */
struct nw_decoder {
	__u64 skipped_attrs;
	__u64 skipped_types;
	__u64 unknown_values;
	__u64 malformed;
	unsigned int nth;
	char why[160];
	struct nw_origin origin;
	struct nw_item item;
};

/* Takes one item; not 0 ends the message. */
typedef int (*nw_item_fn)(void *arg, const struct nw_item *item);

/**
 * nw_decode() - decode one message of the family
 * @d: counts and room; zeroed by the caller before first use
 * @nlh: a complete message; nothing beyond its length is read
 * @fn: called for the origin, then for each item in it
 * @arg: for @fn
 *
 * A record of an unknown type reaches @fn as %NW_TYPE_UNKNOWN: its number
 * counts for those who look for gaps.
 *
 * Return: 0, what @fn returned, or -EBADMSG with the place in @d->why.
 */
int nw_decode(struct nw_decoder *d, const struct nlmsghdr *nlh, nw_item_fn fn,
	      void *arg);

#endif /* NW_DECODE_H */
