// SPDX-License-Identifier: GPL-2.0
/*
 * gateway-stuck: a gateway that does not answer.
 *
 * Timer of each gateway, nw_stuck.timer, set to the earlier of:
 *	warn: (N + 2) x retrans_time after the first question of a spell in
 *	      which it was asked without a pause; or the second failed round
 *	crit: 5 x N x retrans_time after packets stopped to flow
 * with N = app_solicit + mcast_solicit. Before that the first failed round is
 * information. Nothing while there is no carrier; after it came, nothing
 * before 5 s (warn 30 s more for a gateway that never answered: spanning
 * tree) and crit not before 45 s.
 *
 * Only proof ends it, or that no route uses the address any more, or an
 * administrator who says what is right. Entries come and go meanwhile.
 */
#include <string.h>

#include <linux/neighbour.h>

#include "stuck.h"

static bool is_cut(const struct nw_detect *d, const struct nw_wneigh *n)
{
	const struct nw_world *w = &d->world;

	return nw_world_is_cut(w, nw_world_link(w, n->net, n->ifindex));
}

static void tell(struct nw_detect *d, struct nw_stuck *s,
		 const struct nw_wneigh *n, enum nw_severity severity)
{
	if (!s->finding)
		s->finding = nw_detect_begin(d, "gateway-stuck", n->net,
					     n->ifindex, n->dev, &n->addr,
					     s->begin);
	if (!s->finding)
		return;
	nw_finding_evidence(s->finding, s->probe.seq);
	nw_finding_evidence(s->finding, s->failed.seq);
	nw_stuck_describe(d, s, n);
	nw_detect_tell(d, s->finding, severity);
}

static enum nw_severity severity_of(const struct nw_stuck *s)
{
	return s->finding ? s->finding->own : NW_SEVERITY_NONE;
}

/* Tell what is due, and wait for what may come. */
static void judge(struct nw_detect *d, struct nw_stuck *s,
		  const struct nw_wneigh *n)
{
	__u64 at = NW_NEVER, info;

	nw_detect_disarm(d, &s->timer);
	if (!s->begin || is_cut(d, n))
		return;
	if (severity_of(s) < NW_SEVERITY_WARN) {
		at = nw_stuck_warn_at(d, s, n);
		if (at <= d->now)
			tell(d, s, n, NW_SEVERITY_WARN);
	}
	if (severity_of(s) == NW_SEVERITY_NONE) {
		info = nw_stuck_info_at(d, s, n);
		if (info <= d->now)
			tell(d, s, n, NW_SEVERITY_INFO);
		else
			at = info < at ? info : at;
	}
	if (severity_of(s) == NW_SEVERITY_WARN) {
		at = nw_stuck_crit_at(d, s, n);
		if (at <= d->now)
			tell(d, s, n, NW_SEVERITY_CRIT);
	}
	if (at != NW_NEVER && at > d->now)
		nw_detect_arm(d, &s->timer, &nw_detector_gateway, at);
}

static void reset(struct nw_detect *d, struct nw_stuck *s)
{
	struct nw_private private = s->private;

	nw_detect_disarm(d, &s->timer);
	memset(s, 0, sizeof(*s));
	s->private = private;
}

static void end_outage(struct nw_detect *d, struct nw_stuck *s,
		       const struct nw_wneigh *n, const char *why)
{
	if (s->finding)
		nw_stuck_describe_end(d, s, n, why);
	nw_detect_clear(d, &s->finding);
	reset(d, s);
}

static void note_probe(struct nw_stuck *s, const struct nw_event *ev,
		       __u8 state)
{
	if (s->probe.at.mono)
		return;
	s->probe.at.mono = ev->mono;
	s->probe.at.real = ev->real;
	s->probe.seq = ev->seq;
	s->probe_state = state;
}

/* A pause as long as one question may take is none. */
static void ask(struct nw_detect *d, struct nw_stuck *s,
		const struct nw_wneigh *n, const struct nw_event *ev)
{
	const struct nw_wparams *p;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	note_probe(s, ev, NUD_INCOMPLETE);
	if (!s->begin)
		s->begin = ev->mono;
	if (!s->spell || (s->idle && ev->mono > s->idle + p->retrans))
		s->spell = ev->mono;
	s->idle = 0;
}

/* How many requests of the round that failed nobody answered. */
static __u32 requests(const struct nw_detect *d, const struct nw_wneigh *n,
		      const struct nw_event *ev)
{
	const struct nw_wparams *p;

	if (NW_HAS(&ev->neigh, NW_A_CHANGE_PROBES))
		return ev->neigh.probes;
	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	if (ev->neigh.old == NUD_PROBE)
		return p->ucast_probes + p->app_probes + p->mcast_reprobes;
	return p->app_probes + p->mcast_probes;
}

/* Nobody answered a whole round; what a program fails is no round. */
static void fail(struct nw_detect *d, struct nw_stuck *s,
		 const struct nw_wneigh *n, const struct nw_event *ev)
{
	s->idle = ev->mono;
	if (ev->cause == NW_CAUSE_ADMIN || nw_detect_initial(ev) ||
	    is_cut(d, n) || nw_stuck_is_early(d, n, ev->mono))
		return;
	note_probe(s, ev, NUD_INCOMPLETE);
	if (!s->begin)
		s->begin = ev->mono;
	if (!s->rounds) {
		s->failed.at.mono = ev->mono;
		s->failed.at.real = ev->real;
		s->failed.seq = ev->seq;
	}
	s->requests += requests(d, n, ev);
	s->fails[s->rounds++ % NW_FLAP_KEPT] = ev->mono;
	nw_finding_evidence(s->finding, ev->seq);
}

/* It was heard of, but did not answer: no proof, and no outage as yet. */
static void heard(struct nw_stuck *s, const struct nw_event *ev)
{
	if (severity_of(s) >= NW_SEVERITY_WARN)
		return;
	s->begin = 0;
	s->spell = 0;
	s->idle = ev->mono;
	memset(&s->probe, 0, sizeof(s->probe));
}

static void take_state(struct nw_detect *d, struct nw_stuck *s,
		       const struct nw_wneigh *n, const struct nw_event *ev)
{
	switch (ev->neigh.new) {
	case NUD_REACHABLE:
		end_outage(d, s, n, ev->cause == NW_CAUSE_ADMIN ?
			   "set by an administrator" : "it answered");
		return;
	case NUD_PERMANENT:
	case NUD_NOARP:
		end_outage(d, s, n, "it is no longer asked for");
		return;
	case NUD_INCOMPLETE:
		ask(d, s, n, ev);
		break;
	case NUD_FAILED:
		fail(d, s, n, ev);
		break;
	case NUD_PROBE:
		heard(s, ev);
		note_probe(s, ev, NUD_PROBE);
		break;
	case NUD_STALE:
	case NUD_DELAY:
		heard(s, ev);
		break;
	default:
		s->idle = ev->mono;
		break;
	}
	judge(d, s, n);
}

static void take_offer(struct nw_stuck *s, const struct nw_event *ev)
{
	const struct nw_lladdr *ll = &ev->offer.offered;
	unsigned int i;

	if (!s->begin)
		return;
	s->offer.at.mono = ev->mono;
	s->offer.at.real = ev->real;
	s->offer.seq = ev->seq;
	for (i = 0; i < s->nr_offered; i++)
		if (nw_lladdr_equal(&s->offered[i], ll))
			return;
	if (i < NW_FINDING_LLADDRS)
		s->offered[s->nr_offered++] = *ll;
}

/* It was asked for before it became a gateway. */
static void take_route(struct nw_detect *d, struct nw_stuck *s,
		       const struct nw_wneigh *n, const struct nw_event *ev)
{
	if (n->state != NUD_INCOMPLETE || s->spell)
		return;
	ask(d, s, n, ev);
	judge(d, s, n);
}

static void take_neigh(struct nw_detect *d, struct nw_wneigh *n,
		       const struct nw_event *ev)
{
	struct nw_stuck *s;

	s = nw_detect_private(d, &nw_detector_gateway, &n->obj,
			      n->gateway ? sizeof(*s) : 0);
	if (!s)
		return;
	if (!n->gateway)
		end_outage(d, s, n, "no route uses it any more");
	else if (ev->type == NW_TYPE_NEIGH && ev->neigh.old != ev->neigh.new)
		take_state(d, s, n, ev);
	else if (ev->type == NW_TYPE_OFFER)
		take_offer(s, ev);
	else if (ev->type == NW_TYPE_CONFIRM &&
		 ev->confirm.kind == NW_CONFIRM_REPLY)
		end_outage(d, s, n, "it answered");
	else if (ev->type == NW_TYPE_ROUTE)
		take_route(d, s, n, ev);
}

/* Any of the gateways may stand on the link that changed. */
static void for_each(struct nw_detect *d, const struct nw_wnet *net,
		     void (*fn)(struct nw_detect *d, struct nw_stuck *s,
				const struct nw_wneigh *n))
{
	struct nw_wneigh *n;
	struct nw_stuck *s;

	TAILQ_FOREACH(n, &d->world.gateways, lru) {
		if (net && n->net != net)
			continue;
		s = nw_detect_private(d, &nw_detector_gateway, &n->obj, 0);
		if (s && s->begin)
			fn(d, s, n);
	}
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	if (d->about.neigh)
		take_neigh(d, d->about.neigh, ev);
	else if (ev->type == NW_TYPE_CARRIER || ev->type == NW_TYPE_LINK_ADMIN ||
		 ev->type == NW_TYPE_PARAMS)
		for_each(d, d->about.net, judge);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct nw_stuck *s = nw_container(timer, struct nw_stuck, timer);

	judge(d, s, nw_container(s->private.object, struct nw_wneigh, obj));
}

static void describe(struct nw_detect *d)
{
	for_each(d, NULL, nw_stuck_describe);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct nw_stuck *s = nw_container(private, struct nw_stuck, private);

	end_outage(d, s, nw_container(private->object, struct nw_wneigh, obj),
		   "it is no longer followed");
}

const struct nw_detector_ops nw_detector_gateway = {
	.name = "gateway",
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.describe = describe,
	.forget = forget,
};
