/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_BUDGET_H
#define _NEIGHWATCH_BUDGET_H

#include "netns.h"

bool nw_budget_fits(const struct nw_ns *ns, u32 size);
void nw_budget_take(struct nw_ns *ns, u32 size);
void nw_budget_give(struct nw_ns *ns);

#endif /* _NEIGHWATCH_BUDGET_H */
