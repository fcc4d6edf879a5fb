// SPDX-License-Identifier: GPL-2.0
/*
 * The tracked neighbours: found by the address of the kernel's entry on the
 * packet path, by their name otherwise; bounded, and who is given up when the
 * bound is reached.
 */
#include <linux/mm.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include "nascent.h"
#include "nexthop.h"
#include "track.h"

/* Neighbours given up in one go, bottom halves off. */
#define DROP_BATCH	64

static const struct rhashtable_params params = {
	.key_len = sizeof(struct nw_key),
	.key_offset = offsetof(struct nw_neigh, key),
	.head_offset = offsetof(struct nw_neigh, hash),
	.automatic_shrinking = true,
};

static struct rhashtable by_key;
static struct kmem_cache *cache;

struct nw_track_table nw_track_by_ptr __read_mostly;
/* Protects its chains; inside a neighbour's lock. */
static DEFINE_SPINLOCK(by_ptr_lock);

/* Neighbours tracked outside the initial namespace, and their limit. */
static atomic_t others;

/**
 * nw_track_lookup() - look a neighbour up by its name
 * @key: its name
 *
 * Context: under rcu_read_lock().
 */
struct nw_neigh *nw_track_lookup(const struct nw_key *key)
{
	return rhashtable_lookup(&by_key, key, params);
}

static void unhash_ptr(struct nw_neigh *t)
{
	spin_lock_bh(&by_ptr_lock);
	hlist_del_init_rcu(&t->by_ptr);
	spin_unlock_bh(&by_ptr_lock);
}

/**
 * nw_track_bind() - tell which entry of the kernel a neighbour is now
 * @t: the neighbour, locked
 * @n: the entry, NULL when it is gone
 */
void nw_track_bind(struct nw_neigh *t, const void *n)
{
	spin_lock_bh(&by_ptr_lock);
	hlist_del_init_rcu(&t->by_ptr);
	WRITE_ONCE(t->n, n);
	t->fail_known = false;
	if (n && !t->evicted)
		hlist_add_head_rcu(&t->by_ptr, nw_track_chain(n));
	spin_unlock_bh(&by_ptr_lock);
}

static void free_rcu_cb(struct rcu_head *rcu)
{
	struct nw_neigh *t = container_of(rcu, struct nw_neigh, rcu);

	nw_lladdr_free(&t->ll);
	kmem_cache_free(cache, t);
}

static void unlink_locked(struct nw_neigh *t)
{
	struct nw_ns *ns = t->key.ns;

	lockdep_assert_held(&ns->neigh_lock);
	WRITE_ONCE(t->evicted, true);
	list_del(&t->lru);
	nw_nascent_remove(t);
	rhashtable_remove_fast(&by_key, &t->hash, params);
	unhash_ptr(t);
	ns->neigh_count--;
	if (!ns->initial)
		atomic_dec(&others);
	nw_netns_changed(ns);
	call_rcu(&t->rcu, free_rcu_cb);
}

/* Gives up the least telling neighbour. Context: ns->neigh_lock is held. */
static bool evict_one(struct nw_ns *ns)
{
	static const enum nw_count counts[] = {
		[NW_CLASS_FAILED]	= NW_COUNT_EVICTED_FAILED,
		[NW_CLASS_UNPROVEN]	= NW_COUNT_EVICTED_UNPROVEN,
		[NW_CLASS_GONE]		= NW_COUNT_EVICTED_GONE,
	};
	struct nw_neigh *t;
	int class;

	for (class = 0; class < NW_CLASS_PROVEN; class++) {
		t = list_first_entry_or_null(&ns->neighs[class],
					     struct nw_neigh, lru);
		if (!t)
			continue;
		nw_netns_count(ns, counts[class]);
		unlink_locked(t);
		return true;
	}
	return false;
}

static bool make_room(struct nw_ns *ns)
{
	bool full = ns->neigh_count >= ns->neigh_max;

	if (!ns->initial && atomic_read(&others) >= nw_limits.neighbours_total)
		full = true;
	return !full || evict_one(ns);
}

static struct nw_neigh *alloc(const struct nw_key *key)
{
	struct nw_neigh *t = kmem_cache_zalloc(cache, GFP_ATOMIC | __GFP_NOWARN);

	if (!t)
		return NULL;
	t->key = *key;
	t->state = NW_NUD_UNKNOWN;
	t->class = NW_CLASS_UNPROVEN;
	spin_lock_init(&t->lock);
	INIT_HLIST_NODE(&t->by_ptr);
	INIT_LIST_HEAD(&t->nascent_node);
	return t;
}

static struct nw_neigh *insert(const struct nw_key *key)
{
	struct nw_ns *ns = key->ns;
	struct nw_neigh *t;

	lockdep_assert_held(&ns->neigh_lock);
	if (!make_room(ns)) {
		nw_netns_lose(ns, NW_WHERE_NEIGH_LIMIT);
		return NULL;
	}
	t = alloc(key);
	if (!t)
		goto err_lose;
	if (rhashtable_insert_fast(&by_key, &t->hash, params))
		goto err_free;
	list_add_tail(&t->lru, &ns->neighs[t->class]);
	ns->neigh_count++;
	if (!ns->initial)
		atomic_inc(&others);
	return t;

err_free:
	kmem_cache_free(cache, t);
err_lose:
	nw_netns_lose(ns, NW_WHERE_NEIGH_MEMORY);
	return NULL;
}

/**
 * nw_track_get() - look a neighbour up by its name, track it if it is new
 * @key: its name
 *
 * Context: under rcu_read_lock(); allocates from a cache, atomically.
 * Return: NULL when it cannot be tracked; that is counted.
 */
struct nw_neigh *nw_track_get(const struct nw_key *key)
{
	struct nw_neigh *t = nw_track_lookup(key), *fresh = NULL;

	if (t && !READ_ONCE(t->evicted))
		return t;
	spin_lock_bh(&key->ns->neigh_lock);
	t = nw_track_lookup(key);
	if (!t)
		fresh = insert(key);
	spin_unlock_bh(&key->ns->neigh_lock);
	if (fresh)
		nw_nexthop_tell(key);
	return t ?: fresh;
}

/**
 * nw_track_reclassify() - the list a neighbour is in is not that of its state
 * @t: the neighbour, not locked
 *
 * Context: any but hardirq, under RCU.
 */
void nw_track_reclassify(struct nw_neigh *t)
{
	struct nw_ns *ns = t->key.ns;
	u8 class;

	spin_lock_bh(&ns->neigh_lock);
	class = nw_track_class(t);
	if (!t->evicted && class != t->class) {
		WRITE_ONCE(t->class, class);
		list_move_tail(&t->lru, &ns->neighs[class]);
	}
	spin_unlock_bh(&ns->neigh_lock);
}

/**
 * nw_track_forget() - a neighbour turned out never to have existed
 * @t: the neighbour, not locked
 *
 * Context: under rcu_read_lock().
 */
void nw_track_forget(struct nw_neigh *t)
{
	struct nw_ns *ns = t->key.ns;

	spin_lock_bh(&ns->neigh_lock);
	if (!t->evicted)
		unlink_locked(t);
	spin_unlock_bh(&ns->neigh_lock);
}

/**
 * nw_track_set_gateway() - a route began or ceased to use a neighbour
 * @key: the neighbour's name
 * @gateway: it is used
 *
 * Context: any but hardirq; nexthop.c's lock is held, so that the last word is
 * the true one.
 */
void nw_track_set_gateway(const struct nw_key *key, bool gateway)
{
	struct nw_neigh *t;

	rcu_read_lock();
	t = nw_track_lookup(key);
	if (t) {
		WRITE_ONCE(t->gateway, gateway);
		nw_track_classify(t);
	}
	rcu_read_unlock();
}

/* Return: true when there may be more. */
static bool drop_some(struct nw_ns *ns)
{
	unsigned int n = 0;
	struct nw_neigh *t;
	int class;

	spin_lock_bh(&ns->neigh_lock);
	for (class = 0; class < __NW_CLASS_MAX; class++) {
		while (n < DROP_BATCH && !list_empty(&ns->neighs[class])) {
			t = list_first_entry(&ns->neighs[class],
					     struct nw_neigh, lru);
			unlink_locked(t);
			n++;
		}
	}
	spin_unlock_bh(&ns->neigh_lock);
	return n == DROP_BATCH;
}

/**
 * nw_track_drop() - stop tracking the neighbours of a namespace
 * @ns: a namespace that no hook can reach any more
 *
 * Context: process, may sleep.
 */
void nw_track_drop(struct nw_ns *ns)
{
	while (drop_some(ns))
		cond_resched();
}

/**
 * nw_track_walk_enter() - begin a walk through the neighbours of all namespaces
 * @walk: to be ended with nw_track_walk_exit()
 */
void nw_track_walk_enter(struct nw_track_walk *walk)
{
	rhashtable_walk_enter(&by_key, &walk->iter);
}

int nw_track_init(void)
{
	unsigned int size = nw_limits.neighbours;
	int err;

	nw_track_by_ptr.bits = clamp(ilog2(size | 1) + 1, 6, 20);
	cache = kmem_cache_create("nw_neigh", sizeof(struct nw_neigh), 0,
				  SLAB_HWCACHE_ALIGN, NULL);
	if (!cache)
		return -ENOMEM;
	nw_track_by_ptr.chains = kvcalloc(1U << nw_track_by_ptr.bits,
					  sizeof(struct hlist_head), GFP_KERNEL);
	if (!nw_track_by_ptr.chains) {
		err = -ENOMEM;
		goto err_cache;
	}
	err = rhashtable_init(&by_key, &params);
	if (err)
		goto err_ptr;
	return 0;

err_ptr:
	kvfree(nw_track_by_ptr.chains);
err_cache:
	kmem_cache_destroy(cache);
	return err;
}

/* Context: no hook runs any more and every namespace was left. */
void nw_track_fini(void)
{
	rcu_barrier();
	rhashtable_destroy(&by_key);
	kvfree(nw_track_by_ptr.chains);
	kmem_cache_destroy(cache);
}
