// SPDX-License-Identifier: GPL-2.0
/*
 * One struct nw_ns for each network namespace. It outlives the namespace: the
 * histories of the last ones that went stay readable from the initial one.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include "budget.h"
#include "compat.h"
#include "hook_route.h"
#include "link.h"
#include "netns.h"
#include "nexthop.h"
#include "notify.h"
#include "track.h"

struct pernet {
	struct nw_ns __rcu *ns;
};

static unsigned int pernet_id;
/* Protects the list of namespaces, the count of dead ones and the budgets. */
static DEFINE_MUTEX(list_lock);
static LIST_HEAD(list);
/* Namespaces on their way out; pernet callbacks exclude each other. */
static LIST_HEAD(leaving);
static unsigned int dead_count;
static unsigned int dead_count_userns;
/* pernet_id is valid; hooks need not ask, they are gone before it is not. */
static bool entered;

/**
 * nw_netns_of() - what is kept of a network namespace
 * @net: the namespace
 *
 * Context: any but NMI, under rcu_read_lock().
 * Return: NULL when it is going away.
 */
struct nw_ns *nw_netns_of(const struct net *net)
{
	struct pernet *pn = net_generic(net, pernet_id);

	return pn ? rcu_dereference(pn->ns) : NULL;
}

/**
 * nw_netns_cookie() - the cookie of a network namespace
 * @net: the namespace
 *
 * Return: 0, which is none, when it is going away.
 */
u64 nw_netns_cookie(const struct net *net)
{
	struct nw_ns *ns;
	u64 cookie;

	rcu_read_lock();
	ns = READ_ONCE(entered) ? nw_netns_of(net) : NULL;
	cookie = ns ? ns->cookie : 0;
	rcu_read_unlock();
	return cookie;
}

/**
 * nw_netns_next() - walk all namespaces, the dead ones included
 * @cookie: the cookie of the one before, 0 for the first
 *
 * A walk goes by cookies, so it survives namespaces that come and go.
 *
 * Context: process, may sleep.
 * Return: the namespace with the next cookie, to be given back with
 * nw_netns_put(), or NULL at the end.
 */
struct nw_ns *nw_netns_next(u64 cookie)
{
	struct nw_ns *ns, *best = NULL;

	mutex_lock(&list_lock);
	list_for_each_entry(ns, &list, node)
		if (ns->cookie > cookie && (!best || ns->cookie < best->cookie))
			best = ns;
	if (best)
		kref_get(&best->ref);
	mutex_unlock(&list_lock);
	return best;
}

/**
 * nw_netns_get() - find a namespace by its cookie
 * @cookie: the cookie
 *
 * Context: process, may sleep.
 * Return: the namespace, to be given back with nw_netns_put(), or NULL.
 */
struct nw_ns *nw_netns_get(u64 cookie)
{
	struct nw_ns *ns = nw_netns_next(cookie - 1);

	if (ns && ns->cookie != cookie) {
		nw_netns_put(ns);
		ns = NULL;
	}
	return ns;
}

static void free_rcu_cb(struct rcu_head *rcu)
{
	struct nw_ns *ns = container_of(rcu, struct nw_ns, rcu);

	nw_ring_fini(&ns->ring);
	kfree(ns);
}

static void release(struct kref *ref)
{
	call_rcu(&container_of(ref, struct nw_ns, ref)->rcu, free_rcu_cb);
}

void nw_netns_put(struct nw_ns *ns)
{
	kref_put(&ns->ref, release);
}

/* The sum over all namespaces, for dumps of all of them. */
static atomic_t generation;

/**
 * nw_netns_changed() - something left or joined what dumps walk through
 * @ns: where
 *
 * Context: any.
 */
void nw_netns_changed(struct nw_ns *ns)
{
	atomic_inc(&ns->generation);
	atomic_inc(&generation);
}

/**
 * nw_netns_generation() - a number that tells whether a dump saw one state
 * @ns: the namespace dumped, NULL for all; a reader of one must not learn from
 *	it what happens in others
 */
u32 nw_netns_generation(const struct nw_ns *ns)
{
	return atomic_read(ns ? &ns->generation : &generation);
}

/**
 * nw_netns_lose() - count an observation that could not be kept
 * @ns: where it was made
 * @where: what failed
 *
 * The worker makes a record of it, so that the loss shows in the history.
 *
 * Context: any but NMI.
 */
void nw_netns_lose(struct nw_ns *ns, enum nw_where where)
{
	nw_netns_count(ns, (enum nw_count)where);
	nw_notify_kick(ns);
}

/*
 * The dead namespace to be forgotten first, of those that hold @budget at
 * least: the oldest one, or that of unprivileged users, who must not push out
 * the histories of others.
 */
static struct nw_ns *oldest_dead(bool unprivileged, u32 budget)
{
	struct nw_ns *ns;

	lockdep_assert_held(&list_lock);
	list_for_each_entry(ns, &list, node)
		if (ns->dead && (ns->unprivileged || !unprivileged) &&
		    ns->ring_budget >= budget)
			return ns;
	return NULL;
}

static void forget(struct nw_ns *ns)
{
	lockdep_assert_held(&list_lock);
	dead_count--;
	dead_count_userns -= ns->unprivileged;
	list_del(&ns->node);
	nw_budget_give(ns);
	nw_netns_put(ns);
}

/*
 * Takes records from the caps: the living go before the dead. Where that is
 * not enough the namespace stays with its staging area.
 */
static bool budget_take(struct nw_ns *ns, u32 size)
{
	struct nw_ns *dead;
	bool ok;

	if (ns->initial)
		return true;
	mutex_lock(&list_lock);
	while (!(ok = nw_budget_fits(ns, size))) {
		dead = oldest_dead(ns->unprivileged, 1);
		if (!dead)
			break;
		forget(dead);
	}
	if (ok)
		nw_budget_take(ns, size);
	mutex_unlock(&list_lock);
	return ok;
}

/**
 * nw_netns_grow() - give a namespace its real ring, once
 * @ns: the namespace
 *
 * Context: process, may sleep; @ns->work alone, or before hooks are on.
 * Return: true when there was no memory: to be tried again.
 */
bool nw_netns_grow(struct nw_ns *ns)
{
	u32 size = ns->initial ? nw_limits.ring_size
			       : nw_limits.ring_size_other;

	if (ns->ring_grown)
		return false;
	if (ns->ring_tried && time_before(jiffies, ns->ring_tried + HZ))
		return true;
	if (size > NW_RING_STAGING && budget_take(ns, size) &&
	    nw_ring_grow(&ns->ring, size)) {
		mutex_lock(&list_lock);
		nw_budget_give(ns);
		mutex_unlock(&list_lock);
		ns->ring_tried = jiffies | 1;
		return true;
	}
	ns->ring_grown = true;
	return false;
}

static struct nw_ns *ns_alloc(struct net *net)
{
	struct nw_ns *ns = kzalloc(sizeof(*ns), GFP_KERNEL);
	int i;

	if (!ns)
		return NULL;
	kref_init(&ns->ref);
	ns->net = net;
	ns->cookie = nw_net_cookie(net);
	ns->ino = net->ns.inum;
	ns->initial = net_eq(net, &init_net);
	ns->unprivileged = net->user_ns != &init_user_ns;
	nw_ring_init(&ns->ring);
	ns->sent = 1;
	nw_notify_setup(ns);
	spin_lock_init(&ns->neigh_lock);
	for (i = 0; i < __NW_CLASS_MAX; i++)
		INIT_LIST_HEAD(&ns->neighs[i]);
	raw_spin_lock_init(&ns->nascent_lock);
	INIT_LIST_HEAD(&ns->nascent);
	ns->neigh_max = ns->initial ? nw_limits.neighbours
				    : nw_limits.neighbours_other;
	raw_spin_lock_init(&ns->link_lock);
	INIT_LIST_HEAD(&ns->links);
	INIT_LIST_HEAD(&ns->routes);
	INIT_LIST_HEAD(&ns->hops);
	return ns;
}

static int __net_init enter(struct net *net)
{
	struct pernet *pn = net_generic(net, pernet_id);
	struct nw_ns *ns = ns_alloc(net);

	if (!ns)
		return -ENOMEM;
	if (ns->initial)
		nw_netns_grow(ns);
	rcu_assign_pointer(pn->ns, ns);
	mutex_lock(&list_lock);
	list_add_tail(&ns->node, &list);
	mutex_unlock(&list_lock);
	nw_hook_route_enter(ns);
	return 0;
}

/*
 * Forgets the oldest dead namespaces above the limit, first those of
 * unprivileged users beyond a quarter. Context: list_lock is held.
 */
static void trim_dead(unsigned int limit)
{
	while (dead_count > limit)
		forget(oldest_dead(dead_count_userns > limit / 4, 0));
}

static void bury(struct nw_ns *ns)
{
	nw_notify_stop(ns);
	nw_hook_route_leave(ns);
	nw_link_drop(ns);
	nw_track_drop(ns);
	nw_nexthop_leave(ns);

	mutex_lock(&list_lock);
	ns->net = NULL;
	ns->dead = true;
	WRITE_ONCE(ns->gone, ktime_get_ns());
	dead_count++;
	dead_count_userns += ns->unprivileged;
	list_move_tail(&ns->node, &list);
	trim_dead(nw_limits.dead_namespaces);
	mutex_unlock(&list_lock);
}

/* The devices are gone by now, and so are the neighbours: all was recorded. */
static void __net_exit leave(struct list_head *nets)
{
	struct pernet *pn;
	struct nw_ns *ns;
	struct net *net;

	list_for_each_entry(net, nets, exit_list) {
		pn = net_generic(net, pernet_id);
		ns = rcu_dereference_protected(pn->ns, 1);
		nw_hook_route_leave(ns);
		RCU_INIT_POINTER(pn->ns, NULL);
		list_add_tail(&ns->burial, &leaving);
	}
	synchronize_rcu();
	while ((ns = list_first_entry_or_null(&leaving, struct nw_ns, burial))) {
		list_del(&ns->burial);
		bury(ns);
	}
}

static struct pernet_operations pernet_ops = {
	.init = enter,
	.exit_batch = leave,
	.id = &pernet_id,
	.size = sizeof(struct pernet),
};

static void forget_dead(void)
{
	mutex_lock(&list_lock);
	trim_dead(0);
	mutex_unlock(&list_lock);
}

/**
 * nw_netns_init() - enter all namespaces
 *
 * Context: process, may sleep; nothing is observed yet.
 * Return: 0, or -ENOMEM and none is entered.
 */
int nw_netns_init(void)
{
	int err = register_pernet_subsys(&pernet_ops);

	/* Those entered before one failed were left again. */
	if (err)
		forget_dead();
	else
		WRITE_ONCE(entered, true);
	return err;
}

/**
 * nw_netns_close() - requests find no namespace from now on
 *
 * They may come until the family is gone, and that goes last.
 *
 * Context: process, may sleep.
 */
void nw_netns_close(void)
{
	WRITE_ONCE(entered, false);
	synchronize_rcu();
}

/* Context: no hook runs any more. */
void nw_netns_fini(void)
{
	unregister_pernet_subsys(&pernet_ops);
	forget_dead();
}
