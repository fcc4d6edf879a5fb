/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How often something was lost since a time: by the records that are kept, and
 * before the oldest of them by what the entry itself kept. Pure.
 */
#ifndef NW_TALLY_H
#define NW_TALLY_H

#include "event.h"
#include "object.h"

/**
 * struct nw_tally - losses of one neighbour or link
 * @from: losses before this do not count
 * @nr: how many were counted
 * @lost: it is lost now
 * @partial: there may have been more
 */
struct nw_tally {
	__u64 from;
	__u32 nr;
	bool lost;
	bool partial;
};

/**
 * nw_tally_neigh() - begin to count outages
 * @t: set
 * @n: the neighbour; @n->has may be 0
 * @from: count those that began then or later
 * @oldest: stamp of the oldest record, 0 when none aged out
 */
void nw_tally_neigh(struct nw_tally *t, const struct nw_neigh *n, __u64 from,
		    __u64 oldest);
/* Its next record. What an administrator did is no loss. */
void nw_tally_change(struct nw_tally *t, const struct nw_event *ev);

/* The same of carrier losses that the driver made. */
void nw_tally_link(struct nw_tally *t, const struct nw_link *l, __u64 from,
		   __u64 oldest);
void nw_tally_carrier(struct nw_tally *t, const struct nw_event *ev);

#endif /* NW_TALLY_H */
