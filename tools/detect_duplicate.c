// SPDX-License-Identifier: GPL-2.0
/*
 * duplicate-address: two stations answer for one address. The kernel keeps the
 * first answer and drops the second, so that no address table shows it.
 *
 * Timer of each neighbour: clears the finding duplicate-address-window after
 * the last offer.
 */
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "detect.h"
#include "words.h"

/*
 * @questions: asked so far; an offer belongs to the latest
 * @claimed: the last offer that was not harmless, 0: none
 * @question: the one that belonged to
 * @offer: the last offer, with the two addresses @kept and @offered
 */
struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	__u64 questions;
	__u64 claimed;
	__u64 question;
	__u64 offers;
	struct nw_told offer;
	struct nw_lladdr kept;
	struct nw_lladdr offered;
};

static bool same_pair(const struct nw_lladdr *a, const struct nw_lladdr *b,
		      const struct nw_lladdr *c, const struct nw_lladdr *d)
{
	return (nw_lladdr_equal(a, c) && nw_lladdr_equal(b, d)) ||
	       (nw_lladdr_equal(a, d) && nw_lladdr_equal(b, c));
}

static bool within(const struct nw_detect *d, enum nw_threshold which,
		   __u64 then, __u64 now)
{
	return then && now <= then + nw_detect_threshold(d, which);
}

static void tell(struct nw_detect *d, struct state *s,
		 const struct nw_wneigh *n, enum nw_severity severity)
{
	char kept[NW_WORDS], offered[NW_WORDS];

	if (!s->finding && !n->gateway && nw_detect_crowded(d))
		d->suppressed++;
	else if (!s->finding)
		s->finding = nw_detect_begin(d, "duplicate-address", n->net,
					     n->ifindex, n->dev, &n->addr,
					     s->offer.at.mono);
	if (!s->finding)
		return;
	nw_words_lladdr(kept, sizeof(kept), &s->kept);
	nw_words_lladdr(offered, sizeof(offered), &s->offered);
	nw_finding_text(s->finding, "%s and %s both claim it; the former is used",
			kept, offered);
	nw_finding_lladdr(s->finding, &s->kept);
	nw_finding_lladdr(s->finding, &s->offered);
	nw_finding_number(s->finding, "offers", s->offers);
	nw_finding_evidence(s->finding, s->offer.seq);
	nw_words_history(s->finding);
	if (severity > s->finding->own)
		nw_detect_tell(d, s->finding, severity);
	/* An offer at the very end of the window is still inside. */
	nw_detect_arm(d, &s->timer, &nw_detector_duplicate, s->offer.at.mono +
		      nw_detect_threshold(d, NW_T_DUPLICATE_WINDOW) + 1);
}

/* A standby that answers politely, or a set the user knows. */
static bool is_harmless(const struct nw_detect *d, const struct nw_wneigh *n,
			const struct nw_event *ev,
			const struct nw_lladdr *kept)
{
	if (n->family == AF_INET6 && !NW_HAS(&ev->offer, NW_A_OFFER_OVERRIDE))
		return true;
	return nw_detect_allowed(d, &n->addr, kept, &ev->offer.offered);
}

static enum nw_severity weigh(const struct nw_detect *d, const struct state *s,
			      const struct nw_wneigh *n,
			      const struct nw_event *ev,
			      const struct nw_lladdr *kept)
{
	if (is_harmless(d, n, ev, kept))
		return NW_SEVERITY_INFO;
	if (s->question != s->questions &&
	    within(d, NW_T_DUPLICATE_WINDOW, s->claimed, ev->mono))
		return NW_SEVERITY_CRIT;
	if (within(d, NW_T_DUPLICATE_MOVE, n->moved.at.mono, ev->mono) &&
	    same_pair(&n->prev, &n->lladdr, kept, &ev->offer.offered))
		return NW_SEVERITY_CRIT;
	return NW_SEVERITY_WARN;
}

/* What is pinned is gateway-pinned's: the kernel asks nobody. */
static void take_offer(struct nw_detect *d, struct state *s,
		       const struct nw_wneigh *n, const struct nw_event *ev)
{
	const struct nw_lladdr *kept = NW_HAS(&ev->offer, NW_A_OFFER_LLADDR) ?
				       &ev->offer.lladdr : &n->lladdr;
	enum nw_severity severity;

	if (n->state == NUD_PERMANENT || n->state == NUD_NOARP ||
	    nw_lladdr_equal(kept, &ev->offer.offered))
		return;
	severity = weigh(d, s, n, ev, kept);
	s->kept = *kept;
	s->offered = ev->offer.offered;
	if (severity > NW_SEVERITY_INFO) {
		s->question = s->questions;
		s->claimed = ev->mono;
	}
	s->offer.at.mono = ev->mono;
	s->offer.at.real = ev->real;
	s->offer.seq = ev->seq;
	s->offers += NW_HAS(&ev->offer, NW_A_OFFER_COUNT) ? ev->offer.count : 1;
	tell(d, s, n, severity);
}

/* The two changed places: both are there. */
static void take_move(struct nw_detect *d, struct state *s,
		      const struct nw_wneigh *n, const struct nw_event *ev)
{
	if (!within(d, NW_T_DUPLICATE_MOVE, s->claimed, ev->mono) ||
	    !same_pair(&n->prev, &n->lladdr, &s->kept, &s->offered))
		return;
	nw_finding_evidence(s->finding, ev->seq);
	tell(d, s, n, NW_SEVERITY_CRIT);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	bool offer = ev->type == NW_TYPE_OFFER;
	struct state *s;

	if (!n)
		return;
	s = nw_detect_private(d, &nw_detector_duplicate, &n->obj,
			      offer ? sizeof(*s) : 0);
	if (!s)
		return;
	if (offer)
		take_offer(d, s, n, ev);
	else if (nw_detect_moved(n, ev))
		take_move(d, s, n, ev);
	if (ev->type == NW_TYPE_NEIGH && ev->neigh.old != ev->neigh.new &&
	    (ev->neigh.new == NUD_INCOMPLETE || ev->neigh.new == NUD_PROBE))
		s->questions++;
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);

	nw_finding_text(s->finding, "no other claim since");
	nw_detect_clear(d, &s->finding);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_detect_drop(d, &s->timer, &s->finding,
		       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_duplicate = {
	.name = "duplicate",
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
