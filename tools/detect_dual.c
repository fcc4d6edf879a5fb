// SPDX-License-Identifier: GPL-2.0
/*
 * dual-active: an address goes over and back, or two answer for it at once.
 *
 * Timer of each neighbour: clears the finding mac-move-clear after the last
 * sign.
 */
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "detect.h"
#include "words.h"

#define MOVES	2	/* kept beside the one at hand */

struct move {
	__u64 at;
	struct nw_lladdr from;
	struct nw_lladdr to;
};

/* @answered: when the last question was answered. */
struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	struct move last[MOVES];	/* the latest first */
	__u64 answered;
	bool asking;
};

/* Is @b the way back of @a, within the window that ends with @now? */
static bool is_back(const struct nw_detect *d, const struct move *a,
		    const struct move *b, __u64 now)
{
	return a->at && now - a->at <= nw_detect_threshold
				       (d, NW_T_DUAL_WINDOW) &&
	       nw_lladdr_equal(&a->from, &b->to) &&
	       nw_lladdr_equal(&a->to, &b->from);
}

static void tell(struct nw_detect *d, struct state *s,
		 const struct nw_wneigh *n, const struct nw_event *ev,
		 const struct move *pair, enum nw_severity severity)
{
	char a[NW_WORDS], b[NW_WORDS];

	if (nw_detect_allowed(d, &n->addr, &pair->from, &pair->to))
		severity = NW_SEVERITY_INFO;
	if (!s->finding && !n->gateway && nw_detect_crowded(d))
		d->suppressed++;
	else if (!s->finding)
		s->finding = nw_detect_begin(d, "dual-active", n->net,
					     n->ifindex, n->dev, &n->addr,
					     pair->at);
	if (!s->finding)
		return;
	nw_words_lladdr(a, sizeof(a), &pair->from);
	nw_words_lladdr(b, sizeof(b), &pair->to);
	if (severity > s->finding->own)
		nw_finding_text(s->finding, severity == NW_SEVERITY_CRIT ?
				"two masters: %s and %s" :
				"failed over and back, or two masters: %s and %s",
				a, b);
	nw_finding_lladdr(s->finding, &pair->from);
	nw_finding_lladdr(s->finding, &pair->to);
	nw_finding_evidence(s->finding, ev->seq);
	nw_words_history(s->finding);
	if (severity > s->finding->own)
		nw_detect_tell(d, s->finding, severity);
	nw_detect_arm(d, &s->timer, &nw_detector_dual, d->now +
		      nw_detect_threshold(d, NW_T_MOVE_CLEAR));
}

static void take_move(struct nw_detect *d, struct state *s,
		      const struct nw_wneigh *n, const struct nw_event *ev)
{
	const struct move now = {
		.at = ev->mono, .from = n->prev, .to = n->lladdr,
	};

	if (is_back(d, &s->last[0], &now, ev->mono))
		tell(d, s, n, ev, &s->last[0],
		     is_back(d, &s->last[1], &s->last[0], ev->mono) ?
		     NW_SEVERITY_CRIT : NW_SEVERITY_WARN);
	s->last[1] = s->last[0];
	s->last[0] = now;
}

/* Both answered the same question, if the second came at once. */
static void take_offer(struct nw_detect *d, struct state *s,
		       const struct nw_wneigh *n, const struct nw_event *ev)
{
	const struct move pair = {
		.at = ev->mono, .from = n->lladdr, .to = ev->offer.offered,
	};
	const struct nw_wparams *p;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	if (!n->gateway || !s->answered || ev->mono < s->answered ||
	    ev->mono - s->answered >= p->retrans ||
	    nw_lladdr_equal(&pair.from, &pair.to))
		return;
	if (n->family == AF_INET6 && !NW_HAS(&ev->offer, NW_A_OFFER_OVERRIDE))
		return;
	tell(d, s, n, ev, &pair, NW_SEVERITY_CRIT);
}

static void take_state(struct state *s, const struct nw_event *ev)
{
	switch (ev->neigh.new) {
	case NUD_INCOMPLETE:
	case NUD_PROBE:
		s->asking = true;
		break;
	case NUD_REACHABLE:
		if (s->asking && ev->cause == NW_CAUSE_PACKET)
			s->answered = ev->mono;
		s->asking = false;
		break;
	default:
		s->asking = false;
		break;
	}
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	struct state *s;
	bool moved;

	if (!n)
		return;
	moved = nw_detect_moved(n, ev);
	s = nw_detect_private(d, &nw_detector_dual, &n->obj,
			      moved || n->gateway ? sizeof(*s) : 0);
	if (!s)
		return;
	if (moved)
		take_move(d, s, n, ev);
	if (ev->type == NW_TYPE_NEIGH)
		take_state(s, ev);
	else if (ev->type == NW_TYPE_OFFER)
		take_offer(d, s, n, ev);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);

	nw_finding_text(s->finding, "no sign of a second master since");
	nw_detect_clear(d, &s->finding);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_detect_drop(d, &s->timer, &s->finding,
		       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_dual = {
	.name = "dual",
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
