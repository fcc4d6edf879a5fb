/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_DUMP_H
#define _NEIGHWATCH_DUMP_H

struct netlink_callback;
struct netlink_ext_ack;
struct nlattr;
struct nw_filter;
struct sk_buff;

int nw_dump_start(struct netlink_callback *cb);
int nw_dump_done(struct netlink_callback *cb);
int nw_dump_stats(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_neighs(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_links(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_hops(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_history(struct sk_buff *skb, struct netlink_callback *cb);

#endif /* _NEIGHWATCH_DUMP_H */
