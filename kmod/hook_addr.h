/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_HOOK_ADDR_H
#define _NEIGHWATCH_HOOK_ADDR_H

struct net_device;

void nw_hook_addr_seed(struct net_device *dev);
void nw_hook_addr_init(void);
void nw_hook_addr_fini(void);

#endif /* _NEIGHWATCH_HOOK_ADDR_H */
