// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "gather.h"
#include "kept.h"

/* Stamp of what was so before anything that is told. */
#define BEFORE	1

struct telling {
	const struct nw_event *first;
	struct nw_gather gather;
	__u64 nr;
	int err;
	void (*fn)(void *arg, const struct nw_event *ev);
	void *arg;
};

static void start(const struct telling *t, struct nw_event *ev, __u8 type,
		  __u8 cause, __u64 mono)
{
	const struct nw_clock first = { t->first->mono, t->first->real };

	memset(ev, 0, sizeof(*ev));
	ev->origin = t->first->origin;
	ev->type = type;
	ev->cause = cause;
	ev->mono = mono;
	ev->real = first.real ? nw_clock_wall(&first, mono) : 0;
	ev->has = NW_BIT(NW_A_RECORD_MONO) | NW_BIT(NW_A_RECORD_DEV) |
		  NW_BIT(NW_A_RECORD_IFINDEX) | NW_BIT(NW_A_RECORD_CAUSE);
}

/* Numbered while they are put in order, so that equal stamps stay so. */
static void put(struct telling *t, struct nw_event *ev)
{
	ev->seq = ++t->nr;
	if (!t->err)
		t->err = nw_gather_add(&t->gather, ev);
}

static void hand_over(void *arg, const struct nw_event *ev)
{
	struct telling *t = arg;
	struct nw_event told = *ev;

	told.seq = 0;
	if (!t->err)
		t->fn(t->arg, &told);
}

static bool is_before(const struct telling *t, __u64 mono)
{
	return mono < t->first->mono;
}

/* --- links --- */

static void start_link(const struct telling *t, struct nw_event *ev,
		       const struct nw_link *l, __u8 type, __u8 cause,
		       __u64 mono)
{
	start(t, ev, type, cause, mono);
	ev->ifindex = l->ifindex;
	ev->flags = l->flags & NW_F_PHYSICAL;
	memcpy(ev->dev, l->dev, sizeof(ev->dev));
}

static void put_edge(struct telling *t, const struct nw_link *l, __u8 cause,
		     __u64 mono, __u8 new)
{
	struct nw_event ev;

	start_link(t, &ev, l, NW_TYPE_CARRIER, cause, mono);
	ev.carrier.has = NW_BIT(NW_A_CARRIER_NEW);
	ev.carrier.new = new;
	put(t, &ev);
}

/* What the link was before the first transition that it keeps. */
static __u8 carrier_before(const struct nw_link *l)
{
	if (!l->nr_last)
		return l->carrier;
	return NW_HAS(&l->last[0], NW_A_STEP_OLD) ? l->last[0].old
						  : NW_CARRIER_UNKNOWN;
}

static void tell_link(struct telling *t, const struct nw_link *l)
{
	struct nw_event ev;
	__u32 i;

	if (l->flags & NW_F_GONE)
		return;
	put_edge(t, l, NW_CAUSE_INITIAL, BEFORE, carrier_before(l));
	if (l->master) {
		start_link(t, &ev, l, NW_TYPE_LINK_ADMIN, NW_CAUSE_INITIAL,
			   BEFORE);
		ev.admin.has = NW_BIT(NW_A_ADMIN_CHANGE) |
			       NW_BIT(NW_A_ADMIN_OTHER);
		ev.admin.change = NW_ADMIN_ENSLAVED;
		ev.admin.other = l->master;
		put(t, &ev);
	}
	for (i = 0; i < l->nr_last; i++)
		if (is_before(t, l->last[i].mono))
			put_edge(t, l, l->last[i].cause, l->last[i].mono,
				 l->last[i].new);
}

/* --- next hops --- */

static bool was_hop(const struct telling *t, const struct nw_nexthop *hop)
{
	return hop->has && (!NW_HAS(hop, NW_A_NEXTHOP_SINCE) ||
			    is_before(t, hop->since));
}

/*
 * Which table and, but for default routes, which destination is not kept: table
 * 0, which no route has, and one half of all addresses.
 */
static void put_route(struct telling *t, const struct nw_nexthop *hop,
		      __u8 dst_len)
{
	struct nw_event ev;

	start(t, &ev, NW_TYPE_ROUTE, NW_CAUSE_INITIAL, BEFORE);
	ev.ifindex = hop->ifindex;
	ev.flags = NW_F_GATEWAY;
	memcpy(ev.dev, hop->dev, sizeof(ev.dev));
	ev.route.has = NW_BIT(NW_A_ROUTE_CHANGE) | NW_BIT(NW_A_ROUTE_FAMILY) |
		       NW_BIT(NW_A_ROUTE_DST_LEN);
	ev.route.change = NW_CHANGE_ADDED;
	ev.route.family = hop->family;
	ev.route.dst_len = dst_len;
	ev.route.gateway = hop->gateway;
	put(t, &ev);
}

static void tell_hop(struct telling *t, const struct nw_nexthop *hop)
{
	if (!was_hop(t, hop))
		return;
	if (hop->defaults)
		put_route(t, hop, 0);
	if (hop->routes > hop->defaults)
		put_route(t, hop, 1);
}

/* --- neighbours --- */

const struct nw_outage *nw_kept_outage(const struct nw_neigh *n, __u64 mono)
{
	const struct nw_outage *o;
	__u32 i;

	for (i = n->nr_outage; i-- > 0;) {
		o = &n->outage[i];
		if (o->begin < mono)
			return NW_HAS(o, NW_A_OUTAGE_END) && o->end < mono ?
			       NULL : o;
	}
	return NULL;
}

static void start_neigh(const struct telling *t, struct nw_event *ev,
			const struct nw_gateway *gw, __u8 type, __u8 cause,
			__u64 mono)
{
	start(t, ev, type, cause, mono);
	ev->ifindex = gw->neigh.ifindex;
	ev->flags = was_hop(t, &gw->hop) ? NW_F_GATEWAY : 0;
	memcpy(ev->dev, gw->neigh.dev, sizeof(ev->dev));
}

static void put_change(struct telling *t, const struct nw_gateway *gw,
		       __u8 cause, __u64 mono, __u8 old, __u8 new)
{
	const struct nw_neigh *n = &gw->neigh;
	struct nw_event ev;

	start_neigh(t, &ev, gw, NW_TYPE_NEIGH, cause, mono);
	ev.neigh.has = NW_BIT(NW_A_CHANGE_FAMILY) | NW_BIT(NW_A_CHANGE_ADDR) |
		       NW_BIT(NW_A_CHANGE_OLD) | NW_BIT(NW_A_CHANGE_NEW);
	ev.neigh.family = n->family;
	ev.neigh.addr = n->addr;
	ev.neigh.old = old;
	ev.neigh.new = new;
	put(t, &ev);
}

/*
 * It began before the transitions that are kept: the first question and the
 * first round that nobody answered. The rounds between have no time.
 */
static bool tell_outage(struct telling *t, const struct nw_gateway *gw)
{
	const struct nw_neigh *n = &gw->neigh;
	const struct nw_outage *o = nw_kept_outage(n, t->first->mono);
	__u8 asked = NUD_INCOMPLETE;

	if (!o || !NW_HAS(o, NW_A_OUTAGE_FAILED) ||
	    !is_before(t, o->failed) ||
	    (n->nr_last && n->last[0].mono <= o->failed))
		return false;
	if (o->path.len > 1)
		asked = o->path.nud[o->path.len - 2];
	if (o->begin < o->failed)
		put_change(t, gw, NW_CAUSE_UNKNOWN, o->begin, NUD_NONE, asked);
	put_change(t, gw, NW_CAUSE_UNKNOWN, o->failed, asked, NUD_FAILED);
	return true;
}

/* What it was before the first transition that it keeps. */
static void tell_state(struct telling *t, const struct nw_gateway *gw)
{
	const struct nw_neigh *n = &gw->neigh;

	if (n->nr_last && NW_HAS(&n->last[0], NW_A_STEP_OLD))
		put_change(t, gw, NW_CAUSE_INITIAL, BEFORE, NUD_NONE,
			   n->last[0].old);
	else if (!n->nr_last && NW_HAS(n, NW_A_NEIGH_STATE))
		put_change(t, gw, NW_CAUSE_INITIAL, BEFORE, NUD_NONE,
			   n->state);
}

/* Of what kind the last packet was is not kept: no more than heard of. */
static void tell_proof(struct telling *t, const struct nw_gateway *gw)
{
	const struct nw_neigh *n = &gw->neigh;
	struct nw_event ev;

	if (!NW_HAS(n, NW_A_NEIGH_ARP_PROOF) || !is_before(t, n->arp_proof))
		return;
	start_neigh(t, &ev, gw, NW_TYPE_CONFIRM, NW_CAUSE_PACKET, n->arp_proof);
	ev.confirm.has = NW_BIT(NW_A_CONFIRM_FAMILY) |
			 NW_BIT(NW_A_CONFIRM_ADDR) | NW_BIT(NW_A_CONFIRM_KIND);
	ev.confirm.family = n->family;
	ev.confirm.addr = n->addr;
	ev.confirm.kind = NW_CONFIRM_HEARD;
	if (NW_HAS(n, NW_A_NEIGH_LLADDR)) {
		ev.confirm.has |= NW_BIT(NW_A_CONFIRM_LLADDR);
		ev.confirm.lladdr = n->lladdr;
	}
	put(t, &ev);
}

static void tell_neigh(struct telling *t, const struct nw_gateway *gw)
{
	const struct nw_neigh *n = &gw->neigh;
	__u8 old;
	__u32 i;

	if (!n->has)
		return;
	if (!tell_outage(t, gw))
		tell_state(t, gw);
	for (i = 0; i < n->nr_last; i++) {
		const struct nw_step *s = &n->last[i];

		if (!is_before(t, s->mono))
			break;
		old = NW_HAS(s, NW_A_STEP_OLD) ? s->old : NUD_NONE;
		put_change(t, gw, s->cause, s->mono, old, s->new);
	}
	tell_proof(t, gw);
}

int nw_kept_tell(const struct nw_kept *kept, const struct nw_event *first,
		 void (*fn)(void *arg, const struct nw_event *ev), void *arg)
{
	struct telling t = {
		.first = first, .gather = { .merge = true },
		.fn = fn, .arg = arg,
	};
	size_t i;

	for (i = 0; i < kept->nr_links; i++)
		tell_link(&t, &kept->link[i]);
	for (i = 0; i < kept->nr_gateways; i++)
		tell_hop(&t, &kept->gateway[i].hop);
	for (i = 0; i < kept->nr_gateways; i++)
		tell_neigh(&t, &kept->gateway[i]);
	nw_gather_drain(&t.gather, hand_over, &t);
	return t.err;
}
