/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NETNS_H
#define _NEIGHWATCH_NETNS_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include "ring.h"

struct net;

/**
 * enum nw_count - counters of a namespace
 * @NW_COUNT_UNUSED: so that losses have the numbers of &enum nw_where
 * @NW_COUNT_LOST_NEIGH_MEMORY: see &enum nw_where, as the next five
 * @NW_COUNT_LOST_NEIGH_LIMIT: likewise
 * @NW_COUNT_LOST_LINK_MEMORY: likewise
 * @NW_COUNT_LOST_LINK_LIMIT: likewise
 * @NW_COUNT_LOST_ROUTE_MEMORY: likewise
 * @NW_COUNT_LOST_ROUTE_LIMIT: likewise
 * @NW_COUNT_LOST_MULTICAST: records overwritten before they were sent
 * @NW_COUNT_EVICTED_FAILED: neighbours given up: %NW_CLASS_FAILED
 * @NW_COUNT_EVICTED_UNPROVEN: likewise %NW_CLASS_UNPROVEN
 * @NW_COUNT_EVICTED_GONE: likewise %NW_CLASS_GONE
 * @NW_COUNT_INFERRED: transitions put back
 * @NW_COUNT_OVERFLOWS: creations the kernel refused, table full
 * @NW_COUNT_MULTICAST_SKIPPED: entries of group addresses, not tracked
 * @NW_COUNT_CREATE_FAILED: entries that never came to be inserted
 * @__NW_COUNT_MAX: how many there are
 *
 * The first ones are losses and stand in the order of &enum nw_where.
 */
enum nw_count {
	NW_COUNT_UNUSED,
	NW_COUNT_LOST_NEIGH_MEMORY,
	NW_COUNT_LOST_NEIGH_LIMIT,
	NW_COUNT_LOST_LINK_MEMORY,
	NW_COUNT_LOST_LINK_LIMIT,
	NW_COUNT_LOST_ROUTE_MEMORY,
	NW_COUNT_LOST_ROUTE_LIMIT,
	NW_COUNT_LOST_MULTICAST,
	NW_COUNT_EVICTED_FAILED,
	NW_COUNT_EVICTED_UNPROVEN,
	NW_COUNT_EVICTED_GONE,
	NW_COUNT_INFERRED,
	NW_COUNT_OVERFLOWS,
	NW_COUNT_MULTICAST_SKIPPED,
	NW_COUNT_CREATE_FAILED,
	__NW_COUNT_MAX
};

/* Classes of tracked neighbours, in the order in which they are given up. */
enum nw_class {
	NW_CLASS_FAILED,	/* gone and never reachable */
	NW_CLASS_UNPROVEN,	/* there and never reachable */
	NW_CLASS_GONE,		/* gone, was reachable once */
	NW_CLASS_PROVEN,	/* there and reachable once, or a gateway: kept */
	__NW_CLASS_MAX
};

/**
 * struct nw_ns - what is kept of one network namespace
 * @ref: readers that hold it beyond RCU
 * @node: in the list of all namespaces, see nw_netns_next()
 * @burial: in the list of those being left
 * @rcu: frees it: readers may hold a neighbour, link or next hop under RCU
 * @generation: raised when links, next hops or neighbours leave their lists, or
 *	links and next hops join them
 * @net: the namespace, only while @dead is false and under RCU or in @work
 * @cookie: names it for good
 * @ino: its inode number, for people
 * @initial: it is the initial network namespace
 * @unprivileged: its user namespace is not the initial one
 * @dead: the namespace is gone, its history is kept
 * @gone: when that was, CLOCK_MONOTONIC in ns, 0 before
 * @ring: its history
 * @ring_grown: @ring has its real size, or never will
 * @ring_tried: jiffies when there last was no memory for it, 0 when not
 * @ring_budget: records of the caps that @ring uses
 * @count: counters, &enum nw_count
 * @lost_told: losses that were put into records; only @work touches it
 * @kicked: @work was asked for
 * @stopping: @work must not be asked for any more
 * @work: sends new records, records losses, looks after new neighbours
 * @sent: number up to which records were sent; only @work touches it
 * @neigh_lock: protects the next two
 * @neighs: tracked neighbours, by class; who came into it first stands first
 * @neigh_count: neighbours tracked
 * @neigh_max: limit of that
 * @nascent_lock: protects @nascent; raw and taken with interrupts off since a
 *	kprobe takes it too; inside @neigh_lock
 * @nascent: neighbours the worker is to look at, see nascent.c
 * @link_lock: protects @links and @link_count
 * @links: tracked links
 * @link_count: links tracked
 * @routes: routes followed, see nexthop.c for the lock of this and the next three
 * @hops: next hops in use, &struct nw_hop; readers under RCU
 * @route_count: routes followed
 * @hop_count: next hops in use
 * @route_nb: FIB notifier of the namespace
 * @rescan_nb: second one, for the time the FIB is read again
 * @nexthop_nb: notifier of its next-hop objects
 * @route_on: @route_nb is registered
 * @nexthop_on: @nexthop_nb is registered
 * @seeding: the FIB notifier is being told what is there already
 * @route_retry: @route_nb is still to be registered
 * @nexthop_retry: @nexthop_nb is still to be registered
 * @route_tried: jiffies when @work last failed at one of these, 0 when not
 * @rescan: next-hop objects were replaced: the FIB is to be read again
 */
struct nw_ns {
	struct kref ref;
	struct list_head node;
	struct list_head burial;
	struct rcu_head rcu;
	atomic_t generation;
	struct net *net;
	u64 cookie;
	u32 ino;
	bool initial;
	bool unprivileged;
	bool dead;
	u64 gone;
	struct nw_ring ring;
	bool ring_grown;
	unsigned long ring_tried;
	u32 ring_budget;
	atomic64_t count[__NW_COUNT_MAX];
	u64 lost_told[NW_WHERE_MAX + 1];
	unsigned long kicked;
	bool stopping;
	struct delayed_work work;
	u64 sent;
	spinlock_t neigh_lock;	/* what it protects: above */
	struct list_head neighs[__NW_CLASS_MAX];
	u32 neigh_count;
	u32 neigh_max;
	raw_spinlock_t nascent_lock;	/* what it protects: above */
	struct list_head nascent;
	raw_spinlock_t link_lock;	/* what it protects: above */
	struct list_head links;
	u32 link_count;
	struct list_head routes;
	struct list_head hops;
	u32 route_count;
	u32 hop_count;
	struct notifier_block route_nb;
	struct notifier_block rescan_nb;
	struct notifier_block nexthop_nb;
	bool route_on;
	bool nexthop_on;
	bool seeding;
	bool route_retry;
	bool nexthop_retry;
	unsigned long route_tried;
	bool rescan;
};

extern struct nw_limits nw_limits;

/**
 * struct nw_limits - sizes, module parameters, fixed after load
 * @ring_size: records of the initial namespace
 * @ring_size_other: records of each other one
 * @ring_total: records of all other ones together
 * @ring_total_userns: of this, those outside the initial user namespace
 * @neighbours: neighbours tracked in the initial namespace
 * @neighbours_other: in each other one
 * @neighbours_total: in all other ones together
 * @links: links tracked in each namespace
 * @routes: routes followed in the initial namespace
 * @routes_other: in each other one
 * @dead_namespaces: histories of namespaces that are gone
 */
struct nw_limits {
	unsigned int ring_size;
	unsigned int ring_size_other;
	unsigned int ring_total;
	unsigned int ring_total_userns;
	unsigned int neighbours;
	unsigned int neighbours_other;
	unsigned int neighbours_total;
	unsigned int links;
	unsigned int routes;
	unsigned int routes_other;
	unsigned int dead_namespaces;
};

int nw_netns_init(void);
void nw_netns_close(void);
void nw_netns_fini(void);
struct nw_ns *nw_netns_of(const struct net *net);
u64 nw_netns_cookie(const struct net *net);
struct nw_ns *nw_netns_next(u64 cookie);
struct nw_ns *nw_netns_get(u64 cookie);
void nw_netns_put(struct nw_ns *ns);
void nw_netns_lose(struct nw_ns *ns, enum nw_where where);
bool nw_netns_grow(struct nw_ns *ns);
void nw_netns_changed(struct nw_ns *ns);
u32 nw_netns_generation(const struct nw_ns *ns);

static inline void nw_netns_count(struct nw_ns *ns, enum nw_count what)
{
	atomic64_inc(&ns->count[what]);
}

#endif /* _NEIGHWATCH_NETNS_H */
