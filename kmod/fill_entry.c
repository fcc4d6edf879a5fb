// SPDX-License-Identifier: GPL-2.0
/*
 * What is tracked, in attributes: neighbours, links, next hops and statistics.
 * Every function that is given the message returns 0, or -EMSGSIZE when there
 * is no room; the caller cancels the whole message. Those that are given a place
 * in it return the next one: whoever called them made sure of the room.
 */
#include <linux/ktime.h>
#include <net/genetlink.h>
#include "fill.h"
#include "link.h"
#include "main.h"
#include "nexthop.h"
#include "put.h"
#include "source.h"
#include "track.h"

/* A time that was not seen is left out. */
static int put_seen(struct sk_buff *skb, int attr, u64 mono, int pad)
{
	return mono ? nla_put_u64_64bit(skb, attr, mono, pad) : 0;
}

/* Bytes that a transition, an outage, and all that are kept take at most. */
#define STEP_ROOM	(NLA_HDRLEN + NW_PUT_ROOM_64 + 3 * NW_PUT_ROOM(1))
#define OUTAGE_ROOM	(NLA_HDRLEN + 3 * NW_PUT_ROOM_64 +		\
			 NW_PUT_ROOM(sizeof(u32)) + NW_PUT_ROOM(NW_OUTAGE_PATH))
#define STORY_ROOM	(NW_STEPS * STEP_ROOM + NW_OUTAGES * OUTAGE_ROOM)

static u8 *fill_step(u8 *at, int attr, const struct nw_story *story, u32 i)
{
	u8 *nest = nw_put_nest(at, attr);

	at = nw_put_u64(nest, NW_A_STEP_MONO, story->mono[i], NW_A_STEP_PAD);
	if (story->old[i] != NW_NUD_UNKNOWN)
		at = nw_put_u8(at, NW_A_STEP_OLD, story->old[i]);
	at = nw_put_u8(at, NW_A_STEP_NEW, story->new[i]);
	at = nw_put_u8(at, NW_A_STEP_CAUSE, story->cause[i]);
	nw_put_nest_end(nest, at);
	return at;
}

/* A time that was not seen is left out. */
static u8 *put_time(u8 *at, int attr, u64 mono, int pad)
{
	return mono ? nw_put_u64(at, attr, mono, pad) : at;
}

static u8 *fill_outage(u8 *at, int attr, const struct nw_outage *o)
{
	u8 *nest = nw_put_nest(at, attr);
	u8 path[NW_OUTAGE_PATH];
	u8 path_len = nw_story_path(o, path);

	at = nw_put_u64(nest, NW_A_OUTAGE_BEGIN, o->begin, NW_A_OUTAGE_PAD);
	at = put_time(at, NW_A_OUTAGE_FAILED, o->failed, NW_A_OUTAGE_PAD);
	at = put_time(at, NW_A_OUTAGE_END, o->end, NW_A_OUTAGE_PAD);
	at = nw_put_u32(at, NW_A_OUTAGE_ROUNDS, o->rounds);
	if (path_len)
		at = nw_put_bytes(at, NW_A_OUTAGE_PATH, path, path_len);
	nw_put_nest_end(nest, at);
	return at;
}

static u8 *fill_story(u8 *at, int step_attr, int outage_attr,
		      const struct nw_story *story)
{
	u32 i;

	for (i = story->steps - min_t(u32, story->steps, NW_STEPS);
	     i != story->steps; i++)
		at = fill_step(at, step_attr, story, i % NW_STEPS);
	for (i = story->outages - min_t(u32, story->outages, NW_OUTAGES);
	     i != story->outages; i++)
		at = fill_outage(at, outage_attr,
				 &story->outage[i % NW_OUTAGES]);
	return at;
}

static u8 *put_lladdr(u8 *at, int attr, const struct nw_lladdrs *ll,
		      enum nw_lladdr which)
{
	u8 len = ll->len[which];

	return len ? nw_put_bytes(at, attr, nw_lladdr_get(ll, which), len) : at;
}

static u8 *fill_neigh_state(u8 *at, const struct nw_neigh *t)
{
	u32 flags = t->ntf_flags | (t->gateway ? NW_F_GATEWAY : 0) |
		    (t->n ? 0 : NW_F_GONE);

	at = nw_put_u32(at, NW_A_NEIGH_IFINDEX, t->key.ifindex);
	at = nw_put_string(at, NW_A_NEIGH_DEV, t->dev, sizeof(t->dev));
	at = nw_put_u8(at, NW_A_NEIGH_FAMILY, t->key.family);
	at = nw_put_bytes(at, NW_A_NEIGH_ADDR, t->key.addr,
			  nw_addr_len(t->key.family));
	if (t->state != NW_NUD_UNKNOWN)
		at = nw_put_u8(at, NW_A_NEIGH_STATE, t->state);
	at = put_lladdr(at, NW_A_NEIGH_LLADDR, &t->ll, NW_LLADDR_NOW);
	at = put_lladdr(at, NW_A_NEIGH_PREV_LLADDR, &t->ll, NW_LLADDR_BEFORE);
	return flags ? nw_put_u32(at, NW_A_NEIGH_FLAGS, flags) : at;
}

static u8 *fill_neigh_times(u8 *at, const struct nw_neigh *t)
{
	const int pad = NW_A_NEIGH_PAD;

	lockdep_assert_held(&t->lock);
	at = put_time(at, NW_A_NEIGH_BORN, t->born ? t->watched : 0, pad);
	at = put_time(at, NW_A_NEIGH_SINCE, nw_track_since(t), pad);
	at = put_time(at, NW_A_NEIGH_ARP_PROOF, t->arp_proof, pad);
	at = put_time(at, NW_A_NEIGH_UPPER_PROOF, t->upper_proof, pad);
	at = put_time(at, NW_A_NEIGH_MOVED, t->moved, pad);
	at = nw_put_u32(at, NW_A_NEIGH_TRANSITIONS, t->story.steps);
	at = nw_put_u32(at, NW_A_NEIGH_FAILURES, t->failures);
	at = nw_put_u32(at, NW_A_NEIGH_OUTAGES, t->story.outages);
	at = nw_put_u32(at, NW_A_NEIGH_MOVES, t->moves);
	return nw_put_u32(at, NW_A_NEIGH_OFFERS, t->offers);
}

/* All that the two functions above may put. */
#define NEIGH_ROOM	(NLA_HDRLEN + 7 * NW_PUT_ROOM(sizeof(u32)) +	\
			 2 * NW_PUT_ROOM(1) + NW_PUT_ROOM(IFNAMSIZ) +	\
			 NW_PUT_ROOM(NW_ADDR_MAX) +			\
			 2 * NW_PUT_ROOM(NW_LLADDR_MAX) +		\
			 5 * NW_PUT_ROOM_64 + STORY_ROOM)

/**
 * nw_fill_neigh() - put a tracked neighbour into a message, all or nothing
 * @skb: the message, linear
 * @t: the neighbour, not locked
 */
int nw_fill_neigh(struct sk_buff *skb, struct nw_neigh *t)
{
	u8 *nest, *at;

	if (skb_tailroom(skb) < NEIGH_ROOM)
		return -EMSGSIZE;
	nest = nw_put_nest(skb_tail_pointer(skb), NW_A_NEIGH);
	spin_lock_bh(&t->lock);
	at = fill_neigh_state(nest, t);
	at = fill_neigh_times(at, t);
	at = fill_story(at, NW_A_NEIGH_LAST, NW_A_NEIGH_OUTAGE, &t->story);
	spin_unlock_bh(&t->lock);
	nw_put_nest_end(nest, at);
	__skb_put(skb, at - skb_tail_pointer(skb));
	return 0;
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
	u8 *at;

	if (!nest)
		return err;
	raw_spin_lock_irqsave(&l->lock, flags);
	if (!fill_link_state(skb, l) && !fill_link_mode(skb, l) &&
	    skb_tailroom(skb) >= STORY_ROOM) {
		at = fill_story(skb_tail_pointer(skb), NW_A_LINK_LAST,
				NW_A_LINK_OUTAGE, &l->story);
		__skb_put(skb, at - skb_tail_pointer(skb));
		err = 0;
	}
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
