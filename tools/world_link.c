// SPDX-License-Identifier: GPL-2.0
/* Questions about devices and what is under them, and about neighbours. */
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "world.h"

/* Larger stacks are walked no further. */
#define LEAVES_MAX	64

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

static bool is_leaf(const struct nw_wlink *const *found, unsigned int nr,
		    const struct nw_wlink *l)
{
	while (nr--)
		if (is_under(found[nr], l))
			return false;
	return true;
}

/*
 * The devices at the bottom of a stack, of which one must carry. Under a
 * bridge the guests' ports always do: where there are cables, these count.
 */
static unsigned int find_leaves(const struct nw_world *w,
				const struct nw_wlink *link,
				const struct nw_wlink **leaf)
{
	const struct nw_wlink *found[LEAVES_MAX];
	unsigned int nr, i, all = 0, physical = 0;

	nr = nw_world_lowers(w, link, found, LEAVES_MAX);
	for (i = 0; i < nr; i++)
		if (is_leaf(found, nr, found[i]))
			leaf[all++] = found[i];
	for (i = 0; i < all; i++)
		if (leaf[i]->physical)
			leaf[physical++] = leaf[i];
	return physical ? physical : all;
}

bool nw_world_is_cut(const struct nw_world *w, const struct nw_wlink *link)
{
	const struct nw_wlink *leaf[LEAVES_MAX];
	unsigned int nr, i;

	if (!link)
		return false;
	if (link->carrier == NW_CARRIER_DOWN)
		return true;
	nr = find_leaves(w, link, leaf);
	for (i = 0; i < nr; i++)
		if (leaf[i]->carrier != NW_CARRIER_DOWN)
			return false;
	return nr > 0;
}

/* Of several devices at the bottom the longest up is what counts. */
__u64 nw_world_carrier_since(const struct nw_world *w,
			     const struct nw_wlink *link)
{
	const struct nw_wlink *leaf[LEAVES_MAX];
	__u64 since = 0;
	unsigned int nr;
	bool any = false;

	if (!link)
		return 0;
	nr = find_leaves(w, link, leaf);
	while (nr--) {
		if (leaf[nr]->carrier == NW_CARRIER_DOWN ||
		    (any && leaf[nr]->up.at.mono >= since))
			continue;
		since = leaf[nr]->up.at.mono;
		any = true;
	}
	return since > link->up.at.mono ? since : link->up.at.mono;
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
