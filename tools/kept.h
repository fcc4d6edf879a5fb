/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the module keeps outside the ring, told as the events that aged out.
 *
 * A ring that wrapped begins in the middle: who is a gateway, which link
 * carries, what has not answered for an hour stood in records that are gone.
 * The tracked entries still know the outline: their last transitions, their
 * outages, since when a route uses them. Pure: entries in, events out.
 */
#ifndef NW_KEPT_H
#define NW_KEPT_H

#include "gateway.h"

/**
 * struct nw_kept - what the entries said
 * @gateway: next hops and named neighbours; @hop.has is 0 without a route
 * @nr_gateways: how many
 * @link: links
 * @nr_links: how many
 *
 * All was read before the ring was.
 */
struct nw_kept {
	const struct nw_gateway *gateway;
	size_t nr_gateways;
	const struct nw_link *link;
	size_t nr_links;
};

/**
 * nw_kept_tell() - tell what was before the ring's oldest record
 * @kept: what the entries said
 * @first: the ring's oldest record
 * @fn: takes the events, all stamped before @first, in order of time
 * @arg: for @fn
 *
 * What was so already comes with cause "initial". The events have number 0:
 * no record can be shown for them. What the entries do not tell is left out.
 *
 * Return: 0 or -ENOMEM.
 */
int nw_kept_tell(const struct nw_kept *kept, const struct nw_event *first,
		 void (*fn)(void *arg, const struct nw_event *ev), void *arg);

/* The outage that lasted at @mono, or NULL. */
const struct nw_outage *nw_kept_outage(const struct nw_neigh *n, __u64 mono);

#endif /* NW_KEPT_H */
