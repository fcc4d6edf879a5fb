/* SPDX-License-Identifier: GPL-2.0 */
/* Tracked neighbours and links as text; for show and for the status screen. */
#ifndef NW_OUT_OBJECT_H
#define NW_OUT_OBJECT_H

#include "out.h"

/* The time of @mono, with the day unless it is today. */
void nw_out_stamp(const struct nw_out *out, char *buf, size_t size,
		  __u64 mono);
/* How long ago, to the command's start. */
void nw_out_age(const struct nw_out *out, char *buf, size_t size,
		__u64 mono);

/* Columns of a table's line: the namespace, where that is told; how long. */
void nw_out_netns(struct nw_out *out, const struct nw_origin *origin);
void nw_out_since(struct nw_out *out, bool known, __u64 since);
/* A line of the table of neighbours. */
void nw_out_neigh_row(struct nw_out *out, const struct nw_neigh *n);

/* "09:14:03.512 - 09:15:10.123 (67.611 s), 3 rounds: STALE ... FAILED" */
void nw_out_outage(struct nw_out *out, const struct nw_outage *outage);
/* Headings and lines of the kept transitions, newest last. */
void nw_out_steps(struct nw_out *out, const struct nw_step *step, __u32 nr,
		  bool carrier);
void nw_out_outages(struct nw_out *out, const struct nw_outage *outage,
		    __u32 nr);

/* Does it last? */
bool nw_outage_open(const struct nw_outage *outage);
/* A gateway or link that carries nothing now, though it should. */
bool nw_link_is_down(const struct nw_link *l);

#endif /* NW_OUT_OBJECT_H */
