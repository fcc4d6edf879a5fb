/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_HOOK_NEIGH_H
#define _NEIGHWATCH_HOOK_NEIGH_H

void nw_hook_neigh_init(void);
void nw_hook_neigh_seed(void);
void nw_hook_neigh_fini(void);

#endif /* _NEIGHWATCH_HOOK_NEIGH_H */
