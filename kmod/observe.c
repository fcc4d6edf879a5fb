// SPDX-License-Identifier: GPL-2.0
/*
 * The spine for neighbours: a hook saw the kernel's entry -> which tracked
 * neighbour is it -> lock it, read the entry, stamp -> what happened.
 *
 * This is the border: behind it nothing touches a struct neighbour.
 */
#include <linux/sched.h>
#include <linux/ktime.h>
#include <net/arp.h>
#include <net/ndisc.h>
#include <net/neighbour.h>
#include "compat.h"
#include "evidence.h"
#include "key.h"
#include "link.h"
#include "nascent.h"
#include "notify.h"
#include "observe.h"
#include "params.h"
#include "step.h"

/*
 * Packets to an unresolved neighbour, timers that only ask again, the ends of
 * calls whose announcement told all come here by the thousand: nothing changed,
 * nothing to do, before any lock.
 */
static bool is_settled(const struct nw_neigh *t, const struct neighbour *n,
		       enum nw_hook hook)
{
	u8 state = nw_view_state(n);

	if (hook == NW_HOOK_UPDATE_DONE) {
		if (nw_note_is_left(&t->note))
			return false;
	} else if (hook != NW_HOOK_SEND_DONE &&
		   (hook != NW_HOOK_TIMER || state == NUD_REACHABLE)) {
		return false;
	}
	return READ_ONCE(t->state) == state && !READ_ONCE(t->nascent) &&
	       !READ_ONCE(t->probe_once);
}

/* By the address of the kernel's entry. */
static __always_inline struct nw_neigh *find(const struct neighbour *n)
{
	return nw_track_find(n, n->dev->ifindex, n->tbl->family,
			     n->primary_key);
}

/* By name, where it is not known by address or not at all. */
static struct nw_neigh *track(const struct neighbour *n)
{
	struct nw_neigh *t = NULL;
	struct nw_key key;

	if (!nw_key_is_watched(n->tbl) ||
	    nw_key_is_group(n->tbl->family, n->primary_key))
		return NULL;
	rcu_read_lock();
	if (nw_key_make(&key, n->dev, n->tbl->family, n->primary_key))
		t = nw_track_get(&key);
	rcu_read_unlock();
	return t;
}

/*
 * Makes @t stand for @n. Return: false when @n is an incarnation that is over
 * or was never in the table.
 */
static bool rebind(struct nw_neigh *t, struct neighbour *n)
{
	if (nw_view_is_dead(n))
		return false;
	if (t->n && t->nascent && t->next == n) {
		/* Two CPUs created it at once, and the second one won. */
		t->n = NULL;
		nw_nud_create(t, n, t->next_born);
		t->next = NULL;
		return true;
	}
	/* Its creation was not seen. */
	nw_track_bind(t, n);
	WRITE_ONCE(t->nascent, false);
	t->born = false;
	WRITE_ONCE(t->watched, ktime_get_ns());
	t->dated = false;
	WRITE_ONCE(t->state, NW_NUD_UNKNOWN);
	return true;
}

/*
 * Why an entry is removed, where it was not deleted by name: its device's
 * entries are flushed, or it is garbage. Forced collection runs in whatever
 * context asks for an entry, but only above gc_thresh2 (neigh_alloc()).
 */
static u8 removal_cause(const struct neighbour *n)
{
	const struct neigh_table *tbl = n->tbl;
	u8 cause = nw_link_flush_cause(n->dev);

	if (cause != NW_CAUSE_UNKNOWN)
		return cause;
	if (in_task() && current->flags & PF_WQ_WORKER)
		return NW_CAUSE_GC;
	if (atomic_read(&tbl->gc_entries) + 1 >= READ_ONCE(tbl->gc_thresh2))
		return NW_CAUSE_GC;
	return nw_record_by_program() ? NW_CAUSE_ADMIN : NW_CAUSE_UNKNOWN;
}

/* Reads the entry, stamps, and finds out what happened. Context: @t is locked. */
static noinline void look(struct nw_neigh *t, enum nw_hook hook,
			  struct neighbour *n)
{
	struct nw_view view;
	u8 state = nw_view_read(&view, n);
	struct nw_obs obs = {
		.hook = hook,
		.state = state,
		.removal_cause = NW_CAUSE_UNKNOWN,
		.physical = n->dev->dev.parent,
		.context = nw_note_context(),
		.mono = ktime_get_ns(),
		.view = &view,
	};

	memcpy(t->dev, n->dev->name, sizeof(t->dev));
	if (hook == NW_HOOK_CLEANUP)
		obs.removal_cause = removal_cause(n);
	nw_nud_observe(t, &obs);
}

/*
 * The entry is as it is known, and not read: neigh_update() ended, or begins with
 * what changes nothing. Context: as for look().
 */
static noinline void confirm(struct nw_neigh *t, enum nw_hook hook,
			     const struct neighbour *n)
{
	const struct nw_obs obs = {
		.hook = hook,
		.state = t->state,
		.removal_cause = NW_CAUSE_UNKNOWN,
		.physical = n->dev->dev.parent,
		.context = nw_note_context(),
		.mono = ktime_get_ns(),
		.view = NULL,
	};

	memcpy(t->dev, n->dev->name, sizeof(t->dev));
	if (hook == NW_HOOK_UPDATE)
		nw_evidence_repeat(t, &obs, NUD_STALE);
	else
		nw_nud_end(t, &obs);
}

/*
 * A station that says again what is known of it: neigh_update() keeps a valid
 * state when it is asked for STALE with the same link-layer address. By far the
 * most packets are such. Context: @t is locked.
 */
static bool is_repeated(const struct nw_neigh *t, const struct neighbour *n,
			const u8 *lladdr, u8 new, u32 flags)
{
	const u32 harmless = NEIGH_UPDATE_F_OVERRIDE |
			     NEIGH_UPDATE_F_WEAK_OVERRIDE;
	u8 len = t->ll.len[NW_LLADDR_NOW];

	return new == NUD_STALE && !(flags & ~harmless) && lladdr && len &&
	       t->state & (NUD_REACHABLE | NUD_STALE | NUD_DELAY) &&
	       t->state == nw_view_state(n) && !t->note.context && !t->nascent &&
	       nw_lladdr_same(lladdr, nw_lladdr_get(&t->ll, NW_LLADDR_NOW), len);
}

/*
 * What neigh_update() finds. Link-layer address and flags are changed by other
 * calls of it alone, which tell of it themselves: the state says whether there
 * is anything to see. Context: @t is locked and has the note.
 */
static void look_before(struct nw_neigh *t, struct neighbour *n)
{
	if (t->state != nw_view_state(n) || t->nascent ||
	    READ_ONCE(t->probe_once)) {
		look(t, NW_HOOK_UPDATE, n);
		t->note.flags &= ~(NW_NOTE_MOVED | NW_NOTE_STORED |
				   NW_NOTE_FLAGGED);
	}
	t->note.state = t->state;
}

/* What a new state entails that is not done inside the lock. */
static __always_inline void follow(struct nw_neigh *t, const struct neighbour *n)
{
	u8 state = READ_ONCE(t->state);

	nw_track_classify(t);
	if (state & (NUD_INCOMPLETE | NUD_REACHABLE | NUD_PROBE) &&
	    state < NW_NUD_UNKNOWN)
		nw_params_tell(n);
}

/*
 * Bottom halves off, unless they are: where packets come from they always are.
 * Return: whether they were on.
 */
static bool enter(void)
{
	bool on = !softirq_count();

	if (on)
		local_bh_disable();
	return on;
}

static void leave(bool on)
{
	if (on)
		local_bh_enable();
}

/* More than a look without a lock. Context: under RCU. */
static noinline void observe(struct nw_neigh *t, enum nw_hook hook,
			     struct neighbour *n)
{
	bool on;
	u8 state;

	if (unlikely(!t))
		t = track(n);
	if (!t)
		return;
	on = enter();
	spin_lock(&t->lock);
	state = t->state;
	if (hook == NW_HOOK_UPDATE_DONE && nw_view_is_known(t, n))
		confirm(t, hook, n);
	else if (likely(t->n == n) || rebind(t, n))
		look(t, hook, n);
	spin_unlock(&t->lock);
	if (READ_ONCE(t->state) != state)
		follow(t, n);
	leave(on);
}

/**
 * nw_observe_neigh() - a hook saw a neighbour
 * @hook: which one; not %NW_HOOK_UPDATE
 * @n: the kernel's entry; alive at least by RCU
 *
 * Context: softirq, or task, preemptible or not; @n->lock is free, @n->tbl->lock
 * may be held. Never sleeps; allocates one tracked neighbour at most.
 */
void nw_observe_neigh(enum nw_hook hook, struct neighbour *n)
{
	struct nw_neigh *t;

	/* A reader of RCU, and two instructions. */
	rcu_read_lock_sched();
	t = find(n);
	if (unlikely(!t) || !is_settled(t, n, hook))
		observe(t, hook, n);
	rcu_read_unlock_sched();
}

/**
 * nw_observe_update() - neigh_update() begins
 * @n: the kernel's entry
 * @lladdr: link-layer address offered, NULL when none
 * @new: NUD_*
 * @flags: NEIGH_UPDATE_F_*
 * @portid: netlink port id, 0 when none
 *
 * Context: as for nw_observe_neigh().
 */
void nw_observe_update(struct neighbour *n, const u8 *lladdr, u8 new, u32 flags,
		       u32 portid)
{
	bool on = enter();
	struct nw_neigh *t;
	u8 state;

	t = find(n);
	if (unlikely(!t))
		t = track(n);
	if (!t)
		goto out;
	spin_lock(&t->lock);
	state = t->state;
	if (unlikely(t->n != n) && !rebind(t, n))
		goto unlock;
	if (is_repeated(t, n, lladdr, new, flags)) {
		if (!nw_evidence_hear(t, ktime_get_ns()))
			confirm(t, NW_HOOK_UPDATE, n);
	} else {
		nw_note_open(&t->note, lladdr, new, flags, portid);
		look_before(t, n);
	}
unlock:
	spin_unlock(&t->lock);
	if (unlikely(READ_ONCE(t->state) != state))
		follow(t, n);
out:
	leave(on);
}

/**
 * nw_observe_create() - the kernel allocated an entry, or had no room for it
 * @tbl: its table
 * @dev: its device
 * @key: its address
 * @n: the entry, NULL when the table is full; nothing in it is set yet
 *
 * Context: any but hardirq; for each packet when the table is full.
 */
void nw_observe_create(struct neigh_table *tbl, struct net_device *dev,
		       const void *key, const struct neighbour *n)
{
	struct nw_key name;
	struct nw_neigh *t;

	if (!dev || !nw_key_is_watched(tbl))
		return;
	key = nw_key_real(tbl, dev, key);
	rcu_read_lock();
	if (!nw_key_make(&name, dev, tbl->family, key))
		goto out;
	if (!n || nw_key_is_group(tbl->family, key)) {
		nw_netns_count(name.ns, n ? NW_COUNT_MULTICAST_SKIPPED
					  : NW_COUNT_OVERFLOWS);
		goto out;
	}
	t = nw_track_get(&name);
	if (!t)
		goto out;
	spin_lock_bh(&t->lock);
	memcpy(t->dev, dev->name, sizeof(t->dev));
	nw_nud_create(t, n, ktime_get_ns());
	spin_unlock_bh(&t->lock);
	nw_nascent_add(t);
	nw_notify_kick(name.ns);
out:
	rcu_read_unlock();
}

/**
 * nw_observe_probe_once() - __neigh_set_probe_once() begins
 * @n: the kernel's entry, its lock held for writing
 *
 * Our own lock must not be taken here; the stamp waits for the next hook or
 * the worker.
 */
void nw_observe_probe_once(struct neighbour *n)
{
	struct nw_neigh *t;

	if (n->nud_state != NUD_FAILED || n->dead)
		return;
	rcu_read_lock();
	t = find(n);
	if (t) {
		WRITE_ONCE(t->probe_once, ktime_get_ns());
		nw_nascent_add(t);
		nw_notify_kick(t->key.ns);
	}
	rcu_read_unlock();
}

static struct neigh_table *table_of(u32 family)
{
	return family == AF_INET ? &arp_tbl : nw_nd_tbl();
}

/**
 * nw_observe_check() - look a neighbour up in the kernel's table
 * @t: the neighbour, not locked
 * @fresh: it was created just now: whoever did that may not be done yet, and
 *	his next hook knows the cause
 *
 * Context: the worker of its namespace, under rcu_read_lock().
 * Return: false when the entry is not in its table, or not seen yet.
 */
bool nw_observe_check(struct nw_neigh *t, bool fresh)
{
	struct net_device *dev;
	struct neighbour *n = NULL;

	/* Which flavour of RCU the table asks for depends on the kernel. */
	rcu_read_lock_bh();
	dev = dev_get_by_index_rcu(t->key.ns->net, t->key.ifindex);
	if (dev)
		n = __neigh_lookup_noref(table_of(t->key.family), t->key.addr,
					 dev);
	if (n && fresh && nw_view_state(n) == NUD_NONE)
		n = NULL;
	if (n)
		nw_observe_neigh(NW_HOOK_CHECK, n);
	rcu_read_unlock_bh();
	return n;
}
