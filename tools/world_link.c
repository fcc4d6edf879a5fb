// SPDX-License-Identifier: GPL-2.0
/* Questions about devices and what is under them, and about neighbours. */
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "world.h"

/* Deeper stacks are walked no further. */
#define DEPTH_MAX	8
#define NO_LOWER	(~0ULL)

#define MS(n)	((n) * NW_NSEC_PER_MSEC)

/* net/ipv4/arp.c and net/ipv6/ndisc.c; they differ in locktime alone. */
static const struct nw_wparams defaults[2] = {
	{
		.base_reachable = MS(30000), .retrans = MS(1000),
		.delay_probe = MS(5000), .gc_stale = MS(60000),
		.locktime = MS(1000), .ucast_probes = 3, .mcast_probes = 3,
	},
	{
		.base_reachable = MS(30000), .retrans = MS(1000),
		.delay_probe = MS(5000), .gc_stale = MS(60000),
		.ucast_probes = 3, .mcast_probes = 3,
	},
};

const struct nw_wparams *nw_world_params(const struct nw_world *w,
					 const struct nw_wnet *net,
					 __u32 ifindex, __u8 family)
{
	const struct nw_wlink *l = nw_world_link(w, net, ifindex);
	const int i = family == AF_INET6;

	return l && l->params[i].told ? &l->params[i] : &defaults[i];
}

static bool is_under(const struct nw_wlink *l, const struct nw_wlink *upper)
{
	unsigned int i;

	if (l->gone || l->net != upper->net)
		return false;
	for (i = 0; i < l->nr_uppers; i++)
		if (l->upper[i] == upper->ifindex)
			return true;
	return false;
}

static bool has(const struct nw_wlink *const *found, unsigned int nr,
		const struct nw_wlink *l)
{
	while (nr--)
		if (found[nr] == l)
			return true;
	return false;
}

unsigned int nw_world_lowers(const struct nw_world *w,
			     const struct nw_wlink *link,
			     const struct nw_wlink **found, unsigned int room)
{
	const struct nw_wlink *l;
	unsigned int nr = 0, at;

	if (!link || !room)
		return 0;
	found[nr++] = link;
	for (at = 0; at < nr; at++)
		TAILQ_FOREACH(l, &w->links, lru)
			if (nr < room && is_under(l, found[at]) &&
			    !has(found, nr, l))
				found[nr++] = l;
	return nr;
}

static bool is_cut(const struct nw_world *w, const struct nw_wlink *link,
		   unsigned int depth)
{
	const struct nw_wlink *l;
	bool cut = false;

	if (link->carrier == NW_CARRIER_DOWN)
		return true;
	if (!depth)
		return false;
	TAILQ_FOREACH(l, &w->links, lru) {
		if (!is_under(l, link))
			continue;
		if (!is_cut(w, l, depth - 1))
			return false;
		cut = true;
	}
	return cut;
}

bool nw_world_is_cut(const struct nw_world *w, const struct nw_wlink *link)
{
	return link && is_cut(w, link, DEPTH_MAX);
}

/* Of several devices under one, the longest up is what counts. */
static __u64 carrier_since(const struct nw_world *w,
			   const struct nw_wlink *link, unsigned int depth)
{
	__u64 since, best = NO_LOWER;
	const struct nw_wlink *l;

	if (depth) {
		TAILQ_FOREACH(l, &w->links, lru) {
			if (!is_under(l, link) ||
			    l->carrier == NW_CARRIER_DOWN)
				continue;
			since = carrier_since(w, l, depth - 1);
			if (since < best)
				best = since;
		}
	}
	since = link->up.at.mono;
	return best != NO_LOWER && best > since ? best : since;
}

__u64 nw_world_carrier_since(const struct nw_world *w,
			     const struct nw_wlink *link)
{
	return link ? carrier_since(w, link, DEPTH_MAX) : 0;
}

static void count_others(const struct nw_neigh_list *list,
			 const struct nw_wneigh *n, __u64 mono,
			 struct nw_others *others)
{
	const struct nw_wneigh *o;

	TAILQ_FOREACH(o, list, lru) {
		if (o == n || o->net != n->net || o->ifindex != n->ifindex ||
		    o->state == NW_NUD_ABSENT || o->state == NUD_PERMANENT ||
		    o->state == NUD_NOARP)
			continue;
		others->all++;
		others->proven += o->arp.at.mono > mono;
	}
}

void nw_world_others(const struct nw_world *w, const struct nw_wneigh *n,
		     __u64 mono, struct nw_others *others)
{
	others->all = 0;
	others->proven = 0;
	count_others(&w->gateways, n, mono, others);
	count_others(&w->proven, n, mono, others);
}

const struct nw_change_note *nw_world_change(const struct nw_wnet *net,
					     unsigned int nth)
{
	if (nth >= net->nr_changes || nth >= NW_WORLD_CHANGES)
		return NULL;
	return &net->change[(net->nr_changes - 1 - nth) % NW_WORLD_CHANGES];
}
