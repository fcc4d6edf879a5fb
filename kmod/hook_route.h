/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_HOOK_ROUTE_H
#define _NEIGHWATCH_HOOK_ROUTE_H

#include "netns.h"

struct net_device;

void nw_hook_route_enter(struct nw_ns *ns);
void nw_hook_route_leave(struct nw_ns *ns);
void nw_hook_route_rescan(struct nw_ns *ns);
void nw_hook_route_seed(struct net_device *dev);
void nw_hook_route_init(void);
void nw_hook_route_fini(void);

#endif /* _NEIGHWATCH_HOOK_ROUTE_H */
