// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbours the worker looks at: new ones whose insertion was not seen, since
 * entries that need no resolution pass no other hook, and those that IPv6 began
 * to probe while a lock was held that forbids to take ours.
 */
#include <linux/ktime.h>
#include <linux/list.h>
#include "nascent.h"
#include "observe.h"

/* A new entry not found in its table for so long never came to be there. */
#define NASCENT_NS	NSEC_PER_SEC
/* For so long its creator may take to the next hook: a CPU may lose its host's. */
#define FRESH_NS	(100 * NSEC_PER_MSEC)
/* Neighbours looked at in one go of the worker. */
#define NASCENT_BATCH	64

/**
 * nw_nascent_add() - have the worker look at a neighbour
 * @t: the neighbour
 *
 * Context: any but NMI, under rcu_read_lock(); kprobes included.
 */
void nw_nascent_add(struct nw_neigh *t)
{
	struct nw_ns *ns = t->key.ns;
	unsigned long flags;

	raw_spin_lock_irqsave(&ns->nascent_lock, flags);
	/* Who gives it up says so first, and takes it off the list then. */
	if (!READ_ONCE(t->evicted) && list_empty(&t->nascent_node))
		list_add_tail(&t->nascent_node, &ns->nascent);
	raw_spin_unlock_irqrestore(&ns->nascent_lock, flags);
}

/**
 * nw_nascent_remove() - take a neighbour off the worker's list for good
 * @t: the neighbour, given up
 */
void nw_nascent_remove(struct nw_neigh *t)
{
	struct nw_ns *ns = t->key.ns;
	unsigned long flags;

	raw_spin_lock_irqsave(&ns->nascent_lock, flags);
	list_del_init(&t->nascent_node);
	raw_spin_unlock_irqrestore(&ns->nascent_lock, flags);
}

/* Context: under rcu_read_lock(). */
static struct nw_neigh *next(struct nw_ns *ns)
{
	struct nw_neigh *t;
	unsigned long flags;

	raw_spin_lock_irqsave(&ns->nascent_lock, flags);
	t = list_first_entry_or_null(&ns->nascent, struct nw_neigh,
				     nascent_node);
	if (t)
		list_del_init(&t->nascent_node);
	raw_spin_unlock_irqrestore(&ns->nascent_lock, flags);
	return t;
}

/* It was created and never inserted: a device going down, a lost race. */
static void give_up(struct nw_neigh *t)
{
	bool fresh;

	spin_lock_bh(&t->lock);
	if (!t->nascent) {
		spin_unlock_bh(&t->lock);
		return;
	}
	WRITE_ONCE(t->nascent, false);
	t->next = NULL;
	nw_track_bind(t, NULL);
	fresh = !t->story.steps;
	spin_unlock_bh(&t->lock);
	nw_netns_count(t->key.ns, NW_COUNT_CREATE_FAILED);
	if (fresh)
		nw_track_forget(t);
}

/* Return: true when it is to be looked at again. */
static bool look(struct nw_neigh *t, u64 now)
{
	u64 age = now - min(now, READ_ONCE(t->watched));

	if (!READ_ONCE(t->nascent) && !READ_ONCE(t->probe_once))
		return false;
	if (nw_observe_check(t, age < FRESH_NS))
		return false;
	if (age < NASCENT_NS)
		return true;
	give_up(t);
	return false;
}

/**
 * nw_nascent_look() - look at the neighbours on the list
 * @ns: the namespace
 *
 * Context: the namespace's worker.
 * Return: true when some are to be looked at again later.
 */
bool nw_nascent_look(struct nw_ns *ns)
{
	struct nw_neigh *t, *again = NULL;
	u64 now = ktime_get_ns();
	unsigned int n;

	rcu_read_lock();
	for (n = 0; n < NASCENT_BATCH; n++) {
		t = next(ns);
		if (!t)
			break;
		if (t == again) {
			nw_nascent_add(t);
			break;
		}
		if (!look(t, now))
			continue;
		nw_nascent_add(t);
		again = again ?: t;
	}
	rcu_read_unlock();
	return again || n == NASCENT_BATCH;
}
