/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_OBSERVE_H
#define _NEIGHWATCH_OBSERVE_H

#include "nud.h"

struct neigh_table;
struct neighbour;
struct net_device;

void nw_observe_neigh(enum nw_hook hook, struct neighbour *n);
void nw_observe_update(struct neighbour *n, const u8 *lladdr, u8 new, u32 flags,
		       u32 portid);
void nw_observe_create(struct neigh_table *tbl, struct net_device *dev,
		       const void *key, const struct neighbour *n);
void nw_observe_probe_once(struct neighbour *n);
bool nw_observe_check(struct nw_neigh *t, bool fresh);

#endif /* _NEIGHWATCH_OBSERVE_H */
