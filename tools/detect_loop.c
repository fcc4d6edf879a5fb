// SPDX-License-Identifier: GPL-2.0
/*
 * probe-loop: a gateway is doubted more often than the timers explain. One
 * cycle takes at least half of base_reachable_time and delay_first_probe_time.
 *
 * Timer of each gateway: the end of a window that began with a cycle.
 */
#include <linux/neighbour.h>

#include "detect.h"
#include "words.h"

struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	__u64 begin;
	__u64 cycles;
};

/* More cycles than these in a window are too many. */
static __u64 limit(const struct nw_detect *d, const struct nw_wneigh *n)
{
	const struct nw_wparams *p;
	__u64 shortest;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	shortest = p->base_reachable / 2 + p->delay_probe;
	return nw_detect_threshold(d, NW_T_PROBE_LOOP_FACTOR) *
	       nw_detect_threshold(d, NW_T_PROBE_LOOP_WINDOW) /
	       (shortest ? shortest : 1);
}

static void open_finding(struct nw_detect *d, struct state *s,
			 const struct nw_wneigh *n)
{
	s->finding = nw_detect_begin(d, "probe-loop", n->net, n->ifindex,
				     n->dev, &n->addr, s->begin);
	nw_finding_text(s->finding,
			"%llu doubts in %.0f min; its timers explain %llu",
			s->cycles, (double)nw_detect_threshold
			(d, NW_T_PROBE_LOOP_WINDOW) / 6e10,
			limit(d, n) /
			nw_detect_threshold(d, NW_T_PROBE_LOOP_FACTOR));
	nw_finding_number(s->finding, "cycles", s->cycles);
	nw_finding_number(s->finding, "limit", limit(d, n));
	nw_words_history(s->finding);
}

static void cycle(struct nw_detect *d, struct state *s,
		  const struct nw_wneigh *n, const struct nw_event *ev)
{
	if (!s->begin) {
		s->begin = ev->mono;
		nw_detect_arm(d, &s->timer, &nw_detector_loop, ev->mono +
			      nw_detect_threshold(d, NW_T_PROBE_LOOP_WINDOW));
	}
	s->cycles++;
	if (s->cycles <= limit(d, n))
		return;
	if (!s->finding)
		open_finding(d, s, n);
	nw_finding_evidence(s->finding, ev->seq);
	nw_detect_tell(d, s->finding, NW_SEVERITY_INFO);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	struct state *s;

	if (!n || !n->gateway || nw_detect_initial(ev) ||
	    ev->neigh.new != NUD_DELAY || ev->neigh.old == NUD_DELAY)
		return;
	s = nw_detect_private(d, &nw_detector_loop, &n->obj, sizeof(*s));
	if (s)
		cycle(d, s, n, ev);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);
	const struct nw_wneigh *n = nw_container(s->private.object,
						 struct nw_wneigh, obj);

	if (s->cycles > limit(d, n)) {
		/* Goes on being counted, even when it is over. */
		nw_detect_arm(d, &s->timer, &nw_detector_loop, d->now +
			      nw_detect_threshold(d, NW_T_PROBE_LOOP_WINDOW));
		s->begin = d->now;
	} else {
		nw_finding_text(s->finding, "doubted as often as usual");
		nw_detect_clear(d, &s->finding);
		s->begin = 0;
	}
	s->cycles = 0;
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_detect_drop(d, &s->timer, &s->finding,
		       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_loop = {
	.name = "loop",
	.types = NW_BIT(NW_TYPE_NEIGH),
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
