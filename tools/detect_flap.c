// SPDX-License-Identifier: GPL-2.0
/*
 * gateway-flap: a gateway that is lost again and again. A loss is FAILED after
 * packets flowed; PROBE is none.
 *
 * Timer of each gateway, clears the finding: the penalty is below
 * gateway-flap-clear and the last loss was gateway-flap-quiet ago.
 */
#include <linux/neighbour.h>

#include "detect.h"
#include "flap.h"
#include "words.h"

#define HOUR	(3600 * NW_NSEC_PER_SEC)

struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	struct nw_flap flap;
	bool usable;
};

static enum nw_severity severity(const struct nw_detect *d,
				 const struct nw_flap *flap, __u64 now)
{
	double penalty = nw_flap_penalty(flap, now, nw_detect_threshold
					 (d, NW_T_GATEWAY_FLAP_HALF_LIFE));

	if (penalty >= (double)nw_detect_threshold(d, NW_T_GATEWAY_FLAP_CRIT))
		return NW_SEVERITY_CRIT;
	if (penalty >= (double)nw_detect_threshold(d, NW_T_GATEWAY_FLAP_WARN) ||
	    nw_flap_count(flap, now, HOUR) >=
	    nw_detect_threshold(d, NW_T_GATEWAY_FLAP_HOURLY))
		return NW_SEVERITY_WARN;
	return NW_SEVERITY_NONE;
}

static __u64 clears_at(const struct nw_detect *d, const struct nw_flap *flap)
{
	__u64 below, quiet;

	below = nw_flap_below(flap, nw_detect_threshold
			      (d, NW_T_GATEWAY_FLAP_HALF_LIFE),
			      nw_detect_threshold(d, NW_T_GATEWAY_FLAP_CLEAR));
	quiet = flap->at + nw_detect_threshold(d, NW_T_GATEWAY_FLAP_QUIET);
	return below > quiet ? below : quiet;
}

static void describe(const struct nw_detect *d, struct state *s,
		     const struct nw_event *ev)
{
	const struct nw_flap *flap = &s->flap;
	unsigned int hour = nw_flap_count(flap, ev->mono, HOUR);

	nw_finding_text(s->finding, "lost %u times in 1 h, penalty %.0f",
			hour, flap->penalty);
	nw_finding_number(s->finding, "penalty", (__u64)(flap->penalty + 0.5));
	nw_finding_number(s->finding, "losses", hour);
	nw_finding_number(s->finding, "limit",
			  nw_detect_threshold(d, NW_T_GATEWAY_FLAP_WARN));
	nw_words_history(s->finding);
}

static void lose(struct nw_detect *d, struct state *s,
		 const struct nw_wneigh *n, const struct nw_event *ev)
{
	enum nw_severity now;

	s->usable = false;
	nw_flap_add(&s->flap, ev->mono,
		    nw_detect_threshold(d, NW_T_GATEWAY_FLAP_HALF_LIFE), 0);
	now = severity(d, &s->flap, ev->mono);
	if (!s->finding && now)
		s->finding = nw_detect_begin(d, "gateway-flap", n->net,
					     n->ifindex, n->dev, &n->addr,
					     ev->mono);
	if (!s->finding)
		return;
	describe(d, s, ev);
	nw_finding_evidence(s->finding, ev->seq);
	if (now > s->finding->own)
		nw_detect_tell(d, s->finding, now);
	nw_detect_arm(d, &s->timer, &nw_detector_flap,
		      clears_at(d, &s->flap));
}

/* What the cable, an administrator or a new address did is no loss. */
static bool excused(const struct nw_detect *d, const struct nw_event *ev)
{
	return ev->cause == NW_CAUSE_ADMIN || nw_detect_initial(ev) ||
	       ev->cause == NW_CAUSE_LINK_DOWN ||
	       ev->cause == NW_CAUSE_ADDRESS_CHANGED ||
	       ev->cause == NW_CAUSE_DEVICE_GONE ||
	       nw_world_is_cut(&d->world, d->about.link);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	struct state *s;

	if (!n || !n->gateway)
		return;
	s = nw_detect_private(d, &nw_detector_flap, &n->obj, sizeof(*s));
	if (!s)
		return;
	if (nw_world_usable(ev->neigh.new))
		s->usable = true;
	else if (excused(d, ev))
		s->usable = false;
	else if (ev->neigh.new == NUD_FAILED && s->usable)
		lose(d, s, n, ev);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);

	nw_finding_text(s->finding, "not lost for %.0f min",
			(double)(d->now - s->flap.at) / 6e10);
	nw_detect_clear(d, &s->finding);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_detect_drop(d, &s->timer, &s->finding,
		       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_flap = {
	.name = "flap",
	.types = NW_BIT(NW_TYPE_NEIGH),
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
