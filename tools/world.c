// SPDX-License-Identifier: GPL-2.0
/* The objects of the world: made, found, given up. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "world.h"
#include "world_make.h"

struct link_key {
	const struct nw_wnet *net;
	__u64 ifindex;
};

struct neigh_key {
	const struct nw_wnet *net;
	__u32 ifindex;
	struct nw_addr addr;
};

bool nw_world_usable(__u8 state)
{
	return state < NW_NUD_UNKNOWN &&
	       (state & (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE |
			 NUD_PROBE | NUD_STALE | NUD_DELAY)) != 0;
}

bool nw_lladdr_equal(const struct nw_lladdr *a, const struct nw_lladdr *b)
{
	return a->len == b->len && !memcmp(a->b, b->b, a->len);
}

bool nw_addr_equal(const struct nw_addr *a, const struct nw_addr *b)
{
	return a->len == b->len && !memcmp(a->b, b->b, a->len);
}

void nw_world_init(struct nw_world *w)
{
	memset(w, 0, sizeof(*w));
	TAILQ_INIT(&w->nets);
	TAILQ_INIT(&w->links);
	TAILQ_INIT(&w->gateways);
	TAILQ_INIT(&w->proven);
	TAILQ_INIT(&w->unproven);
}

static void drop(struct nw_world *w, struct nw_hash *hash,
		 struct nw_object *obj)
{
	nw_hash_remove(hash, &obj->node);
	if (w->forget)
		w->forget(w->arg, obj);
}

/* The list a neighbour belongs to. */
static struct nw_neigh_list *list_of(struct nw_world *w,
				     const struct nw_wneigh *n)
{
	if (n->gateway)
		return &w->gateways;
	return n->proven ? &w->proven : &w->unproven;
}

static size_t *count_of(struct nw_world *w, const struct nw_wneigh *n)
{
	return n->gateway ? &w->nr_gateways : &w->nr_neighs;
}

static void drop_neigh(struct nw_world *w, struct nw_wneigh *n)
{
	TAILQ_REMOVE(list_of(w, n), n, lru);
	(*count_of(w, n))--;
	drop(w, &w->neigh_hash, &n->obj);
	free(n);
}

static void drop_link(struct nw_world *w, struct nw_wlink *l)
{
	TAILQ_REMOVE(&w->links, l, lru);
	if (l->net->latest == l)
		l->net->latest = NULL;
	drop(w, &w->link_hash, &l->obj);
	free(l);
}

static void drop_neighs_of(struct nw_world *w, struct nw_neigh_list *list,
			   const struct nw_wnet *net)
{
	struct nw_wneigh *n = TAILQ_FIRST(list), *next;

	for (; n; n = next) {
		next = TAILQ_NEXT(n, lru);
		if (!net || n->net == net)
			drop_neigh(w, n);
	}
}

static void drop_links_of(struct nw_world *w, const struct nw_wnet *net)
{
	struct nw_wlink *l = TAILQ_FIRST(&w->links), *next;

	for (; l; l = next) {
		next = TAILQ_NEXT(l, lru);
		if (!net || l->net == net)
			drop_link(w, l);
	}
}

/* A namespace with all that is in it. */
static void drop_net(struct nw_world *w, struct nw_wnet *net)
{
	drop_neighs_of(w, &w->gateways, net);
	drop_neighs_of(w, &w->proven, net);
	drop_neighs_of(w, &w->unproven, net);
	drop_links_of(w, net);
	TAILQ_REMOVE(&w->nets, net, lru);
	drop(w, &w->net_hash, &net->obj);
	free(net);
}

void nw_world_free(struct nw_world *w)
{
	struct nw_wnet *net;

	while ((net = TAILQ_FIRST(&w->nets)))
		drop_net(w, net);
	nw_hash_free(&w->net_hash);
	nw_hash_free(&w->link_hash);
	nw_hash_free(&w->neigh_hash);
}

static bool is_net(const struct nw_hash_node *node, const void *key)
{
	const struct nw_wnet *net = nw_container(node, struct nw_wnet, obj.node);

	return net->origin.netns_cookie == *(const __u64 *)key;
}

static struct nw_wnet *add_net(struct nw_world *w,
			       const struct nw_origin *origin, __u64 mono,
			       __u64 hash)
{
	struct nw_wnet *net = calloc(1, sizeof(*net));

	if (!net || nw_hash_add(&w->net_hash, &net->obj.node, hash)) {
		free(net);
		w->nomem++;
		return NULL;
	}
	net->origin = *origin;
	net->first = mono;
	TAILQ_INSERT_TAIL(&w->nets, net, lru);
	if (w->net_hash.nr > NW_WORLD_NETS) {
		drop_net(w, TAILQ_FIRST(&w->nets));
		w->evicted++;
	}
	return net;
}

struct nw_wnet *nw_world_net(struct nw_world *w,
			     const struct nw_origin *origin, __u64 mono)
{
	struct nw_wnet *net = TAILQ_LAST(&w->nets, nw_net_list);
	__u64 cookie = origin->netns_cookie;
	struct nw_hash_node *node;
	__u64 hash;

	/* Mostly it is the one of the record before. */
	if (net && net->origin.netns_cookie == cookie) {
		net->origin = *origin;
		return net;
	}
	hash = nw_hash_bytes(w->seed, &cookie, sizeof(cookie));
	node = nw_hash_find(&w->net_hash, hash, is_net, &cookie);
	if (!node)
		return add_net(w, origin, mono, hash);
	net = nw_container(node, struct nw_wnet, obj.node);
	net->origin = *origin;
	TAILQ_REMOVE(&w->nets, net, lru);
	TAILQ_INSERT_TAIL(&w->nets, net, lru);
	return net;
}

static bool is_link(const struct nw_hash_node *node, const void *arg)
{
	const struct nw_wlink *l = nw_container(node, struct nw_wlink, obj.node);
	const struct link_key *key = arg;

	return l->net == key->net && l->ifindex == key->ifindex;
}

/* The namespace's own hash has the seed and every bit of its cookie. */
static __u64 hash_link(const struct nw_world *w, const struct link_key *key)
{
	const __u64 word = key->net->obj.node.hash + key->ifindex;

	return nw_hash_bytes(w->seed, &word, sizeof(word));
}

struct nw_wlink *nw_world_link(const struct nw_world *w,
			       const struct nw_wnet *net, __u32 ifindex)
{
	const struct link_key key = { .net = net, .ifindex = ifindex };
	struct nw_hash_node *node;

	node = nw_hash_find(&w->link_hash, hash_link(w, &key), is_link, &key);
	return node ? nw_container(node, struct nw_wlink, obj.node) : NULL;
}

static struct nw_wlink *add_link(struct nw_world *w, struct nw_wnet *net,
				 __u32 ifindex)
{
	const struct link_key key = { .net = net, .ifindex = ifindex };
	struct nw_wlink *l = calloc(1, sizeof(*l));

	if (!l || nw_hash_add(&w->link_hash, &l->obj.node, hash_link(w, &key))) {
		free(l);
		w->nomem++;
		return NULL;
	}
	l->net = net;
	l->ifindex = ifindex;
	TAILQ_INSERT_TAIL(&w->links, l, lru);
	if (w->link_hash.nr > NW_WORLD_LINKS) {
		drop_link(w, TAILQ_FIRST(&w->links));
		w->evicted++;
	}
	return l;
}

struct nw_wlink *nw_world_make_link(struct nw_world *w, struct nw_wnet *net,
				    const struct nw_event *ev)
{
	struct nw_wlink *l;

	if (!ev->ifindex)
		return NULL;
	l = net->latest;
	if (!l || l->ifindex != ev->ifindex)
		l = nw_world_link(w, net, ev->ifindex);
	if (!l)
		l = add_link(w, net, ev->ifindex);
	if (!l)
		return NULL;
	net->latest = l;
	memcpy(l->dev, ev->dev, sizeof(l->dev));
	l->physical |= (ev->flags & NW_F_PHYSICAL) != 0;
	return l;
}

/* Gone devices are the first to be given up, in the order they went. */
void nw_world_age_link(struct nw_world *w, struct nw_wlink *l)
{
	struct nw_wlink *at = TAILQ_FIRST(&w->links);

	l->gone = true;
	TAILQ_REMOVE(&w->links, l, lru);
	while (at == l || (at && at->gone))
		at = TAILQ_NEXT(at, lru);
	if (at)
		TAILQ_INSERT_BEFORE(at, l, lru);
	else
		TAILQ_INSERT_TAIL(&w->links, l, lru);
}

static bool is_neigh(const struct nw_hash_node *node, const void *arg)
{
	const struct nw_wneigh *n = nw_container(node, struct nw_wneigh,
						 obj.node);
	const struct neigh_key *key = arg;

	return n->net == key->net && n->ifindex == key->ifindex &&
	       nw_addr_equal(&n->addr, &key->addr);
}

static __u64 hash_neigh(const struct nw_world *w, const struct nw_wnet *net,
			__u32 ifindex, const struct nw_addr *addr)
{
	__u64 words[3] = { net->obj.node.hash + ifindex };

	memcpy(&words[1], addr->b, addr->len);
	return nw_hash_bytes(w->seed + addr->len, words,
			     sizeof(words[0]) + addr->len);
}

struct nw_wneigh *nw_world_neigh(const struct nw_world *w,
				 const struct nw_wnet *net, __u32 ifindex,
				 const struct nw_addr *addr)
{
	const struct neigh_key key = {
		.net = net, .ifindex = ifindex, .addr = *addr,
	};
	struct nw_hash_node *node;

	node = nw_hash_find(&w->neigh_hash, hash_neigh(w, net, ifindex, addr),
			    is_neigh, &key);
	return node ? nw_container(node, struct nw_wneigh, obj.node) : NULL;
}

static bool is_named(const struct nw_world *w, const struct nw_wneigh *n)
{
	const struct nw_named_gateway *named;
	size_t i;

	for (i = 0; i < w->nr_named; i++) {
		named = &w->named[i];
		if (nw_addr_equal(&named->addr, &n->addr) &&
		    (!*named->dev || !strcmp(named->dev, n->dev)))
			return true;
	}
	return false;
}

/* Never answered before once answered, longest unheard of before the rest. */
static void make_room(struct nw_world *w, const struct nw_wneigh *keep)
{
	struct nw_wneigh *n;

	if (w->nr_neighs <= w->max_neighs)
		return;
	n = TAILQ_FIRST(&w->unproven);
	if (n == keep)
		n = TAILQ_NEXT(n, lru);
	if (!n)
		n = TAILQ_FIRST(&w->proven);
	if (!n || n == keep)
		return;
	drop_neigh(w, n);
	w->evicted++;
}

struct nw_wneigh *nw_world_make_neigh(struct nw_world *w, struct nw_wnet *net,
				      const struct nw_event *ev,
				      const struct nw_addr *addr)
{
	struct nw_wneigh *n = nw_world_neigh(w, net, ev->ifindex, addr);

	if (n)
		return n;
	n = calloc(1, sizeof(*n));
	if (!n || nw_hash_add(&w->neigh_hash, &n->obj.node,
			      hash_neigh(w, net, ev->ifindex, addr))) {
		free(n);
		w->nomem++;
		return NULL;
	}
	n->net = net;
	n->ifindex = ev->ifindex;
	n->family = addr->len == 4 ? AF_INET : AF_INET6;
	n->addr = *addr;
	n->state = NW_NUD_UNKNOWN;
	memcpy(n->dev, ev->dev, sizeof(n->dev));
	n->wanted = is_named(w, n);
	TAILQ_INSERT_TAIL(&w->unproven, n, lru);
	w->nr_neighs++;
	return n;
}

/* It was heard of: the last to be given up, in the list it now belongs to. */
void nw_world_touch(struct nw_world *w, struct nw_wneigh *n, bool proven)
{
	bool gateway = n->routes || n->other_routes || n->flagged || n->wanted;

	TAILQ_REMOVE(list_of(w, n), n, lru);
	(*count_of(w, n))--;
	n->proven |= proven;
	/* Its story stays while there is room: it may be a gateway again. */
	n->gateway = gateway && (n->gateway ||
				 w->nr_gateways < NW_WORLD_GATEWAYS);
	TAILQ_INSERT_TAIL(list_of(w, n), n, lru);
	(*count_of(w, n))++;
	make_room(w, n);
}
