// SPDX-License-Identifier: GPL-2.0
/*
 * The carrier edges of a link: stamped at the driver's call, checked against
 * the device's own counters, which tell how many were missed.
 */
#include <linux/ktime.h>
#include <linux/netdevice.h>
#include "link.h"
#include "trace.h"

/**
 * nw_link_carrier() - read a device's carrier
 * @dev: the device
 */
u8 nw_link_carrier(const struct net_device *dev)
{
	return netif_carrier_ok(dev) ? NW_CARRIER_UP : NW_CARRIER_DOWN;
}

/* Edges stamped that the device has not counted yet; negative: unstamped. */
static s32 up_ahead(const struct nw_link *l, const struct net_device *dev)
{
	return l->up_seen - (u32)atomic_read(&dev->carrier_up_count);
}

static s32 down_ahead(const struct nw_link *l, const struct net_device *dev)
{
	return l->down_seen - (u32)atomic_read(&dev->carrier_down_count);
}

/* What the device counted beyond what was stamped. */
static void account(struct nw_link *l, const struct net_device *dev)
{
	s32 up = up_ahead(l, dev), down = down_ahead(l, dev);

	if (up < 0) {
		l->unstamped_new -= up;
		l->up_seen -= up;
	}
	if (down < 0) {
		l->unstamped_new -= down;
		l->down_seen -= down;
	}
}

/* An edge was missed, and with it the beginning of what is now. */
static void resync(struct nw_link *l, u8 now)
{
	if (l->carrier == now)
		return;
	l->carrier = now;
	l->since = 0;
}

/*
 * Two CPUs may report the same edge: the first one stamped it and has neither
 * turned the bit nor counted yet.
 */
static bool is_twin(const struct nw_link *l, const struct net_device *dev,
		    u8 new)
{
	if (new == NW_CARRIER_PULSE || new != l->carrier)
		return false;
	return (new == NW_CARRIER_UP ? up_ahead(l, dev)
				     : down_ahead(l, dev)) > 0;
}

/* Context: l->lock is held; the counters include this edge. */
static void put_edge(struct nw_link *l, u8 old, u8 new, u8 cause, u64 mono)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = nw_link_record(l, NW_TYPE_CARRIER, cause, mono, &flags);
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
	bool pulse = new == NW_CARRIER_PULSE;
	bool lost = new == NW_CARRIER_DOWN || (pulse && old == NW_CARRIER_UP);

	put_edge(l, old, new, cause, mono);
	nw_story_step(&l->story, mono, old, new, cause);
	l->edges += pulse ? 2 : 1;
	l->since = mono;
	if (lost)
		nw_story_begin(&l->story, mono);
	if (lost && cause == NW_CAUSE_DRIVER)
		l->losses++;
	if (new == NW_CARRIER_UP || (pulse && lost))
		nw_story_end(&l->story, mono);
	if (!pulse)
		l->carrier = new;
}

/**
 * nw_link_edge_initial() - record the carrier a link has at load
 * @l: the link, locked
 */
void nw_link_edge_initial(struct nw_link *l)
{
	put_edge(l, NW_CARRIER_UNKNOWN, l->carrier, NW_CAUSE_INITIAL,
		 ktime_get_ns());
}

/* Context: l->lock is held. */
static void edge_locked(struct nw_link *l, const struct net_device *dev,
			u8 new, u64 mono)
{
	u8 old = nw_link_carrier(dev);

	account(l, dev);
	if (old == new || is_twin(l, dev, new))
		return;
	resync(l, old);
	l->up_seen += new != NW_CARRIER_DOWN;
	l->down_seen += new != NW_CARRIER_UP;
	/* Who waited for the lock must not come before who held it. */
	tell(l, old, new, nw_link_by_whom(), max(mono, l->since));
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
	struct nw_link *l;
	unsigned long flags;

	if (nw_link_carrier(dev) == new)
		return;
	rcu_read_lock();
	l = nw_link_find(dev);
	if (l) {
		raw_spin_lock_irqsave(&l->lock, flags);
		edge_locked(l, dev, new, mono);
		raw_spin_unlock_irqrestore(&l->lock, flags);
	}
	rcu_read_unlock();
}

/* Context: l->lock is held. */
static void check_locked(struct nw_link *l, const struct net_device *dev,
			 bool stamps)
{
	u8 now = nw_link_carrier(dev);

	if (stamps && now != l->carrier) {
		l->up_seen += now == NW_CARRIER_UP;
		l->down_seen += now == NW_CARRIER_DOWN;
		account(l, dev);
		tell(l, l->carrier, now, nw_link_by_whom(), ktime_get_ns());
		return;
	}
	account(l, dev);
	/* An edge under way has been stamped, and counts when it is through. */
	if (!up_ahead(l, dev) && !down_ahead(l, dev))
		resync(l, now);
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
	struct nw_link *l;
	unsigned long flags;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (l) {
		raw_spin_lock_irqsave(&l->lock, flags);
		check_locked(l, dev, stamps);
		raw_spin_unlock_irqrestore(&l->lock, flags);
	}
	rcu_read_unlock();
}
