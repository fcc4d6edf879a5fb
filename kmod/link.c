// SPDX-License-Identifier: GPL-2.0
/* The tracked links: which there are, and their administration. */
#include <linux/hash.h>
#include <linux/netdevice.h>
#include <linux/rculist.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/ktime.h>
#include "compat.h"
#include "link.h"

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

/**
 * nw_link_by_whom() - tell who changes a link in this context
 *
 * Return: %NW_CAUSE_ADMIN for a user's program, else %NW_CAUSE_DRIVER.
 */
u8 nw_link_by_whom(void)
{
	return nw_record_by_program() ? NW_CAUSE_ADMIN : NW_CAUSE_DRIVER;
}

/**
 * nw_link_record() - begin a record about a link
 * @l: the link, locked
 * @type: &enum nw_type
 * @cause: &enum nw_cause
 * @mono: when it happened, CLOCK_MONOTONIC in ns
 * @flags: interrupt state, for nw_record_end()
 */
struct nw_record *nw_link_record(struct nw_link *l, u8 type, u8 cause,
				 u64 mono, unsigned long *flags)
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

static void hash_link(struct nw_link *l)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&by_dev_lock, flags);
	hlist_add_head_rcu(&l->by_dev, chain(l->dev));
	raw_spin_unlock_irqrestore(&by_dev_lock, flags);
	raw_spin_lock_irqsave(&l->ns->link_lock, flags);
	list_add_tail_rcu(&l->node, &l->ns->links);
	l->ns->link_count++;
	nw_netns_changed(l->ns);
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
	nw_netns_changed(l->ns);
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
	l->carrier = nw_link_carrier(dev);
	l->up_seen = atomic_read(&dev->carrier_up_count);
	l->down_seen = atomic_read(&dev->carrier_down_count);
	return l;
}

static void put_admin(struct nw_link *l, struct net_device *dev, u8 change,
		      u8 cause, const struct net_device *other)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = nw_link_record(l, NW_TYPE_LINK_ADMIN, cause, ktime_get_ns(),
			     &flags);
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

	/* A namespace outlives its devices, and what we keep of it does too. */
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
		nw_link_edge_initial(l);
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

static void apply_admin(struct nw_link *l, enum nw_admin change)
{
	if (change == NW_ADMIN_UP)
		l->flags |= NW_F_ADMIN_UP;
	else if (change == NW_ADMIN_DOWN)
		l->flags &= ~NW_F_ADMIN_UP;
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
		apply_admin(l, change);
		put_admin(l, dev, change, nw_link_by_whom(), other);
		raw_spin_unlock_irqrestore(&l->lock, flags);
	}
	rcu_read_unlock();
}

/**
 * nw_link_master() - a bond or bridge took a device, or let it go
 * @dev: the device
 * @ifindex: the bond or bridge, 0 for none
 *
 * Context: netdevice notifier, under RTNL.
 */
void nw_link_master(struct net_device *dev, s32 ifindex)
{
	struct nw_link *l;
	unsigned long flags;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (l) {
		raw_spin_lock_irqsave(&l->lock, flags);
		l->master = ifindex;
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
		rec = nw_link_record(l, NW_TYPE_PARAMS, NW_CAUSE_UNKNOWN,
				     ktime_get_ns(), &flags);
		rec->family = family;
		rec->params = *params;
		nw_record_end(l->ns, flags);
	}
	raw_spin_unlock_irqrestore(&l->lock, irq);
}
