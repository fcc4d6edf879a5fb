/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_DUMP_H
#define _NEIGHWATCH_DUMP_H

#include "filter.h"
#include "netns.h"
#include "record.h"
#include "track.h"

struct netlink_callback;
struct sk_buff;

/**
 * struct nw_dump - where a dump stands
 * @parsed: the request was looked at
 * @filter: what was asked for
 * @who: the reader may see process ids and names
 * @walk: the walk through the tracked neighbours
 * @walking: @walk was begun
 * @restarts: times the walk had to begin anew
 * @ns: namespace being dumped, held
 * @cookie: the last one begun
 * @done: @ns was the last one
 * @index: entries of @ns done, of links and next hops
 * @opened: @ns has had its first message
 * @seq: next record of @ns
 * @until: where to stop
 * @lost: records overwritten and not yet told
 * @told: those told in the message at hand
 * @count: records in @buf
 * @next: the next of them
 * @buf: records copied out of the ring
 */
struct nw_dump {
	bool parsed;
	struct nw_filter filter;
	bool who;
	struct nw_track_walk walk;
	bool walking;
	u32 restarts;
	struct nw_ns *ns;
	u64 cookie;
	bool done;
	u32 index;
	bool opened;
	u64 seq;
	u64 until;
	u64 lost;
	u64 told;
	u32 count;
	u32 next;
	struct nw_record buf[NW_RING_BATCH];
};

struct nw_dump *nw_dump_of(struct netlink_callback *cb);
int nw_dump_parse(struct netlink_callback *cb);
struct nw_ns *nw_dump_ns(struct nw_dump *d);
void nw_dump_leave(struct nw_dump *d);
void *nw_dump_begin(struct sk_buff *skb, struct netlink_callback *cb,
		    struct nw_ns *ns, u8 cmd);

int nw_dump_start(struct netlink_callback *cb);
int nw_dump_done(struct netlink_callback *cb);
int nw_dump_stats(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_neighs(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_links(struct sk_buff *skb, struct netlink_callback *cb);
int nw_dump_hops(struct sk_buff *skb, struct netlink_callback *cb);

/* In history.c. */
int nw_dump_history(struct sk_buff *skb, struct netlink_callback *cb);

#endif /* _NEIGHWATCH_DUMP_H */
