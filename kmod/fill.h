/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_FILL_H
#define _NEIGHWATCH_FILL_H

#include <linux/types.h>

struct nw_hop;
struct nw_link;
struct nw_mode;
struct nw_neigh;
struct nw_ns;
struct nw_record;
struct sk_buff;

size_t nw_fill_room(u64 count, size_t most);
void *nw_fill_begin(struct sk_buff *skb, struct nw_ns *ns, u32 portid,
		    u32 seq, int flags, u8 cmd);
int nw_fill_lost(struct sk_buff *skb, u64 lost);
int nw_fill_record(struct sk_buff *skb, const struct nw_record *rec, u64 seq,
		   bool who);
int nw_fill_mode(struct sk_buff *skb, const struct nw_mode *mode);
int nw_fill_neigh(struct sk_buff *skb, struct nw_neigh *t);
int nw_fill_link(struct sk_buff *skb, struct nw_link *l);
int nw_fill_hop(struct sk_buff *skb, const struct nw_hop *hop);
int nw_fill_stats(struct sk_buff *skb, struct nw_ns *ns);

extern u64 nw_fill_instance;
extern u64 nw_fill_loaded;

#endif /* _NEIGHWATCH_FILL_H */
