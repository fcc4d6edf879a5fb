// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps. Each walks the namespaces asked for by cookie, and resumes where the
 * last message was full; what changed meanwhile is said (NLM_F_DUMP_INTR), and
 * records that the ring overwrote meanwhile are counted (NW_A_LOST).
 */
#include <linux/rculist.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include "compat.h"
#include "dump.h"
#include "fill.h"
#include "filter.h"
#include "link.h"
#include "netlink.h"
#include "nexthop.h"
#include "track.h"

/**
 * struct dump - where a dump stands
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
struct dump {
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

static struct dump *dump_of(struct netlink_callback *cb)
{
	return *(struct dump **)cb->ctx;
}

/**
 * nw_dump_start() - make room for where a dump stands
 * @cb: the dump
 *
 * Return: 0 or -ENOMEM.
 */
int nw_dump_start(struct netlink_callback *cb)
{
	struct dump *d = kzalloc(sizeof(*d), GFP_KERNEL);

	if (!d)
		return -ENOMEM;
	d->who = net_eq(sock_net(cb->skb->sk), &init_net);
	*(struct dump **)cb->ctx = d;
	return 0;
}

static int check_ns(const struct dump *d, struct netlink_ext_ack *extack)
{
	struct nw_ns *ns;

	if (d->filter.every)
		return 0;
	ns = nw_netns_get(d->filter.cookie);
	if (!ns) {
		NL_SET_ERR_MSG(extack,
			       "No such network namespace, now or kept");
		return -ENOENT;
	}
	nw_netns_put(ns);
	return 0;
}

/*
 * Looks at the request, at the first message: before that older kernels have
 * no place for the reason of a refusal.
 */
static int parse(struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	int err;

	if (d->parsed)
		return 0;
	d->parsed = true;
	err = nw_filter_parse(&d->filter, nw_dump_attrs(cb), cb->skb,
			      cb->extack);
	return err ?: check_ns(d, cb->extack);
}

int nw_dump_done(struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);

	if (d->walking)
		nw_track_walk_exit(&d->walk);
	if (d->ns)
		nw_netns_put(d->ns);
	kfree(d);
	return 0;
}

/* The namespace being dumped, or the next one. Return: NULL at the end. */
static struct nw_ns *current_ns(struct dump *d)
{
	if (d->ns || d->done)
		return d->ns;
	if (d->filter.every) {
		d->ns = nw_netns_next(d->cookie);
	} else {
		d->ns = nw_netns_get(d->filter.cookie);
		d->done = true;
	}
	if (!d->ns) {
		d->done = true;
		return NULL;
	}
	d->cookie = d->ns->cookie;
	d->index = 0;
	d->opened = false;
	return d->ns;
}

static void leave_ns(struct dump *d)
{
	nw_netns_put(d->ns);
	d->ns = NULL;
}

static void *begin(struct sk_buff *skb, struct netlink_callback *cb,
		   const struct nw_ns *ns, u8 cmd)
{
	return nw_fill_begin(skb, ns, NETLINK_CB(cb->skb).portid,
			     cb->nlh->nlmsg_seq, NLM_F_MULTI, cmd);
}

static u32 generation(const struct dump *d, const struct nw_ns *ns)
{
	return nw_netns_generation(d->filter.every ? NULL : ns);
}

/* Tells the reader when what is dumped changed under the dump. */
static void end(struct sk_buff *skb, struct netlink_callback *cb, void *hdr,
		u32 generation)
{
	cb->seq = generation + 1;
	genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
}

int nw_dump_stats(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	struct nw_ns *ns;
	void *hdr;
	int err = parse(cb);

	if (err)
		return err;
	while ((ns = current_ns(d))) {
		hdr = begin(skb, cb, ns, NW_CMD_STATS_GET);
		if (!hdr)
			break;
		if (nw_fill_stats(skb, ns)) {
			genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
		leave_ns(d);
	}
	return skb->len;
}

static int put_neigh(struct sk_buff *skb, struct netlink_callback *cb,
		     struct nw_neigh *t)
{
	struct dump *d = dump_of(cb);
	void *hdr;

	if ((!d->filter.every && t->key.ns->cookie != d->filter.cookie) ||
	    !nw_filter_key(&d->filter, &t->key))
		return 0;
	hdr = begin(skb, cb, t->key.ns, NW_CMD_NEIGH_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (nw_fill_neigh(skb, t)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	end(skb, cb, hdr, d->restarts + generation(d, t->key.ns));
	return 0;
}

int nw_dump_neighs(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	struct nw_neigh *t;
	int err = parse(cb);

	if (err)
		return err;
	if (!d->walking) {
		nw_track_walk_enter(&d->walk);
		d->walking = true;
	}
	nw_track_walk_start(&d->walk, &d->restarts);
	t = nw_track_walk_peek(&d->walk, &d->restarts);
	while (t && !put_neigh(skb, cb, t))
		t = nw_track_walk_next(&d->walk, &d->restarts);
	nw_track_walk_stop(&d->walk);
	return skb->len;
}

static int put_link(struct sk_buff *skb, struct netlink_callback *cb,
		    struct nw_link *l)
{
	struct dump *d = dump_of(cb);
	void *hdr;

	if (d->filter.ifindex && l->ifindex != d->filter.ifindex)
		return 0;
	hdr = begin(skb, cb, l->ns, NW_CMD_LINK_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (nw_fill_link(skb, l)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	end(skb, cb, hdr, generation(d, d->ns));
	return 0;
}

/* Return: true when all of the namespace found room. */
static bool put_links(struct sk_buff *skb, struct netlink_callback *cb,
		      struct nw_ns *ns)
{
	struct dump *d = dump_of(cb);
	struct nw_link *l;
	bool all = true;
	u32 i = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(l, &ns->links, node) {
		if (i++ < d->index)
			continue;
		if (put_link(skb, cb, l)) {
			all = false;
			break;
		}
		d->index = i;
	}
	rcu_read_unlock();
	return all;
}

int nw_dump_links(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	struct nw_ns *ns;
	int err = parse(cb);

	if (err)
		return err;
	while ((ns = current_ns(d)) && put_links(skb, cb, ns))
		leave_ns(d);
	return skb->len;
}

static int put_hop(struct sk_buff *skb, struct netlink_callback *cb,
		   const struct nw_hop *hop)
{
	struct dump *d = dump_of(cb);
	void *hdr;

	if (!nw_filter_key(&d->filter, &hop->key))
		return 0;
	hdr = begin(skb, cb, hop->key.ns, NW_CMD_NEXTHOP_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (nw_fill_hop(skb, hop)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	end(skb, cb, hdr, generation(d, d->ns));
	return 0;
}

static bool put_hops(struct sk_buff *skb, struct netlink_callback *cb,
		     struct nw_ns *ns)
{
	struct dump *d = dump_of(cb);
	struct nw_hop *hop;
	bool all = true;
	u32 i = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(hop, &ns->hops, node) {
		if (i++ < d->index)
			continue;
		if (put_hop(skb, cb, hop)) {
			all = false;
			break;
		}
		d->index = i;
	}
	rcu_read_unlock();
	return all;
}

int nw_dump_hops(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	struct nw_ns *ns;
	int err = parse(cb);

	if (err)
		return err;
	while ((ns = current_ns(d)) && put_hops(skb, cb, ns))
		leave_ns(d);
	return skb->len;
}

/* The records that exist now are what this dump is about. */
static void open_history(struct dump *d)
{
	struct nw_ring_mark mark = nw_ring_mark(&d->ns->ring);

	d->until = mark.head;
	d->seq = d->filter.since_seq ?: mark.tail;
	d->lost = 0;
	d->count = 0;
	d->next = 0;
}

/* The next record asked for. Return: NULL at the end of the namespace. */
static const struct nw_record *next_record(struct dump *d)
{
	for (;;) {
		if (d->next == d->count) {
			d->next = 0;
			d->count = nw_ring_read(&d->ns->ring, &d->seq,
						d->until, d->buf,
						NW_RING_BATCH, &d->lost);
			if (!d->count)
				return NULL;
			cond_resched();
		}
		if (nw_filter_record(&d->filter, &d->buf[d->next]))
			return &d->buf[d->next];
		d->next++;
	}
}

/* A message tells losses once, and before its records. */
static int put_lost(struct sk_buff *skb, struct dump *d, u32 put)
{
	if (!d->lost)
		return 0;
	if (put || d->told || nw_fill_lost(skb, d->lost))
		return -EMSGSIZE;
	d->told = d->lost;
	d->lost = 0;
	return 0;
}

/* Return: true at the end of the namespace, false when there is no room. */
static bool put_records(struct sk_buff *skb, struct dump *d, u32 *put)
{
	const struct nw_record *rec;
	u64 first;

	while ((rec = next_record(d))) {
		first = d->seq - d->count;
		if (put_lost(skb, d, *put) ||
		    nw_fill_record(skb, rec, first + d->next, d->who))
			return false;
		d->next++;
		(*put)++;
	}
	return !put_lost(skb, d, *put);
}

/* One message. Return: 1 at the end of the namespace, 0, or -EMSGSIZE. */
static int put_history(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	unsigned int used = skb->len;
	u32 put = 0;
	void *hdr;
	bool all;

	hdr = begin(skb, cb, d->ns, NW_CMD_HISTORY_GET);
	if (!hdr)
		return used ? 0 : -EMSGSIZE;
	d->told = 0;
	all = put_records(skb, d, &put);
	if (!put && !all) {
		genlmsg_cancel(skb, hdr);
		d->lost += d->told;
		return used ? 0 : -EMSGSIZE;
	}
	d->opened = true;
	genlmsg_end(skb, hdr);
	return all;
}

int nw_dump_history(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump *d = dump_of(cb);
	int ret = parse(cb);

	if (ret)
		return ret;
	while (current_ns(d)) {
		if (!d->opened)
			open_history(d);
		ret = put_history(skb, cb);
		if (ret < 0)
			return ret;
		if (!ret)
			break;
		leave_ns(d);
	}
	return skb->len;
}
