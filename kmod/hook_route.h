/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_HOOK_ROUTE_H
#define _NEIGHWATCH_HOOK_ROUTE_H

#include "netns.h"

void nw_hook_route_enter(struct nw_ns *ns);
void nw_hook_route_leave(struct nw_ns *ns);
bool nw_hook_route_work(struct nw_ns *ns);
u8 nw_hook_route_cause(bool added);

#endif /* _NEIGHWATCH_HOOK_ROUTE_H */
