// SPDX-License-Identifier: GPL-2.0
/* When a gateway that does not answer is told of; the rules of nw_detector_gateway. */
#include "stuck.h"

static __u64 later(__u64 a, __u64 b)
{
	return a > b ? a : b;
}

/* @count times @unit behind @from; never, where that is beyond all times. */
static __u64 after(__u64 from, __u64 unit, __u64 count)
{
	__u64 at;

	if (__builtin_mul_overflow(unit, count, &at) ||
	    __builtin_add_overflow(from, at, &at))
		return NW_NEVER;
	return at;
}

/* Without any solicit a round is over at once; crit still takes its time. */
static __u32 solicits(const struct nw_wparams *p)
{
	__u32 nr = p->app_probes + p->mcast_probes;

	return nr ? nr : 1;
}

/* When the link under @n came up, 0 when that was before the stream. */
static __u64 carrier_since(const struct nw_detect *d, const struct nw_wneigh *n)
{
	const struct nw_world *w = &d->world;

	return nw_world_carrier_since(w, nw_world_link(w, n->net, n->ifindex));
}

/*
 * Silence before that means nothing. For a gateway that answered before the
 * carrier was lost this is when it came back, and five seconds later (carrier-
 * wait) comes the warning. One that never answered in this stream may be behind
 * a port that does not forward yet: at boot two forward delays are no alarm.
 */
static __u64 may_answer(const struct nw_detect *d, const struct nw_wneigh *n,
			__u64 up)
{
	if (!up || n->proof.at.mono)
		return up;
	return up + nw_detect_threshold(d, NW_T_STUCK_FORWARD_DELAYS);
}

/*
 * When the round failed that makes enough of them, or never. Those that began
 * before @from do not count.
 */
static __u64 enough_rounds(const struct nw_detect *d, const struct nw_stuck *s,
			   const struct nw_wparams *p, __u64 from)
{
	__u64 need = nw_detect_threshold(d, NW_T_STUCK_ROUNDS);
	__u64 first, last;

	if (s->rounds < need)
		return NW_NEVER;
	last = s->fails[(s->rounds - 1) % NW_FLAP_KEPT];
	first = s->fails[(s->rounds - need) % NW_FLAP_KEPT];
	if ((from && first < after(from, p->retrans, solicits(p))) ||
	    last - first > nw_detect_threshold(d, NW_T_STUCK_ROUNDS_WINDOW))
		return NW_NEVER;
	return last;
}

__u64 nw_stuck_info_at(const struct nw_detect *d, const struct nw_stuck *s,
		       const struct nw_wneigh *n)
{
	__u64 up = carrier_since(d, n);

	if (!s->rounds)
		return NW_NEVER;
	if (!up)
		return s->failed.at.mono;
	return later(s->failed.at.mono,
		     up + nw_detect_threshold(d, NW_T_STUCK_CARRIER_WAIT));
}

__u64 nw_stuck_warn_at(const struct nw_detect *d, const struct nw_stuck *s,
		       const struct nw_wneigh *n)
{
	__u64 up = carrier_since(d, n), from = may_answer(d, n, up), at, asked;
	const struct nw_wparams *p;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	at = enough_rounds(d, s, p, from);
	if (s->spell && !s->idle) {
		asked = after(later(s->spell, from), p->retrans, solicits(p) +
			      nw_detect_threshold(d, NW_T_STUCK_WARN_EXTRA));
		at = asked < at ? asked : at;
	}
	if (at == NW_NEVER || !up)
		return at;
	return later(at, up + nw_detect_threshold(d, NW_T_STUCK_CARRIER_WAIT));
}

__u64 nw_stuck_crit_at(const struct nw_detect *d, const struct nw_stuck *s,
		       const struct nw_wneigh *n)
{
	const struct nw_wparams *p;
	__u64 up = carrier_since(d, n), at;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	at = after(later(s->begin, up), p->retrans, solicits(p) *
		   nw_detect_threshold(d, NW_T_STUCK_CRIT_ROUNDS));
	if (!up)
		return at;
	return later(at, up + nw_detect_threshold(d, NW_T_STUCK_CARRIER_CRIT));
}

bool nw_stuck_is_early(const struct nw_detect *d, const struct nw_wneigh *n,
		       __u64 mono)
{
	const struct nw_wparams *p;
	__u64 up = carrier_since(d, n);

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	return up && mono < after(up, p->retrans, solicits(p));
}
