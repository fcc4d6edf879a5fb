/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_OBSERVE_H
#define _NEIGHWATCH_OBSERVE_H

#include "nud.h"

struct neigh_table;
struct neighbour;
struct net_device;

/**
 * struct nw_request - what neigh_update() was asked for
 * @lladdr: link-layer address offered, NULL when none
 * @new: NUD_*
 * @flags: NEIGH_UPDATE_F_*
 * @portid: netlink port id, 0 when none
 */
struct nw_request {
	const u8 *lladdr;
	u8 new;
	u32 flags;
	u32 portid;
};

void nw_observe_neigh(enum nw_hook hook, struct neighbour *n,
		      const struct nw_request *req);
void nw_observe_create(struct neigh_table *tbl, struct net_device *dev,
		       const void *key, const struct neighbour *n);
void nw_observe_probe_once(struct neighbour *n);
bool nw_observe_check(struct nw_neigh *t);

#endif /* _NEIGHWATCH_OBSERVE_H */
