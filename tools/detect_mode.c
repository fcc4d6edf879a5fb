// SPDX-License-Identifier: GPL-2.0
/*
 * link-renegotiated: a link that came up slower, or half duplex, and stayed
 * so; or with another flow control. A bad pair is slower before it is dead.
 */
#include <stdio.h>
#include <string.h>

#include "detect.h"
#include "flap.h"
#include "link_story.h"

#define HOUR	(3600 * NW_NSEC_PER_SEC)
#define HALF	0

struct state;

/* One of the deadlines of a link. */
struct alarm {
	struct nw_timer timer;
	struct state *of;
};

/**
 * struct state - of a link
 * @hold: set while the link is up and worse than @best; fires when it stayed so
 * @calm: moved by each change of flow control; fires an hour after the last
 * @worse: about speed and duplex
 * @flow: about flow control
 * @best: what the link had before it became worse
 * @now: what it has; what a record did not say is kept
 * @changes: of flow control
 * @admin: when an administrator last did something that stops a link
 */
struct state {
	struct nw_private private;
	struct alarm hold;
	struct alarm calm;
	struct nw_finding *worse;
	struct nw_finding *flow;
	struct nw_mode best;
	struct nw_mode now;
	struct nw_flap changes;
	struct nw_wlink *link;
	__u64 since;
	__u64 admin;
	__u64 seq;
};

static bool both(const struct nw_mode *a, const struct nw_mode *b, int attr)
{
	return NW_HAS(a, attr) && NW_HAS(b, attr);
}

static bool is_worse(const struct nw_mode *now, const struct nw_mode *best)
{
	return (both(now, best, NW_A_MODE_SPEED) && now->speed < best->speed) ||
	       (both(now, best, NW_A_MODE_DUPLEX) && now->duplex == HALF &&
		best->duplex != HALF);
}

static void say(char *buf, size_t size, const struct nw_mode *m)
{
	const char *duplex = !NW_HAS(m, NW_A_MODE_DUPLEX) ? "" :
			     m->duplex == HALF ? " half" : " full";

	if (NW_HAS(m, NW_A_MODE_SPEED))
		snprintf(buf, size, "%u Mb/s%s", m->speed, duplex);
	else
		snprintf(buf, size, "unknown speed%s", duplex);
}

static const char *pause_of(const struct nw_mode *m)
{
	if (m->pause_rx)
		return m->pause_tx ? "rx/tx" : "rx";
	return m->pause_tx ? "tx" : "none";
}

static void merge(struct nw_mode *to, const struct nw_mode *from)
{
	if (NW_HAS(from, NW_A_MODE_SPEED))
		to->speed = from->speed;
	if (NW_HAS(from, NW_A_MODE_DUPLEX))
		to->duplex = from->duplex;
	if (NW_HAS(from, NW_A_MODE_PAUSE_RX))
		to->pause_rx = from->pause_rx;
	if (NW_HAS(from, NW_A_MODE_PAUSE_TX))
		to->pause_tx = from->pause_tx;
	to->has |= from->has;
}

static void recover(struct nw_detect *d, struct state *s)
{
	char text[64];

	nw_detect_disarm(d, &s->hold.timer);
	s->best = s->now;
	say(text, sizeof(text), &s->now);
	nw_finding_text(s->worse, "%s again", text);
	nw_detect_clear(d, &s->worse);
}

static void judge_speed(struct nw_detect *d, struct state *s,
			const struct nw_event *ev)
{
	__u64 quiet = nw_detect_threshold(d, NW_T_LINK_FLAP_ADMIN);
	bool wanted = s->admin && ev->mono - s->admin <= quiet;

	if (wanted || nw_detect_initial(ev) || !is_worse(&s->now, &s->best)) {
		recover(d, s);
		return;
	}
	nw_finding_evidence(s->worse, ev->seq);
	if (s->worse || s->hold.timer.slot)
		return;
	s->since = ev->mono;
	s->seq = ev->seq;
	nw_detect_arm(d, &s->hold.timer, &nw_detector_mode, ev->mono +
		      nw_detect_threshold(d, NW_T_RENEGOTIATED_HOLD));
}

static void tell_worse(struct nw_detect *d, struct state *s)
{
	struct nw_wlink *l = s->link;
	char was[64], is[64];

	say(was, sizeof(was), &s->best);
	say(is, sizeof(is), &s->now);
	s->worse = nw_detect_begin(d, "link-renegotiated", l->net, l->ifindex,
				   l->dev, NULL, s->since);
	nw_finding_text(s->worse, "%s became %s", was, is);
	nw_finding_hint(s->worse, "ethtool %s; look at the cable", l->dev);
	nw_finding_number(s->worse, "speed", s->now.speed);
	nw_finding_number(s->worse, "limit", s->best.speed);
	nw_finding_evidence(s->worse, s->seq);
	nw_detect_tell(d, s->worse, NW_SEVERITY_WARN);
}

static void judge_pause(struct nw_detect *d, struct state *s,
			const struct nw_mode *was, const struct nw_event *ev)
{
	struct nw_wlink *l = s->link;
	bool often;

	if (!both(was, &s->now, NW_A_MODE_PAUSE_RX) ||
	    !both(was, &s->now, NW_A_MODE_PAUSE_TX) ||
	    nw_detect_initial(ev) || !strcmp(pause_of(was), pause_of(&s->now)))
		return;
	nw_flap_add(&s->changes, ev->mono, HOUR, 0);
	often = nw_flap_count(&s->changes, ev->mono, HOUR) >=
		nw_detect_threshold(d, NW_T_RENEGOTIATED_PAUSE);
	if (!s->flow) {
		s->flow = nw_detect_begin(d, "link-renegotiated", l->net,
					  l->ifindex, l->dev, NULL, ev->mono);
		nw_finding_subject(s->flow, "%s flow control", l->dev);
		nw_finding_hint(s->flow, "ethtool -a %s", l->dev);
	}
	nw_finding_text(s->flow, "pause %s became %s", pause_of(was),
			pause_of(&s->now));
	nw_finding_number(s->flow, "changes", s->changes.nr);
	nw_finding_evidence(s->flow, ev->seq);
	if (s->flow && (often || !s->flow->own))
		nw_detect_tell(d, s->flow, often ? NW_SEVERITY_WARN :
						   NW_SEVERITY_INFO);
	nw_detect_arm(d, &s->calm.timer, &nw_detector_mode, ev->mono + HOUR);
}

static void take_mode(struct nw_detect *d, struct state *s,
		      const struct nw_event *ev)
{
	struct nw_mode was = s->now;

	merge(&s->now, &ev->mode);
	judge_pause(d, s, &was, ev);
	judge_speed(d, s, ev);
}

/* Without carrier there is no speed to be held. */
static void take_carrier(struct nw_detect *d, struct state *s,
			 const struct nw_event *ev)
{
	if (ev->carrier.new != NW_CARRIER_DOWN)
		return;
	nw_detect_disarm(d, &s->hold.timer);
	if (ev->cause == NW_CAUSE_ADMIN)
		s->admin = ev->mono;
}

static void drop(struct nw_detect *d, struct state *s)
{
	nw_detect_disarm(d, &s->hold.timer);
	nw_detect_disarm(d, &s->calm.timer);
	nw_finding_text(s->worse, "the device is gone");
	nw_finding_text(s->flow, "the device is gone");
	nw_detect_clear(d, &s->worse);
	nw_detect_clear(d, &s->flow);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct state *s;

	if (!d->about.link)
		return;
	s = nw_detect_private(d, &nw_detector_mode, &d->about.link->obj,
			      sizeof(*s));
	if (!s)
		return;
	s->link = d->about.link;
	s->hold.of = s;
	s->calm.of = s;
	if (ev->type == NW_TYPE_LINK_MODE)
		take_mode(d, s, ev);
	else if (ev->type == NW_TYPE_CARRIER)
		take_carrier(d, s, ev);
	else if (nw_story_stops_link(ev))
		s->admin = ev->mono;
	if (ev->type == NW_TYPE_LINK_ADMIN &&
	    ev->admin.change == NW_ADMIN_REMOVED)
		drop(d, s);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct alarm *alarm = nw_container(timer, struct alarm, timer);
	struct state *s = alarm->of;

	if (alarm == &s->hold) {
		tell_worse(d, s);
		return;
	}
	nw_finding_text(s->flow, "pause %s for an hour", pause_of(&s->now));
	nw_detect_clear(d, &s->flow);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	drop(d, nw_container(private, struct state, private));
}

const struct nw_detector_ops nw_detector_mode = {
	.name = "mode",
	.types = NW_BIT(NW_TYPE_LINK_MODE) |
		 NW_BIT(NW_TYPE_CARRIER) |
		 NW_BIT(NW_TYPE_LINK_ADMIN),
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
