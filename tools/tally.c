// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include <linux/neighbour.h>

#include "format.h"
#include "tally.h"

static void start(struct nw_tally *t, __u64 from)
{
	memset(t, 0, sizeof(*t));
	t->from = from;
}

/* The entry's own transitions say who did it, as far as they go back. */
static bool by_admin(const struct nw_neigh *n, __u64 begin)
{
	__u32 i;

	for (i = 0; i < n->nr_last; i++)
		if (n->last[i].mono == begin &&
		    n->last[i].cause == NW_CAUSE_ADMIN)
			return true;
	return false;
}

void nw_tally_neigh(struct nw_tally *t, const struct nw_neigh *n, __u64 from,
		    __u64 oldest)
{
	const struct nw_outage *o;
	__u32 i;

	start(t, from);
	if (!n->has || !oldest)
		return;
	for (i = 0; i < n->nr_outage; i++) {
		o = &n->outage[i];
		if (o->begin >= oldest)
			break;
		t->nr += o->begin >= from && !by_admin(n, o->begin);
		t->lost = !NW_HAS(o, NW_A_OUTAGE_END) || o->end >= oldest;
	}
	t->partial = oldest > from && n->outages > n->nr_outage &&
		     n->nr_outage && n->outage[0].begin > from;
}

/* As the module counts outages. */
static bool is_lost(const struct nw_change_event *c)
{
	if (c->new == NUD_FAILED)
		return true;
	return NW_HAS(c, NW_A_CHANGE_OLD) && nw_nud_usable(c->old) &&
	       c->new != NW_NUD_ABSENT;
}

void nw_tally_change(struct nw_tally *t, const struct nw_event *ev)
{
	if (nw_nud_usable(ev->neigh.new)) {
		t->lost = false;
		return;
	}
	if (t->lost || !is_lost(&ev->neigh))
		return;
	t->lost = true;
	if (ev->cause != NW_CAUSE_ADMIN && ev->cause != NW_CAUSE_INITIAL &&
	    ev->mono >= t->from)
		t->nr++;
}

static bool is_loss(__u8 new, __u8 cause)
{
	return (new == NW_CARRIER_DOWN || new == NW_CARRIER_PULSE) &&
	       cause == NW_CAUSE_DRIVER;
}

void nw_tally_link(struct nw_tally *t, const struct nw_link *l, __u64 from,
		   __u64 oldest)
{
	const struct nw_step *s;
	__u32 i;

	start(t, from);
	if (!oldest)
		return;
	for (i = 0; i < l->nr_last; i++) {
		s = &l->last[i];
		if (s->mono >= oldest)
			break;
		t->nr += s->mono >= from && is_loss(s->new, s->cause);
	}
	t->partial = oldest > from && l->nr_last == NW_STEPS &&
		     l->last[0].mono > from;
}

void nw_tally_carrier(struct nw_tally *t, const struct nw_event *ev)
{
	if (ev->mono >= t->from)
		t->nr += is_loss(ev->carrier.new, ev->cause);
}
