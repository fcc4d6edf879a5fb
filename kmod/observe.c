// SPDX-License-Identifier: GPL-2.0
/*
 * The spine for neighbours: a hook saw the kernel's entry -> which tracked
 * neighbour is it -> lock it, read the entry, stamp -> what happened.
 *
 * This is the border: behind it nothing touches a struct neighbour.
 */
#include <linux/inetdevice.h>
#include <linux/sched.h>
#include <linux/ktime.h>
#include <net/addrconf.h>
#include <net/arp.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/neighbour.h>
#include "compat.h"
#include "link.h"
#include "nascent.h"
#include "notify.h"
#include "observe.h"
#include "step.h"

static bool is_group(u32 family, const void *addr)
{
	if (family == AF_INET)
		return ipv4_is_multicast(*(const __be32 *)addr);
	return ipv6_addr_is_multicast(addr);
}

static bool is_watched(const struct neigh_table *tbl)
{
	return tbl->family == AF_INET || tbl->family == AF_INET6;
}

static bool make_key(struct nw_key *key, const struct net_device *dev,
		     u32 family, const void *addr)
{
	memset(key, 0, sizeof(*key));
	key->ns = nw_netns_of(dev_net(dev));
	key->ifindex = dev->ifindex;
	key->family = family;
	memcpy(key->addr, addr, nw_addr_len(family));
	return key->ns;
}

/*
 * Packets to an unresolved neighbour and timers that only ask again come here
 * by the thousand: nothing changed, nothing to do, before any lock.
 */
static bool is_settled(const struct nw_neigh *t, const struct neighbour *n,
		       enum nw_hook hook)
{
	u8 state = READ_ONCE(n->nud_state);

	if (hook != NW_HOOK_SEND_DONE && hook != NW_HOOK_TIMER)
		return false;
	if (hook == NW_HOOK_TIMER && state == NUD_REACHABLE)
		return false;
	return READ_ONCE(t->state) == state && !READ_ONCE(t->nascent) &&
	       !READ_ONCE(t->probe_once);
}

static struct nw_neigh *find(struct neighbour *n)
{
	struct nw_key key;

	if (is_group(n->tbl->family, n->primary_key) ||
	    !make_key(&key, n->dev, n->tbl->family, n->primary_key))
		return NULL;
	return nw_track_get(&key);
}

static u8 ntf_flags(const struct neighbour *n)
{
	u8 flags = 0;

	if (n->flags & NTF_ROUTER)
		flags |= NW_F_ROUTER;
	if (n->flags & NTF_EXT_LEARNED)
		flags |= NW_F_EXT_LEARNED;
#ifdef NTF_EXT_MANAGED
	if (n->flags & NTF_MANAGED)
		flags |= NW_F_MANAGED;
#endif
	return flags;
}

static u32 age_ms(unsigned long then)
{
	return min_t(u64, jiffies64_to_msecs(jiffies - then), NW_MS_UNKNOWN);
}

/* Inside the neighbour's lock: bottom halves, where the timer is, are off. */
static void read_entry(struct nw_view *view, struct neighbour *n)
{
	read_lock(&n->lock);
	view->state = n->nud_state;
	view->dead = n->dead;
	view->ntf_flags = ntf_flags(n);
	view->probes = atomic_read(&n->probes);
	view->ucast_probes = NEIGH_VAR(n->parms, UCAST_PROBES);
	view->queued = n->arp_queue_len_bytes;
	view->confirmed_ms = age_ms(n->confirmed);
	view->used_ms = age_ms(n->used);
	view->ll_len = 0;
	if (view->state & NUD_VALID) {
		view->ll_len = min_t(u8, n->dev->addr_len, NW_LLADDR_MAX);
		memcpy(view->lladdr, n->ha, view->ll_len);
	}
	read_unlock(&n->lock);
}

static bool same_lladdr(const struct nw_neigh *t, const struct neighbour *n)
{
	u8 len = min_t(u8, n->dev->addr_len, NW_LLADDR_MAX);
	unsigned int seq;
	bool same;

	if (t->ll_len != len)
		return false;
	do {
		seq = read_seqbegin(&n->ha_lock);
		same = nw_same_lladdr(t->lladdr, n->ha, len);
	} while (read_seqretry(&n->ha_lock, seq));
	return same;
}

/*
 * Every neigh_update() begins with a look at the entry and ends with one, and
 * most of them see what is known. Return: true when @n has nothing to tell but
 * that a neigh_update() began or ended; its lock was not needed to see that.
 */
static bool is_known(const struct nw_neigh *t, const struct neighbour *n)
{
	u8 state = READ_ONCE(n->nud_state);

	if (t->n != n || t->state != state || t->nascent || READ_ONCE(n->dead) ||
	    READ_ONCE(t->probe_once) || t->ntf_flags != ntf_flags(n))
		return false;
	return !(state & NUD_VALID) || same_lladdr(t, n);
}

/*
 * Makes @t stand for @n. Return: false when @n is an incarnation that is over
 * or was never in the table.
 */
static bool bind(struct nw_neigh *t, struct neighbour *n)
{
	if (t->n == n)
		return true;
	if (READ_ONCE(n->dead))
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
	t->nascent = false;
	t->born = 0;
	t->watched = ktime_get_ns();
	t->since = 0;
	t->state = NW_NUD_UNKNOWN;
	return true;
}

static void leave_note(struct nw_neigh *t, const struct nw_request *req)
{
	t->note.task = current;
	t->note.level = nw_step_level();
	t->note.flags = req->flags;
	t->note.portid = req->portid;
	t->note.new = req->new;
	t->note.lladdr = req->lladdr;
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

static void observe_locked(struct nw_neigh *t, enum nw_hook hook,
			   struct neighbour *n, const struct nw_request *req)
{
	struct nw_obs obs;

	if (req && is_known(t, n)) {
		leave_note(t, req);
		nw_nud_begin(t);
		return;
	}
	if (!bind(t, n))
		return;
	obs.hook = hook;
	obs.removal_cause = NW_CAUSE_UNKNOWN;
	memcpy(t->dev, n->dev->name, sizeof(t->dev));
	if (req)
		leave_note(t, req);
	if (hook == NW_HOOK_UPDATE_DONE && is_known(t, n)) {
		obs.mono = ktime_get_ns();
		obs.view.state = t->state;
		obs.physical = n->dev->dev.parent;
		nw_nud_end(t, &obs);
		return;
	}
	read_entry(&obs.view, n);
	obs.mono = ktime_get_ns();
	obs.physical = n->dev->dev.parent;
	if (hook == NW_HOOK_CLEANUP)
		obs.removal_cause = removal_cause(n);
	nw_nud_observe(t, &obs);
}

/* Under rcu_read_lock(). */
static bool is_forwarding(const struct net_device *dev, u8 family)
{
	struct in_device *v4;
	const struct inet6_dev *v6;

	if (family == AF_INET) {
		v4 = __in_dev_get_rcu(dev);
		return v4 && IN_DEV_FORWARD(v4);
	}
	v6 = __in6_dev_get(dev);
	return v6 && READ_ONCE(v6->cnf.forwarding);
}

/* The sysctls in force are part of the story when an entry gets into trouble. */
static void note_params(const struct nw_neigh *t, const struct neighbour *n)
{
	struct nw_params p = {
		.base_reachable_ms =
			jiffies_to_msecs(NEIGH_VAR(n->parms, BASE_REACHABLE_TIME)),
		.retrans_ms = jiffies_to_msecs(NEIGH_VAR(n->parms, RETRANS_TIME)),
		.delay_probe_ms =
			jiffies_to_msecs(NEIGH_VAR(n->parms, DELAY_PROBE_TIME)),
		.gc_stale_ms = jiffies_to_msecs(NEIGH_VAR(n->parms, GC_STALETIME)),
		.locktime_ms = jiffies_to_msecs(NEIGH_VAR(n->parms, LOCKTIME)),
		.ucast_probes = NEIGH_VAR(n->parms, UCAST_PROBES),
		.app_probes = NEIGH_VAR(n->parms, APP_PROBES),
		.mcast_probes = NEIGH_VAR(n->parms, MCAST_PROBES),
		.mcast_reprobes = NEIGH_VAR(n->parms, MCAST_REPROBES),
		.forwarding = is_forwarding(n->dev, t->key.family),
	};

	nw_link_params(n->dev, t->key.family, &p);
}

/**
 * nw_observe_neigh() - a hook saw a neighbour
 * @hook: which one
 * @n: the kernel's entry; alive at least by RCU
 * @req: with %NW_HOOK_UPDATE, what was asked for
 *
 * Context: softirq, or task, preemptible or not; @n->lock is free, @n->tbl->lock
 * may be held. Never sleeps; allocates one tracked neighbour at most.
 */
void nw_observe_neigh(enum nw_hook hook, struct neighbour *n,
		      const struct nw_request *req)
{
	struct nw_neigh *t;
	u8 state;

	if (!is_watched(n->tbl))
		return;
	rcu_read_lock();
	t = nw_track_find(n, n->dev->ifindex, n->tbl->family, n->primary_key);
	if (t && is_settled(t, n, hook))
		goto out;
	if (!t)
		t = find(n);
	if (!t)
		goto out;
	state = READ_ONCE(t->state);
	spin_lock_bh(&t->lock);
	observe_locked(t, hook, n, req);
	spin_unlock_bh(&t->lock);
	if (READ_ONCE(t->state) == state)
		goto out;
	nw_track_classify(t);
	if (READ_ONCE(t->state) & (NUD_INCOMPLETE | NUD_REACHABLE | NUD_PROBE) &&
	    READ_ONCE(t->state) < NW_NUD_UNKNOWN)
		note_params(t, n);
out:
	rcu_read_unlock();
}

/*
 * On loopback and point-to-point devices IPv4 has one entry for all addresses;
 * its constructor renames it (arp_constructor(), net/ipv4/arp.c).
 */
static const void *real_key(const struct neigh_table *tbl,
			    const struct net_device *dev, const void *key)
{
	static const __be32 any = htonl(INADDR_ANY);

	if (tbl->family == AF_INET &&
	    dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT))
		return &any;
	return key;
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

	if (!dev || !is_watched(tbl))
		return;
	key = real_key(tbl, dev, key);
	rcu_read_lock();
	if (!make_key(&name, dev, tbl->family, key))
		goto out;
	if (!n || is_group(tbl->family, key)) {
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

	if (!is_watched(n->tbl) || n->nud_state != NUD_FAILED || n->dead)
		return;
	rcu_read_lock();
	t = nw_track_find(n, n->dev->ifindex, n->tbl->family, n->primary_key);
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
 *
 * Context: the worker of its namespace, under rcu_read_lock().
 * Return: false when the entry is not in its table.
 */
bool nw_observe_check(struct nw_neigh *t)
{
	struct net_device *dev;
	struct neighbour *n = NULL;

	/* Which flavour of RCU the table asks for depends on the kernel. */
	rcu_read_lock_bh();
	dev = dev_get_by_index_rcu(t->key.ns->net, t->key.ifindex);
	if (dev)
		n = __neigh_lookup_noref(table_of(t->key.family), t->key.addr,
					 dev);
	if (n)
		nw_observe_neigh(NW_HOOK_CHECK, n, NULL);
	rcu_read_unlock_bh();
	return n;
}
