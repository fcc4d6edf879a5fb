// SPDX-License-Identifier: GPL-2.0
/* The tracked links: their carrier edges, their mode, their administration. */
#include <linux/hash.h>
#include <linux/netdevice.h>
#include <linux/rculist.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/ktime.h>
#include "compat.h"
#include "link.h"
#include "trace.h"

#define BY_DEV_BITS 8
static struct hlist_head by_dev[1 << BY_DEV_BITS];
/* Protects the chains of by_dev against each other; RTNL is held as well. */
static DEFINE_RAW_SPINLOCK(by_dev_lock);

static struct hlist_head *chain(const struct net_device *dev)
{
	return &by_dev[hash_ptr(dev, BY_DEV_BITS)];
}

/**
 * nw_link_find() - look a link up
 * @dev: its device; compared, not followed
 *
 * Context: any but NMI, under rcu_read_lock().
 */
struct nw_link *nw_link_find(const struct net_device *dev)
{
	struct nw_link *l;

	hlist_for_each_entry_rcu(l, chain(dev), by_dev)
		if (l->dev == dev)
			return l;
	return NULL;
}

static u8 by_whom(void)
{
	return nw_record_by_program() ? NW_CAUSE_ADMIN : NW_CAUSE_DRIVER;
}

/* Context: l->lock is held. */
static struct nw_record *begin(struct nw_link *l, u8 type, u8 cause, u64 mono,
			       unsigned long *flags)
{
	struct nw_record *rec;

	rec = nw_record_begin(l->ns, type, cause, mono, flags);
	rec->ifindex = l->ifindex;
	memcpy(rec->dev, l->dev_name, sizeof(rec->dev));
	rec->flags = l->flags;
	if (cause == NW_CAUSE_ADMIN)
		nw_record_who(rec, 0);
	return rec;
}

/* What the device counted beyond what was stamped. */
static void account(struct nw_link *l, u32 up_count, u32 down_count)
{
	s32 up = up_count - l->up_seen, down = down_count - l->down_seen;

	if (up > 0) {
		l->unstamped_new += up;
		l->up_seen = up_count;
	}
	if (down > 0) {
		l->unstamped_new += down;
		l->down_seen = down_count;
	}
}

/* Context: l->lock is held; the counters include this edge. */
static void put_edge(struct nw_link *l, u8 old, u8 new, u8 cause, u64 mono)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = begin(l, NW_TYPE_CARRIER, cause, mono, &flags);
	rec->old = old;
	rec->new = new;
	rec->edge.dwell_ns = l->since ? mono - l->since : NW_NS_UNKNOWN;
	rec->edge.up_count = l->up_seen;
	rec->edge.down_count = l->down_seen;
	rec->edge.unstamped = l->unstamped_new;
	trace_carrier(rec);
	nw_record_end(l->ns, flags);
	l->unstamped += l->unstamped_new;
	l->unstamped_new = 0;
}

static void tell(struct nw_link *l, u8 old, u8 new, u8 cause, u64 mono)
{
	put_edge(l, old, new, cause, mono);
	nw_story_step(&l->story, mono, old, new, cause);
	l->edges += new == NW_CARRIER_PULSE ? 2 : 1;
	l->since = mono;
	if (new != NW_CARRIER_UP && cause == NW_CAUSE_DRIVER)
		l->losses++;
	if (new != NW_CARRIER_UP)
		nw_story_begin(&l->story, mono);
	if (new != NW_CARRIER_DOWN)
		nw_story_end(&l->story, mono);
	if (new != NW_CARRIER_PULSE)
		l->carrier = new;
}

static u8 carrier_now(const struct net_device *dev)
{
	return netif_carrier_ok(dev) ? NW_CARRIER_UP : NW_CARRIER_DOWN;
}

/**
 * nw_link_edge() - a driver is about to change a carrier
 * @dev: its device
 * @new: what it will be
 *
 * Called at the first instruction of netif_carrier_on(), _off() and _event():
 * the bit and the counters still hold what was before.
 *
 * Context: any but NMI; preemption is off, RTNL is not guaranteed.
 */
void nw_link_edge(struct net_device *dev, enum nw_carrier new)
{
	u64 mono = ktime_get_ns();
	u8 old = carrier_now(dev);
	struct nw_link *l;
	unsigned long flags;

	if (old == new)
		return;
	rcu_read_lock();
	l = nw_link_find(dev);
	if (!l)
		goto out;
	raw_spin_lock_irqsave(&l->lock, flags);
	account(l, atomic_read(&dev->carrier_up_count),
		atomic_read(&dev->carrier_down_count));
	l->up_seen += new != NW_CARRIER_DOWN;
	l->down_seen += new != NW_CARRIER_UP;
	tell(l, old, new, by_whom(), mono);
	raw_spin_unlock_irqrestore(&l->lock, flags);
out:
	rcu_read_unlock();
}

/**
 * nw_link_check() - compare a device's counters with what was stamped
 * @dev: the device
 * @stamps: nobody stamps edges at the driver's call: take this one for it
 *
 * Context: netdevice notifier, under RTNL.
 */
void nw_link_check(struct net_device *dev, bool stamps)
{
	u8 now = carrier_now(dev);
	struct nw_link *l;
	unsigned long flags;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (!l)
		goto out;
	raw_spin_lock_irqsave(&l->lock, flags);
	if (stamps && now != l->carrier) {
		l->up_seen += now == NW_CARRIER_UP;
		l->down_seen += now == NW_CARRIER_DOWN;
		account(l, atomic_read(&dev->carrier_up_count),
			atomic_read(&dev->carrier_down_count));
		tell(l, l->carrier, now, by_whom(), ktime_get_ns());
	} else {
		account(l, atomic_read(&dev->carrier_up_count),
			atomic_read(&dev->carrier_down_count));
	}
	raw_spin_unlock_irqrestore(&l->lock, flags);
out:
	rcu_read_unlock();
}

static void hash_link(struct nw_link *l)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&by_dev_lock, flags);
	hlist_add_head_rcu(&l->by_dev, chain(l->dev));
	raw_spin_unlock_irqrestore(&by_dev_lock, flags);
	raw_spin_lock_irqsave(&l->ns->link_lock, flags);
	list_add_tail_rcu(&l->node, &l->ns->links);
	l->ns->link_count++;
	nw_netns_changed();
	raw_spin_unlock_irqrestore(&l->ns->link_lock, flags);
}

static void unhash_link(struct nw_link *l)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&by_dev_lock, flags);
	hlist_del_rcu(&l->by_dev);
	raw_spin_unlock_irqrestore(&by_dev_lock, flags);
	raw_spin_lock_irqsave(&l->ns->link_lock, flags);
	list_del_rcu(&l->node);
	l->ns->link_count--;
	nw_netns_changed();
	raw_spin_unlock_irqrestore(&l->ns->link_lock, flags);
}

static struct nw_link *alloc(struct net_device *dev, struct nw_ns *ns)
{
	struct nw_link *l;

	if (ns->link_count >= nw_limits.links) {
		nw_netns_lose(ns, NW_WHERE_LINK_LIMIT);
		return NULL;
	}
	l = kzalloc(sizeof(*l), GFP_KERNEL);
	if (!l) {
		nw_netns_lose(ns, NW_WHERE_LINK_MEMORY);
		return NULL;
	}
	raw_spin_lock_init(&l->lock);
	l->dev = dev;
	l->ns = ns;
	l->ifindex = dev->ifindex;
	memcpy(l->dev_name, dev->name, sizeof(l->dev_name));
	l->flags = (dev->dev.parent ? NW_F_PHYSICAL : 0) |
		   (dev->flags & IFF_UP ? NW_F_ADMIN_UP : 0);
	l->carrier = carrier_now(dev);
	l->up_seen = atomic_read(&dev->carrier_up_count);
	l->down_seen = atomic_read(&dev->carrier_down_count);
	return l;
}

static void put_admin(struct nw_link *l, struct net_device *dev, u8 change,
		      u8 cause, const struct net_device *other)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = begin(l, NW_TYPE_LINK_ADMIN, cause, ktime_get_ns(), &flags);
	rec->old = change;
	rec->link.mtu = dev->mtu;
	rec->ll_len = min_t(u8, dev->addr_len, NW_LLADDR_MAX);
	memcpy(rec->link.lladdr, dev->dev_addr, rec->ll_len);
	if (other) {
		rec->link.other = other->ifindex;
		memcpy(rec->link.other_dev, other->name, IFNAMSIZ);
	}
	if (change == NW_ADMIN_RENAMED) {
		memcpy(rec->link.old_dev, l->dev_name, IFNAMSIZ);
		memcpy(l->dev_name, dev->name, IFNAMSIZ);
		memcpy(rec->dev, l->dev_name, IFNAMSIZ);
	}
	nw_record_end(l->ns, flags);
}

/**
 * nw_link_add() - a device came into being, or was there at load
 * @dev: the device
 * @cause: %NW_CAUSE_INITIAL or what brought it
 *
 * Context: process, under RTNL, may sleep.
 */
void nw_link_add(struct net_device *dev, u8 cause)
{
	struct net_device *master;
	struct nw_ns *ns;
	struct nw_link *l;
	unsigned long flags;

	rcu_read_lock();
	ns = nw_netns_of(dev_net(dev));
	l = nw_link_find(dev);
	rcu_read_unlock();
	if (!ns || l)
		return;
	l = alloc(dev, ns);
	if (!l)
		return;
	master = netdev_master_upper_dev_get(dev);
	l->master = master ? master->ifindex : 0;
	hash_link(l);
	raw_spin_lock_irqsave(&l->lock, flags);
	put_admin(l, dev, NW_ADMIN_REGISTERED, cause, master);
	if (cause == NW_CAUSE_INITIAL)
		put_edge(l, NW_CARRIER_UNKNOWN, l->carrier, cause,
			 ktime_get_ns());
	raw_spin_unlock_irqrestore(&l->lock, flags);
}

/**
 * nw_link_remove() - a device is gone, or gone from its namespace
 * @dev: the device
 * @cause: what took it
 *
 * Context: process, under RTNL.
 */
void nw_link_remove(struct net_device *dev, u8 cause)
{
	struct nw_link *l;
	unsigned long flags;

	rcu_read_lock();
	l = nw_link_find(dev);
	rcu_read_unlock();
	if (!l)
		return;
	raw_spin_lock_irqsave(&l->lock, flags);
	put_admin(l, dev, NW_ADMIN_REMOVED, cause, NULL);
	raw_spin_unlock_irqrestore(&l->lock, flags);
	unhash_link(l);
	kfree_rcu(l, rcu);
}

/**
 * nw_link_drop() - forget the links of a namespace
 * @ns: a namespace that no hook can reach any more
 */
void nw_link_drop(struct nw_ns *ns)
{
	struct nw_link *l, *next;

	list_for_each_entry_safe(l, next, &ns->links, node) {
		unhash_link(l);
		kfree_rcu(l, rcu);
	}
}

static void apply_admin(struct nw_link *l, enum nw_admin change,
			const struct net_device *other)
{
	if (change == NW_ADMIN_UP)
		l->flags |= NW_F_ADMIN_UP;
	else if (change == NW_ADMIN_DOWN)
		l->flags &= ~NW_F_ADMIN_UP;
	else if (change == NW_ADMIN_ENSLAVED && other)
		l->master = other->ifindex;
	else if (change == NW_ADMIN_RELEASED)
		l->master = 0;
}

/**
 * nw_link_admin() - a device was configured
 * @dev: the device
 * @change: how
 * @other: the upper device, or NULL
 *
 * Context: any but NMI; notifiers under RTNL, the watchdog in softirq.
 */
void nw_link_admin(struct net_device *dev, enum nw_admin change,
		   const struct net_device *other)
{
	struct nw_link *l;
	unsigned long flags;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (l) {
		raw_spin_lock_irqsave(&l->lock, flags);
		apply_admin(l, change, other);
		put_admin(l, dev, change, by_whom(), other);
		raw_spin_unlock_irqrestore(&l->lock, flags);
	}
	rcu_read_unlock();
}

/**
 * nw_link_flush_begin() - the stack is about to flush a device's neighbours
 * @dev: the device
 * @cause: why
 *
 * Context: the first netdevice notifier of an event, under RTNL.
 */
void nw_link_flush_begin(struct net_device *dev, u8 cause)
{
	struct nw_link *l;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (l) {
		WRITE_ONCE(l->flush_task, current);
		WRITE_ONCE(l->flush_cause, cause);
	}
	rcu_read_unlock();
}

/* Context: the last netdevice notifier of an event, under RTNL. */
void nw_link_flush_end(struct net_device *dev)
{
	struct nw_link *l;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (l)
		WRITE_ONCE(l->flush_task, NULL);
	rcu_read_unlock();
}

/**
 * nw_link_flush_cause() - why this context removes neighbours of a device
 * @dev: the device
 *
 * Return: %NW_CAUSE_UNKNOWN when no flush is under way in this context.
 */
u8 nw_link_flush_cause(const struct net_device *dev)
{
	struct nw_link *l = nw_link_find(dev);

	if (!l || !in_task() || READ_ONCE(l->flush_task) != current)
		return NW_CAUSE_UNKNOWN;
	return READ_ONCE(l->flush_cause);
}

/**
 * nw_link_params() - record a device's neighbour sysctls when they changed
 * @dev: the device
 * @family: AF_INET or AF_INET6
 * @params: those in force
 *
 * Context: any but NMI, under rcu_read_lock().
 */
void nw_link_params(const struct net_device *dev, u8 family,
		    const struct nw_params *params)
{
	struct nw_link *l = nw_link_find(dev);
	struct nw_params *known;
	struct nw_record *rec;
	unsigned long irq, flags;

	if (!l)
		return;
	known = &l->params[family == AF_INET6];
	raw_spin_lock_irqsave(&l->lock, irq);
	if (memcmp(known, params, sizeof(*known))) {
		*known = *params;
		rec = begin(l, NW_TYPE_PARAMS, NW_CAUSE_UNKNOWN,
			    ktime_get_ns(), &flags);
		rec->family = family;
		rec->params = *params;
		nw_record_end(l->ns, flags);
	}
	raw_spin_unlock_irqrestore(&l->lock, irq);
}
