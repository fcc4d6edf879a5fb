// SPDX-License-Identifier: GPL-2.0
/*
 * What is tracked, in attributes: neighbours, links, next hops and statistics.
 * Every function returns 0, or -EMSGSIZE when there is no room; the caller
 * cancels the whole message.
 */
#include <linux/ktime.h>
#include <net/genetlink.h>
#include "fill.h"
#include "link.h"
#include "main.h"
#include "nexthop.h"
#include "source.h"
#include "track.h"

/* A time that was not seen is left out. */
static int put_seen(struct sk_buff *skb, int attr, u64 mono, int pad)
{
	return mono ? nla_put_u64_64bit(skb, attr, mono, pad) : 0;
}

static int fill_step(struct sk_buff *skb, int attr,
		     const struct nw_story *story, u32 i)
{
	struct nlattr *nest = nla_nest_start(skb, attr);

	if (!nest ||
	    nla_put_u64_64bit(skb, NW_A_STEP_MONO, story->mono[i],
			      NW_A_STEP_PAD) ||
	    (story->old[i] != NW_NUD_UNKNOWN &&
	     nla_put_u8(skb, NW_A_STEP_OLD, story->old[i])) ||
	    nla_put_u8(skb, NW_A_STEP_NEW, story->new[i]) ||
	    nla_put_u8(skb, NW_A_STEP_CAUSE, story->cause[i]))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_outage(struct sk_buff *skb, int attr, const struct nw_outage *o)
{
	struct nlattr *nest = nla_nest_start(skb, attr);
	u8 path[NW_OUTAGE_PATH];
	u8 path_len = nw_story_path(o, path);

	if (!nest ||
	    nla_put_u64_64bit(skb, NW_A_OUTAGE_BEGIN, o->begin,
			      NW_A_OUTAGE_PAD) ||
	    put_seen(skb, NW_A_OUTAGE_FAILED, o->failed, NW_A_OUTAGE_PAD) ||
	    put_seen(skb, NW_A_OUTAGE_END, o->end, NW_A_OUTAGE_PAD) ||
	    nla_put_u32(skb, NW_A_OUTAGE_ROUNDS, o->rounds) ||
	    (path_len && nla_put(skb, NW_A_OUTAGE_PATH, path_len, path)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_story(struct sk_buff *skb, int step_attr, int outage_attr,
		      const struct nw_story *story)
{
	u32 i;

	for (i = story->steps - min_t(u32, story->steps, NW_STEPS);
	     i != story->steps; i++)
		if (fill_step(skb, step_attr, story, i % NW_STEPS))
			return -EMSGSIZE;
	for (i = story->outages - min_t(u32, story->outages, NW_OUTAGES);
	     i != story->outages; i++)
		if (fill_outage(skb, outage_attr,
				&story->outage[i % NW_OUTAGES]))
			return -EMSGSIZE;
	return 0;
}

static int put_lladdr(struct sk_buff *skb, int attr,
		      const struct nw_lladdrs *ll, enum nw_lladdr which)
{
	u8 len = ll->len[which];

	return len ? nla_put(skb, attr, len, nw_lladdr_get(ll, which)) : 0;
}

static int fill_neigh_state(struct sk_buff *skb, const struct nw_neigh *t)
{
	u32 flags = t->ntf_flags | (t->gateway ? NW_F_GATEWAY : 0) |
		    (t->n ? 0 : NW_F_GONE);

	if (nla_put_u32(skb, NW_A_NEIGH_IFINDEX, t->key.ifindex) ||
	    nla_put_string(skb, NW_A_NEIGH_DEV, t->dev) ||
	    nla_put_u8(skb, NW_A_NEIGH_FAMILY, t->key.family) ||
	    nla_put(skb, NW_A_NEIGH_ADDR, nw_addr_len(t->key.family),
		    t->key.addr) ||
	    (t->state != NW_NUD_UNKNOWN &&
	     nla_put_u8(skb, NW_A_NEIGH_STATE, t->state)) ||
	    put_lladdr(skb, NW_A_NEIGH_LLADDR, &t->ll, NW_LLADDR_NOW) ||
	    put_lladdr(skb, NW_A_NEIGH_PREV_LLADDR, &t->ll,
		       NW_LLADDR_BEFORE) ||
	    (flags && nla_put_u32(skb, NW_A_NEIGH_FLAGS, flags)))
		return -EMSGSIZE;
	return 0;
}

static int fill_neigh_times(struct sk_buff *skb, const struct nw_neigh *t)
{
	const int pad = NW_A_NEIGH_PAD;

	lockdep_assert_held(&t->lock);
	if (put_seen(skb, NW_A_NEIGH_BORN, t->born ? t->watched : 0, pad) ||
	    put_seen(skb, NW_A_NEIGH_SINCE, nw_track_since(t), pad) ||
	    put_seen(skb, NW_A_NEIGH_ARP_PROOF, t->arp_proof, pad) ||
	    put_seen(skb, NW_A_NEIGH_UPPER_PROOF, t->upper_proof, pad) ||
	    put_seen(skb, NW_A_NEIGH_MOVED, t->moved, pad) ||
	    nla_put_u32(skb, NW_A_NEIGH_TRANSITIONS, t->story.steps) ||
	    nla_put_u32(skb, NW_A_NEIGH_FAILURES, t->failures) ||
	    nla_put_u32(skb, NW_A_NEIGH_OUTAGES, t->story.outages) ||
	    nla_put_u32(skb, NW_A_NEIGH_MOVES, t->moves) ||
	    nla_put_u32(skb, NW_A_NEIGH_OFFERS, t->offers))
		return -EMSGSIZE;
	return 0;
}

/**
 * nw_fill_neigh() - put a tracked neighbour into a message
 * @skb: the message
 * @t: the neighbour, not locked
 */
int nw_fill_neigh(struct sk_buff *skb, struct nw_neigh *t)
{
	struct nlattr *nest = nla_nest_start(skb, NW_A_NEIGH);
	int err = -EMSGSIZE;

	if (!nest)
		return err;
	spin_lock_bh(&t->lock);
	if (!fill_neigh_state(skb, t) && !fill_neigh_times(skb, t) &&
	    !fill_story(skb, NW_A_NEIGH_LAST, NW_A_NEIGH_OUTAGE, &t->story))
		err = 0;
	spin_unlock_bh(&t->lock);
	if (!err)
		nla_nest_end(skb, nest);
	return err;
}

static int fill_link_mode(struct sk_buff *skb, const struct nw_link *l)
{
	struct nlattr *nest;

	if (!l->has_mode)
		return 0;
	nest = nla_nest_start(skb, NW_A_LINK_MODE);
	if (!nest || nw_fill_mode(skb, &l->mode))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_link_state(struct sk_buff *skb, const struct nw_link *l)
{
	if (nla_put_u32(skb, NW_A_LINK_IFINDEX, l->ifindex) ||
	    nla_put_string(skb, NW_A_LINK_DEV, l->dev_name) ||
	    nla_put_u8(skb, NW_A_LINK_CARRIER, l->carrier) ||
	    (l->flags && nla_put_u32(skb, NW_A_LINK_FLAGS, l->flags)) ||
	    put_seen(skb, NW_A_LINK_SINCE, l->since, NW_A_LINK_PAD) ||
	    nla_put_u32(skb, NW_A_LINK_UP_COUNT, l->up_seen) ||
	    nla_put_u32(skb, NW_A_LINK_DOWN_COUNT, l->down_seen) ||
	    nla_put_u32(skb, NW_A_LINK_EDGES, l->edges) ||
	    nla_put_u32(skb, NW_A_LINK_UNSTAMPED,
			l->unstamped + l->unstamped_new) ||
	    nla_put_u32(skb, NW_A_LINK_LOSSES, l->losses) ||
	    (l->master && nla_put_u32(skb, NW_A_LINK_MASTER, l->master)))
		return -EMSGSIZE;
	return 0;
}

/**
 * nw_fill_link() - put a tracked link into a message
 * @skb: the message
 * @l: the link, not locked
 */
int nw_fill_link(struct sk_buff *skb, struct nw_link *l)
{
	struct nlattr *nest = nla_nest_start(skb, NW_A_LINK);
	unsigned long flags;
	int err = -EMSGSIZE;

	if (!nest)
		return err;
	raw_spin_lock_irqsave(&l->lock, flags);
	if (!fill_link_state(skb, l) && !fill_link_mode(skb, l) &&
	    !fill_story(skb, NW_A_LINK_LAST, NW_A_LINK_OUTAGE, &l->story))
		err = 0;
	raw_spin_unlock_irqrestore(&l->lock, flags);
	if (!err)
		nla_nest_end(skb, nest);
	return err;
}

int nw_fill_hop(struct sk_buff *skb, const struct nw_hop *hop)
{
	struct nlattr *nest = nla_nest_start(skb, NW_A_NEXTHOP);

	if (!nest ||
	    nla_put_u32(skb, NW_A_NEXTHOP_IFINDEX, hop->key.ifindex) ||
	    nla_put_string(skb, NW_A_NEXTHOP_DEV, hop->dev) ||
	    nla_put_u8(skb, NW_A_NEXTHOP_FAMILY, hop->key.family) ||
	    (!hop->direct &&
	     nla_put(skb, NW_A_NEXTHOP_GATEWAY, nw_addr_len(hop->key.family),
		     hop->key.addr)) ||
	    nla_put_u32(skb, NW_A_NEXTHOP_ROUTES, READ_ONCE(hop->routes)) ||
	    nla_put_u32(skb, NW_A_NEXTHOP_DEFAULTS,
			READ_ONCE(hop->defaults)) ||
	    put_seen(skb, NW_A_NEXTHOP_SINCE, hop->since, NW_A_NEXTHOP_PAD))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/*
 * The hooks serve all namespaces: how often one was missed would tell a
 * namespace of what happens in others. The initial one is told.
 */
static int fill_source(struct sk_buff *skb, const struct nw_ns *ns,
		       enum nw_source source)
{
	struct nlattr *nest = nla_nest_start(skb, NW_A_STATS_SOURCE);
	u64 missed;

	if (!nest ||
	    nla_put_string(skb, NW_A_SOURCE_NAME, nw_source_name(source)) ||
	    nla_put_u8(skb, NW_A_SOURCE_STATE, nw_source_state(source)) ||
	    (ns->initial && nw_source_missed(source, &missed) &&
	     nla_put_u64_64bit(skb, NW_A_SOURCE_MISSED, missed,
			       NW_A_SOURCE_PAD)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static u64 features(void)
{
	u64 mask = NW_FEATURE_ALL_NETNS;

	if (nw_source_active(NW_SOURCE_NEIGH_UPDATE_DONE))
		mask |= NW_FEATURE_NEIGH;
	if (nw_source_active(NW_SOURCE_CARRIER_ON) &&
	    nw_source_active(NW_SOURCE_CARRIER_OFF))
		mask |= NW_FEATURE_CARRIER;
	if (nw_source_active(NW_SOURCE_FIB))
		mask |= NW_FEATURE_ROUTE;
	if (nw_source_active(NW_SOURCE_INETADDR) &&
	    nw_source_active(NW_SOURCE_INET6ADDR))
		mask |= NW_FEATURE_ADDRESS;
	return mask;
}

static int fill_module(struct sk_buff *skb, const struct nw_ns *ns)
{
	int source;

	if (nla_put_string(skb, NW_A_STATS_VERSION, NW_VERSION) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_FEATURES, features(),
			      NW_A_STATS_PAD))
		return -EMSGSIZE;
	for (source = 0; source < __NW_SOURCE_MAX; source++)
		if (fill_source(skb, ns, source))
			return -EMSGSIZE;
	return 0;
}

static int fill_clocks(struct sk_buff *skb)
{
	u64 mono = ktime_get_ns();

	if (nla_put_u64_64bit(skb, NW_A_STATS_LOADED, nw_fill_loaded,
			      NW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_MONO, mono, NW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_REAL,
			      ktime_mono_to_any(mono, TK_OFFS_REAL),
			      NW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_BOOT,
			      ktime_mono_to_any(mono, TK_OFFS_BOOT),
			      NW_A_STATS_PAD))
		return -EMSGSIZE;
	return 0;
}

static int fill_ring(struct sk_buff *skb, struct nw_ns *ns)
{
	struct nw_ring_mark mark = nw_ring_mark(&ns->ring);
	const int pad = NW_A_STATS_PAD;

	if (nla_put_u64_64bit(skb, NW_A_STATS_RING_SIZE, mark.size, pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_OLDEST_SEQ, mark.tail, pad) ||
	    put_seen(skb, NW_A_STATS_OLDEST_MONO, mark.mono, pad) ||
	    put_seen(skb, NW_A_STATS_OLDEST_REAL, mark.real, pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_OVERWRITTEN, mark.tail - 1, pad))
		return -EMSGSIZE;
	return 0;
}

static int fill_sizes(struct sk_buff *skb, struct nw_ns *ns)
{
	const int pad = NW_A_STATS_PAD;
	u32 routes = ns->initial ? nw_limits.routes : nw_limits.routes_other;

	if (nla_put_u64_64bit(skb, NW_A_STATS_NEIGHS,
			      READ_ONCE(ns->neigh_count), pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_NEIGHS_MAX, ns->neigh_max, pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_LINKS,
			      READ_ONCE(ns->link_count), pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_LINKS_MAX, nw_limits.links,
			      pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_NEXTHOPS,
			      READ_ONCE(ns->hop_count), pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_ROUTES,
			      READ_ONCE(ns->route_count), pad) ||
	    nla_put_u64_64bit(skb, NW_A_STATS_ROUTES_MAX, routes, pad) ||
	    put_seen(skb, NW_A_STATS_GONE, READ_ONCE(ns->gone), pad))
		return -EMSGSIZE;
	return 0;
}

static int fill_counters(struct sk_buff *skb, struct nw_ns *ns)
{
	/* Both enumerations have the same order from here on. */
	const int base = NW_A_STATS_LOST_NEIGH_MEMORY;
	int i;

	for (i = NW_COUNT_LOST_NEIGH_MEMORY; i < __NW_COUNT_MAX; i++)
		if (nla_put_u64_64bit(skb, base + i - 1,
				      atomic64_read(&ns->count[i]),
				      NW_A_STATS_PAD))
			return -EMSGSIZE;
	return 0;
}

static_assert(NW_A_STATS_CREATE_FAILED - NW_A_STATS_LOST_NEIGH_MEMORY ==
	      NW_COUNT_CREATE_FAILED - NW_COUNT_LOST_NEIGH_MEMORY);

/**
 * nw_fill_stats() - put a namespace's statistics into a message
 * @skb: the message
 * @ns: the namespace
 */
int nw_fill_stats(struct sk_buff *skb, struct nw_ns *ns)
{
	struct nlattr *nest = nla_nest_start(skb, NW_A_STATS);

	if (!nest || fill_module(skb, ns) || fill_clocks(skb) ||
	    fill_ring(skb, ns) || fill_sizes(skb, ns) ||
	    fill_counters(skb, ns))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}
