/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NASCENT_H
#define _NEIGHWATCH_NASCENT_H

#include <linux/types.h>

struct nw_neigh;
struct nw_ns;

void nw_nascent_add(struct nw_neigh *t);
void nw_nascent_remove(struct nw_neigh *t);
bool nw_nascent_look(struct nw_ns *ns);

#endif /* _NEIGHWATCH_NASCENT_H */
