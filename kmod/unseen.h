/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_UNSEEN_H
#define _NEIGHWATCH_UNSEEN_H

#include "nud.h"

void nw_unseen_go(struct nw_neigh *t, const struct nw_obs *obs, u8 new);
void nw_unseen_sent(struct nw_neigh *t, const struct nw_obs *obs);
void nw_unseen_announced(struct nw_neigh *t, const struct nw_obs *obs);
void nw_unseen_overtaken(struct nw_neigh *t, const struct nw_obs *obs);

#endif /* _NEIGHWATCH_UNSEEN_H */
