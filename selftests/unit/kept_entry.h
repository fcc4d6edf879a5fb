/* SPDX-License-Identifier: GPL-2.0 */
/* Tracked entries for tests: a gateway 10.9.0.62 on eth0, and its link. */
#ifndef NW_UNIT_KEPT_ENTRY_H
#define NW_UNIT_KEPT_ENTRY_H

#include "gateway.h"

#define ENTRY_ADDR	{ 4, { 10, 9, 0, 62 } }

/* A default route uses it since @since; 0: since before the module. */
void entry_hop(struct nw_gateway *gw, __u64 since);
void entry_neigh(struct nw_gateway *gw, __u8 state, __u64 since);
void entry_step(struct nw_gateway *gw, __u64 mono, __u8 old, __u8 new,
		__u8 cause);
/* Zero: it did not fail, it lasts. */
void entry_outage(struct nw_gateway *gw, __u64 begin, __u64 failed, __u64 end,
		  __u32 rounds);
void entry_proof(struct nw_gateway *gw, __u64 mono);

void entry_link(struct nw_link *l, __u8 carrier, __u64 since);
void entry_edge(struct nw_link *l, __u64 mono, __u8 new, __u8 cause);

#endif /* NW_UNIT_KEPT_ENTRY_H */
