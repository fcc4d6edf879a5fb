// SPDX-License-Identifier: GPL-2.0
/*
 * The worker of each namespace: sends new records to the subscribers, many in
 * one message; makes records of losses; looks after new neighbours; gives the
 * namespace its ring with its first record.
 */
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/ktime.h>
#include <linux/workqueue.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include "compat.h"
#include "fill.h"
#include "hook_route.h"
#include "nascent.h"
#include "netlink.h"
#include "netns.h"
#include "notify.h"

/*
 * Most bytes in one message, so that small receive buffers take it. An skb gets
 * all of the memory block it asked for: ask for no more than a whole one.
 */
#define MESSAGE_MAX	SKB_WITH_OVERHEAD(SZ_16K)
/* When new neighbours, and what there was no memory for, are looked at again. */
#define AGAIN_MS	100

static struct workqueue_struct *wq;

/* A batch gathers for one tick at most: the first record leaves within 10 ms. */
static unsigned long gather(void)
{
	return HZ >= 200 ? 1 : 0;
}

/* The first kick since the worker last looked. Context: any but NMI. */
void nw_notify_wake(struct nw_ns *ns)
{
	if (READ_ONCE(ns->stopping) || test_and_set_bit(0, &ns->kicked))
		return;
	/* It may be waiting for its next look at new neighbours. */
	mod_delayed_work(wq, &ns->work, gather());
}

/* Losses had no number: a record each that tells how many, and where. */
static void tell_losses(struct nw_ns *ns)
{
	struct nw_record *rec;
	unsigned long flags;
	u64 count;
	int where;

	for (where = 1; where <= NW_WHERE_MAX; where++) {
		count = atomic64_read(&ns->count[where]) - ns->lost_told[where];
		if (!count)
			continue;
		ns->lost_told[where] += count;
		rec = nw_record_begin(ns, NW_TYPE_LOST, NW_CAUSE_UNKNOWN,
				      ktime_get_ns(), &flags);
		rec->old = where;
		rec->lost.count = count;
		nw_record_end(ns, flags);
	}
}

/* Puts records into a message. Return: how many found room. */
static u32 fill_some(struct sk_buff *skb, const struct nw_record *buf, u32 n,
		     u64 first, bool who)
{
	u32 i;

	for (i = 0; i < n; i++)
		if (nw_fill_record(skb, &buf[i], first + i, who))
			break;
	return i;
}

/*
 * Fills one message with the records from @seq on. What the ring overwrote
 * before is told at its beginning; what it overwrites meanwhile ends it. @buf has
 * room for all up to @until, or for a batch.
 *
 * Return: the first number it does not hold.
 */
static u64 fill_batch(struct sk_buff *skb, struct nw_ns *ns, u64 seq, u64 until,
		      struct nw_record *buf, bool who)
{
	u64 lost = 0, next = seq;
	u32 n, put;

	n = nw_ring_read(&ns->ring, &next, until, buf, NW_RING_BATCH, &lost);
	if (lost) {
		atomic64_add(lost, &ns->count[NW_COUNT_LOST_MULTICAST]);
		nw_fill_lost(skb, lost);
	}
	while (n) {
		put = fill_some(skb, buf, n, next - n, who);
		if (put < n)
			return next - n + put;
		seq = next;
		lost = 0;
		n = nw_ring_read(&ns->ring, &next, until, buf, NW_RING_BATCH,
				 &lost);
		if (lost)
			return seq;
	}
	return next;
}

/* Sends the records from @seq on, up to @until, to one group. */
static void send_all(struct nw_ns *ns, struct net *to, enum nw_mcgrp group,
		     u64 seq, u64 until, struct nw_record *buf)
{
	struct sk_buff *skb;
	void *hdr;

	while (seq < until && genl_has_listeners(&nw_netlink_family, to, group)) {
		skb = alloc_skb(nw_fill_room(until - seq, MESSAGE_MAX),
				GFP_KERNEL);
		hdr = skb ? nw_fill_begin(skb, ns, 0, 0, 0, NW_CMD_EVENTS)
			  : NULL;
		if (!hdr) {
			kfree_skb(skb);
			atomic64_add(until - seq,
				     &ns->count[NW_COUNT_LOST_MULTICAST]);
			return;
		}
		seq = fill_batch(skb, ns, seq, until, buf,
				 net_eq(to, &init_net));
		genlmsg_end(skb, hdr);
		/* Nobody there, or a reader that is told ENOBUFS: its gap. */
		nw_multicast(&nw_netlink_family, to, skb, group);
		cond_resched();
	}
}

static bool is_heard(const struct nw_ns *ns)
{
	return genl_has_listeners(&nw_netlink_family, ns->net, NW_MCGRP_OWN) ||
	       genl_has_listeners(&nw_netlink_family, &init_net,
				  NW_MCGRP_EVERY);
}

/* Return: true when it is to be tried again. */
static bool send_new(struct nw_ns *ns)
{
	u64 until = nw_ring_mark(&ns->ring).head;
	struct nw_record *buf;

	if (ns->sent == until || !nw_netlink_is_open())
		return false;
	/* Most hosts, most of the time: no memory is zeroed for nobody. */
	if (!is_heard(ns)) {
		ns->sent = until;
		return false;
	}
	/* No more memory for a lone record than it needs: it may be zeroed. */
	buf = kmalloc_array(min_t(u64, NW_RING_BATCH, until - ns->sent),
			    sizeof(*buf), GFP_KERNEL);
	if (!buf)
		return true;
	send_all(ns, ns->net, NW_MCGRP_OWN, ns->sent, until, buf);
	send_all(ns, &init_net, NW_MCGRP_EVERY, ns->sent, until, buf);
	kfree(buf);
	ns->sent = until;
	return false;
}

static void work(struct work_struct *w)
{
	struct nw_ns *ns = container_of(to_delayed_work(w), struct nw_ns, work);
	bool again;

	clear_bit(0, &ns->kicked);
	/* What was kicked for before is seen below, what comes later kicks. */
	smp_mb__after_atomic();
	again = nw_netns_grow(ns);
	again |= nw_hook_route_work(ns);
	again |= nw_nascent_look(ns);
	tell_losses(ns);
	again |= send_new(ns);
	/* No effect when a hook was faster. */
	if (again && !READ_ONCE(ns->stopping))
		queue_delayed_work(wq, &ns->work, msecs_to_jiffies(AGAIN_MS));
}

void nw_notify_setup(struct nw_ns *ns)
{
	INIT_DELAYED_WORK(&ns->work, work);
}

/**
 * nw_notify_stop() - send what is left; the worker comes no more
 * @ns: a namespace on its way out
 *
 * Context: process, may sleep.
 */
void nw_notify_stop(struct nw_ns *ns)
{
	WRITE_ONCE(ns->stopping, true);
	cancel_delayed_work_sync(&ns->work);
	tell_losses(ns);
	if (send_new(ns))
		atomic64_add(nw_ring_next(&ns->ring) - ns->sent,
			     &ns->count[NW_COUNT_LOST_MULTICAST]);
}

int nw_notify_init(void)
{
	wq = alloc_workqueue("neighwatch", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return wq ? 0 : -ENOMEM;
}

void nw_notify_fini(void)
{
	destroy_workqueue(wq);
}
