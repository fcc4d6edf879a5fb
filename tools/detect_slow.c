// SPDX-License-Identifier: GPL-2.0
/*
 * slow-resolution: a gateway answered, but not to the first request. Whole
 * rounds without an answer are gateway-stuck's.
 *
 * Timer of each gateway, clears the finding: slow-resolution-window after the
 * last slow answer.
 */
#include <string.h>

#include <linux/neighbour.h>

#include "detect.h"
#include "words.h"

#define KEPT	20	/* slow answers; slow-resolution-warn is no more */

/*
 * @asked: when the question began, 0: none, or a round of it failed
 * @failed: some round failed since the last answer
 * @last: a bit for each of the latest answers, set for slow ones
 */
struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	__u64 asked;
	bool failed;
	__u64 last;
	__u64 slow[KEPT];
	__u64 nr;
};

static unsigned int in_window(const struct nw_detect *d, const struct state *s,
			      __u64 now)
{
	__u64 window = nw_detect_threshold(d, NW_T_SLOW_WINDOW);
	unsigned int i, kept = s->nr < KEPT ? (unsigned int)s->nr : KEPT;
	unsigned int count = 0;

	for (i = 0; i < kept; i++)
		count += s->slow[i] + window >= now;
	return count;
}

static unsigned int of_last(const struct nw_detect *d, const struct state *s)
{
	__u64 nr = nw_detect_threshold(d, NW_T_SLOW_LAST);
	__u64 mask = nr < 64 ? (1ULL << nr) - 1 : ~0ULL;

	return (unsigned int)__builtin_popcountll(s->last & mask);
}

/* Slow is as long as this, or longer. */
static __u64 limit(const struct nw_detect *d, const struct nw_wneigh *n)
{
	const struct nw_wparams *p;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	return p->retrans * nw_detect_threshold(d, NW_T_SLOW_REQUESTS);
}

static void describe(const struct nw_detect *d, struct state *s,
		     const struct nw_wneigh *n, __u64 now, __u64 took)
{
	unsigned int window = in_window(d, s, now), last = of_last(d, s);
	char time[NW_WORDS];

	nw_words_time(time, sizeof(time), took);
	nw_finding_text(s->finding, "took %s to answer", time);
	nw_finding_forget_facts(s->finding);
	nw_finding_fact(s->finding, NULL, "slow",
			"%u of the last %llu answers: some requests get lost",
			last, nw_detect_threshold(d, NW_T_SLOW_LAST));
	nw_finding_number(s->finding, "dwell_ns", took);
	nw_finding_number(s->finding, "limit_ns", limit(d, n));
	nw_finding_number(s->finding, "slow", window);
	nw_finding_number(s->finding, "slow_of_last", last);
	nw_words_history(s->finding);
}

static void take_slow(struct nw_detect *d, struct state *s,
		      const struct nw_wneigh *n, const struct nw_event *ev,
		      __u64 took)
{
	__u64 many = nw_detect_threshold(d, NW_T_SLOW_WARN);
	enum nw_severity now = NW_SEVERITY_INFO;

	s->last |= 1;
	s->slow[s->nr++ % KEPT] = ev->mono;
	if (in_window(d, s, ev->mono) >= many || of_last(d, s) >= many)
		now = NW_SEVERITY_WARN;
	if (!s->finding)
		s->finding = nw_detect_begin(d, "slow-resolution", n->net,
					     n->ifindex, n->dev, &n->addr,
					     s->asked);
	if (!s->finding)
		return;
	describe(d, s, n, ev->mono, took);
	nw_finding_evidence(s->finding, ev->seq);
	if (now > s->finding->own)
		nw_detect_tell(d, s->finding, now);
	nw_detect_arm(d, &s->timer, &nw_detector_slow, ev->mono +
		      nw_detect_threshold(d, NW_T_SLOW_WINDOW));
}

/* A switch port that is not forwarding yet loses requests by design. */
static bool excused(const struct nw_detect *d, const struct state *s)
{
	__u64 up = nw_world_carrier_since(&d->world, d->about.link);

	return up && s->asked <
	       up + nw_detect_threshold(d, NW_T_STUCK_FORWARD_DELAYS);
}

static void answered(struct nw_detect *d, struct state *s,
		     const struct nw_wneigh *n, const struct nw_event *ev)
{
	__u64 took;

	if (s->asked && !s->failed && ev->cause == NW_CAUSE_PACKET &&
	    ev->mono >= s->asked && !excused(d, s)) {
		took = ev->mono - s->asked;
		s->last <<= 1;
		if (took >= limit(d, n))
			take_slow(d, s, n, ev, took);
	}
	s->asked = 0;
	s->failed = false;
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	struct state *s;

	if (!n || !n->gateway || ev->neigh.old == ev->neigh.new)
		return;
	s = nw_detect_private(d, &nw_detector_slow, &n->obj, sizeof(*s));
	if (!s)
		return;
	switch (ev->neigh.new) {
	case NUD_INCOMPLETE:
	case NUD_PROBE:
		s->asked = nw_detect_initial(ev) ? 0 : ev->mono;
		break;
	case NUD_REACHABLE:
		answered(d, s, n, ev);
		break;
	case NUD_FAILED:
		s->failed = true;
		break;
	default:
		s->asked = 0;
		break;
	}
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);

	nw_finding_text(s->finding, "answered the first request ever since");
	nw_detect_clear(d, &s->finding);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_detect_drop(d, &s->timer, &s->finding,
		       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_slow = {
	.name = "slow",
	.types = NW_BIT(NW_TYPE_NEIGH),
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
