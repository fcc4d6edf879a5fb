// SPDX-License-Identifier: GPL-2.0
/*
 * The next hops that routes use, and when they came and went. A route is looked
 * up once; its next hops are compared with those it had, since the kernel does
 * not tell what a new route replaced.
 */
#include <linux/err.h>
#include <linux/rculist.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <linux/ktime.h>
#include "nexthop.h"

struct route_key {
	struct nw_ns *ns;
	u32 table;
	u16 family;
	u16 dst_len;
	u8 dst[NW_ADDR_MAX];
};

struct route {
	struct rhash_head hash;
	struct list_head node;
	struct rcu_head rcu;
	struct route_key key;
	u8 protocol;
	unsigned int count;
	struct nw_hop *hop[];
};

static const struct rhashtable_params route_params = {
	.key_len = sizeof(struct route_key),
	.key_offset = offsetof(struct route, key),
	.head_offset = offsetof(struct route, hash),
	.automatic_shrinking = true,
};

static const struct rhashtable_params hop_params = {
	.key_len = sizeof(struct nw_key),
	.key_offset = offsetof(struct nw_hop, key),
	.head_offset = offsetof(struct nw_hop, hash),
	.automatic_shrinking = true,
};

static struct rhashtable routes;
static struct rhashtable hops;
/*
 * Protects routes, hops and their lists; taken before the ring's lock. Route
 * notifiers run in softirq too.
 */
static DEFINE_SPINLOCK(lock);
/* Routes forgotten in one go, bottom halves off. */
#define LEAVE_BATCH	64

static void put_route(const struct nw_route_seen *seen, const struct nw_hop *hop,
		      enum nw_change change, u8 protocol)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = nw_record_begin(seen->ns, NW_TYPE_ROUTE, seen->cause,
			      ktime_get_ns(), &flags);
	rec->ifindex = hop->key.ifindex;
	memcpy(rec->dev, hop->dev, sizeof(rec->dev));
	rec->family = seen->family;
	rec->old = change;
	rec->route.table = seen->table;
	rec->route.dst_len = seen->dst_len;
	rec->route.protocol = protocol;
	rec->route.gateway_len = hop->direct ? 0 : nw_addr_len(hop->key.family);
	memcpy(rec->route.dst, seen->dst, NW_ADDR_MAX);
	memcpy(rec->route.gateway, hop->key.addr, NW_ADDR_MAX);
	if (seen->cause == NW_CAUSE_ADMIN)
		nw_record_who(rec, 0);
	nw_record_end(seen->ns, flags);
}

static void hop_key(struct nw_key *key, const struct nw_route_seen *seen,
		    const struct nw_hop_seen *hop)
{
	memset(key, 0, sizeof(*key));
	key->ns = seen->ns;
	key->ifindex = hop->ifindex;
	key->family = hop->gateway_len == 4 ? AF_INET :
		      hop->gateway_len == 16 ? AF_INET6 : seen->family;
	memcpy(key->addr, hop->gateway, hop->gateway_len);
}

static struct nw_hop *hop_new(const struct nw_key *key, bool direct,
			      const char *dev, bool initial)
{
	struct nw_hop *hop = kzalloc(sizeof(*hop), GFP_ATOMIC | __GFP_NOWARN);

	if (!hop)
		return NULL;
	hop->key = *key;
	hop->direct = direct;
	strscpy_pad(hop->dev, dev, sizeof(hop->dev));
	hop->since = initial ? 0 : ktime_get_ns();
	if (rhashtable_insert_fast(&hops, &hop->hash, hop_params)) {
		kfree(hop);
		return NULL;
	}
	list_add_tail_rcu(&hop->node, &key->ns->hops);
	key->ns->hop_count++;
	nw_netns_changed(key->ns);
	if (!direct)
		nw_track_set_gateway(key, true);
	return hop;
}

static struct nw_hop *hop_use(struct nw_hop *hop, bool is_default)
{
	hop->routes++;
	hop->defaults += is_default;
	return hop;
}

/* Takes a use of a next hop; a new one is recorded by the caller. */
static struct nw_hop *hop_get(const struct nw_route_seen *seen, unsigned int i)
{
	const struct nw_hop_seen *hs = &seen->hop[i];
	struct nw_hop *hop;
	struct nw_key key;

	hop_key(&key, seen, hs);
	hop = rhashtable_lookup_fast(&hops, &key, hop_params);
	if (!hop)
		hop = hop_new(&key, !hs->gateway_len, hs->dev,
			      seen->cause == NW_CAUSE_INITIAL);
	return hop ? hop_use(hop, !seen->dst_len) : NULL;
}

static void hop_put(struct nw_hop *hop, bool is_default)
{
	hop->defaults -= is_default;
	if (--hop->routes)
		return;
	if (!hop->direct)
		nw_track_set_gateway(&hop->key, false);
	list_del_rcu(&hop->node);
	hop->key.ns->hop_count--;
	nw_netns_changed(hop->key.ns);
	rhashtable_remove_fast(&hops, &hop->hash, hop_params);
	kfree_rcu(hop, rcu);
}

static bool has_hop(const struct route *r, const struct nw_hop *hop)
{
	unsigned int i;

	for (i = 0; r && i < r->count; i++)
		if (r->hop[i] == hop)
			return true;
	return false;
}

/* The first and the last route of a next hop are news; default routes always. */
static bool is_news(const struct nw_route_seen *seen, const struct nw_hop *hop)
{
	return !seen->dst_len || hop->routes == 1;
}

/* Return: ERR_PTR(-ENOMEM) when it cannot be followed; that is counted. */
static struct route *route_new(const struct route_key *key,
			       const struct nw_route_seen *seen)
{
	struct nw_ns *ns = seen->ns;
	struct route *r;
	unsigned int i;

	r = kzalloc(struct_size(r, hop, seen->count), GFP_ATOMIC | __GFP_NOWARN);
	if (!r)
		goto err_lose;
	r->key = *key;
	r->protocol = seen->protocol;
	for (i = 0; i < seen->count; i++) {
		r->hop[r->count] = hop_get(seen, i);
		if (r->hop[r->count])
			r->count++;
		else
			nw_netns_lose(ns, NW_WHERE_ROUTE_MEMORY);
	}
	return r;

err_lose:
	nw_netns_lose(ns, NW_WHERE_ROUTE_MEMORY);
	return ERR_PTR(-ENOMEM);
}

static bool has_room(struct nw_ns *ns)
{
	if (ns->route_count < (ns->initial ? nw_limits.routes
					   : nw_limits.routes_other))
		return true;
	nw_netns_lose(ns, NW_WHERE_ROUTE_LIMIT);
	return false;
}

/*
 * The route without a path that went. Return: NULL when none is left,
 * ERR_PTR(-ENOMEM).
 */
static struct route *route_without(const struct route *old,
				   const struct nw_route_seen *seen)
{
	struct nw_key gone;
	struct route *r;
	unsigned int i;

	if (old->count == 1)
		return NULL;
	r = kzalloc(struct_size(r, hop, old->count), GFP_ATOMIC | __GFP_NOWARN);
	if (!r) {
		nw_netns_lose(seen->ns, NW_WHERE_ROUTE_MEMORY);
		return ERR_PTR(-ENOMEM);
	}
	r->key = old->key;
	r->protocol = old->protocol;
	hop_key(&gone, seen, &seen->hop[0]);
	for (i = 0; i < old->count; i++) {
		if (!memcmp(&old->hop[i]->key, &gone, sizeof(gone)))
			continue;
		r->hop[r->count++] = hop_use(old->hop[i], !old->key.dst_len);
	}
	return r;
}

/* What is followed from now on. Return: NULL when nothing is, or an error. */
static struct route *route_now(const struct route_key *key,
			       const struct nw_route_seen *seen,
			       const struct route *old)
{
	if (seen->partial)
		return old ? route_without(old, seen) : NULL;
	if (!seen->count || (!old && !has_room(seen->ns)))
		return NULL;
	return route_new(key, seen);
}

static bool route_link(struct route *r)
{
	if (rhashtable_insert_fast(&routes, &r->hash, route_params))
		return false;
	list_add_tail(&r->node, &r->key.ns->routes);
	r->key.ns->route_count++;
	return true;
}

static void route_unlink(struct route *r)
{
	rhashtable_remove_fast(&routes, &r->hash, route_params);
	list_del(&r->node);
	r->key.ns->route_count--;
}

static void route_free(struct route *r)
{
	unsigned int i;

	for (i = 0; i < r->count; i++)
		hop_put(r->hop[i], !r->key.dst_len);
	kfree_rcu(r, rcu);
}

static void tell_added(const struct nw_route_seen *seen, const struct route *new,
		       const struct route *old)
{
	unsigned int i;

	for (i = 0; i < new->count; i++)
		if (!has_hop(old, new->hop[i]) && is_news(seen, new->hop[i]))
			put_route(seen, new->hop[i], NW_CHANGE_ADDED,
				  new->protocol);
}

static void tell_removed(const struct nw_route_seen *seen,
			 const struct route *old, const struct route *new)
{
	unsigned int i;

	for (i = 0; i < old->count; i++)
		if (!has_hop(new, old->hop[i]) && is_news(seen, old->hop[i]))
			put_route(seen, old->hop[i], NW_CHANGE_REMOVED,
				  old->protocol);
}

/**
 * nw_nexthop_update() - a route came, changed or went
 * @seen: the route as it is now
 *
 * Context: softirq or task; never sleeps.
 */
void nw_nexthop_update(const struct nw_route_seen *seen)
{
	struct route_key key = {
		.ns = seen->ns,
		.table = seen->table,
		.family = seen->family,
		.dst_len = seen->dst_len,
	};
	struct route *old, *new;
	bool failed;

	memcpy(key.dst, seen->dst, sizeof(key.dst));
	spin_lock_bh(&lock);
	old = rhashtable_lookup_fast(&routes, &key, route_params);
	new = route_now(&key, seen, old);
	failed = IS_ERR(new);
	if (failed)
		new = NULL;
	if (new)
		tell_added(seen, new, old);
	if (old) {
		/* Lost from sight for want of memory is not removed. */
		if (!failed)
			tell_removed(seen, old, new);
		route_unlink(old);
		route_free(old);
	}
	if (new && !route_link(new)) {
		nw_netns_lose(seen->ns, NW_WHERE_ROUTE_MEMORY);
		route_free(new);
	}
	spin_unlock_bh(&lock);
}

/**
 * nw_nexthop_tell() - tell a neighbour just tracked whether a route uses it
 * @key: the neighbour
 *
 * Context: any but hardirq.
 */
void nw_nexthop_tell(const struct nw_key *key)
{
	const struct nw_hop *hop;

	spin_lock_bh(&lock);
	hop = rhashtable_lookup_fast(&hops, key, hop_params);
	if (hop && !hop->direct)
		nw_track_set_gateway(key, true);
	spin_unlock_bh(&lock);
}

/* Return: true when there are more. */
static bool leave_some(struct nw_ns *ns)
{
	unsigned int n = LEAVE_BATCH;
	struct route *r;

	spin_lock_bh(&lock);
	while (n-- && !list_empty(&ns->routes)) {
		r = list_first_entry(&ns->routes, struct route, node);
		route_unlink(r);
		route_free(r);
	}
	spin_unlock_bh(&lock);
	return n == UINT_MAX;
}

/**
 * nw_nexthop_leave() - forget the routes of a namespace, without a record
 * @ns: a namespace that no hook can reach, now or any more
 *
 * Context: process, may sleep.
 */
void nw_nexthop_leave(struct nw_ns *ns)
{
	while (leave_some(ns))
		cond_resched();
}

int nw_nexthop_init(void)
{
	int err = rhashtable_init(&routes, &route_params);

	if (err)
		return err;
	err = rhashtable_init(&hops, &hop_params);
	if (err)
		rhashtable_destroy(&routes);
	return err;
}

/* Context: every namespace was left. */
void nw_nexthop_fini(void)
{
	rhashtable_destroy(&hops);
	rhashtable_destroy(&routes);
}
