// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps. Each walks the namespaces asked for by cookie, and resumes where the
 * last message was full; what changed meanwhile is said (NLM_F_DUMP_INTR), and
 * records that the ring overwrote meanwhile are counted (NW_A_LOST).
 */
#include <linux/rculist.h>
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

struct nw_dump *nw_dump_of(struct netlink_callback *cb)
{
	return *(struct nw_dump **)cb->ctx;
}

/**
 * nw_dump_start() - make room for where a dump stands
 * @cb: the dump
 *
 * Return: 0 or -ENOMEM.
 */
int nw_dump_start(struct netlink_callback *cb)
{
	struct nw_dump *d = kzalloc(sizeof(*d), GFP_KERNEL);

	if (!d)
		return -ENOMEM;
	d->who = net_eq(sock_net(cb->skb->sk), &init_net);
	*(struct nw_dump **)cb->ctx = d;
	return 0;
}

static int check_ns(const struct nw_dump *d, struct netlink_ext_ack *extack)
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

/**
 * nw_dump_parse() - look at the request, at the first message
 * @cb: the dump
 *
 * Before that older kernels have no place for the reason of a refusal.
 *
 * Return: 0, -ENOENT, or as nw_filter_parse().
 */
int nw_dump_parse(struct netlink_callback *cb)
{
	struct nw_dump *d = nw_dump_of(cb);
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
	struct nw_dump *d = nw_dump_of(cb);

	if (d->walking)
		nw_track_walk_exit(&d->walk);
	if (d->ns)
		nw_netns_put(d->ns);
	kfree(d);
	return 0;
}

/**
 * nw_dump_ns() - the namespace being dumped, or the next one
 * @d: the dump
 *
 * Return: NULL at the end.
 */
struct nw_ns *nw_dump_ns(struct nw_dump *d)
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

/* The namespace is done. */
void nw_dump_leave(struct nw_dump *d)
{
	nw_netns_put(d->ns);
	d->ns = NULL;
}

void *nw_dump_begin(struct sk_buff *skb, struct netlink_callback *cb,
		    struct nw_ns *ns, u8 cmd)
{
	return nw_fill_begin(skb, ns, NETLINK_CB(cb->skb).portid,
			     cb->nlh->nlmsg_seq, NLM_F_MULTI, cmd);
}

static u32 generation(const struct nw_dump *d, const struct nw_ns *ns)
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
	struct nw_dump *d = nw_dump_of(cb);
	struct nw_ns *ns;
	void *hdr;
	int err = nw_dump_parse(cb);

	if (err)
		return err;
	while ((ns = nw_dump_ns(d))) {
		hdr = nw_dump_begin(skb, cb, ns, NW_CMD_STATS_GET);
		if (!hdr)
			break;
		if (nw_fill_stats(skb, ns)) {
			genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
		nw_dump_leave(d);
	}
	return skb->len;
}

static int put_neigh(struct sk_buff *skb, struct netlink_callback *cb,
		     struct nw_neigh *t)
{
	struct nw_dump *d = nw_dump_of(cb);
	void *hdr;

	if ((!d->filter.every && t->key.ns->cookie != d->filter.cookie) ||
	    !nw_filter_key(&d->filter, &t->key))
		return 0;
	hdr = nw_dump_begin(skb, cb, t->key.ns, NW_CMD_NEIGH_GET);
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
	struct nw_dump *d = nw_dump_of(cb);
	struct nw_neigh *t;
	int err = nw_dump_parse(cb);

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
	struct nw_dump *d = nw_dump_of(cb);
	void *hdr;

	if (d->filter.ifindex && l->ifindex != d->filter.ifindex)
		return 0;
	hdr = nw_dump_begin(skb, cb, l->ns, NW_CMD_LINK_GET);
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
	struct nw_dump *d = nw_dump_of(cb);
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
	struct nw_dump *d = nw_dump_of(cb);
	struct nw_ns *ns;
	int err = nw_dump_parse(cb);

	if (err)
		return err;
	while ((ns = nw_dump_ns(d)) && put_links(skb, cb, ns))
		nw_dump_leave(d);
	return skb->len;
}

static int put_hop(struct sk_buff *skb, struct netlink_callback *cb,
		   const struct nw_hop *hop)
{
	struct nw_dump *d = nw_dump_of(cb);
	void *hdr;

	if (!nw_filter_key(&d->filter, &hop->key))
		return 0;
	hdr = nw_dump_begin(skb, cb, hop->key.ns, NW_CMD_NEXTHOP_GET);
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
	struct nw_dump *d = nw_dump_of(cb);
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
	struct nw_dump *d = nw_dump_of(cb);
	struct nw_ns *ns;
	int err = nw_dump_parse(cb);

	if (err)
		return err;
	while ((ns = nw_dump_ns(d)) && put_hops(skb, cb, ns))
		nw_dump_leave(d);
	return skb->len;
}
