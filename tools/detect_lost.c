// SPDX-License-Identifier: GPL-2.0
/*
 * Honesty: events-lost, records or observations that never arrived, and
 * carrier-unstamped, edges that the device counted and nobody stamped. What
 * aged out of the ring was there to be read, and is not lost.
 */
#include <stdio.h>
#include <string.h>

#include "detect.h"

/*
 * State of a namespace.
 *
 * @clear: moved by each loss; fires when there was none for a window
 * @last: when something of links was lost, for carrier-unstamped
 */
struct lost {
	struct nw_private private;
	struct nw_timer clear;
	struct nw_finding *finding;
	__u64 count;
	__u64 links;
};

/* State of a link; @clear as above. */
struct unstamped {
	struct nw_private private;
	struct nw_timer clear;
	struct nw_finding *finding;
	__u64 count;
	__u64 heard;		/* when its latest record came */
};

static void note_loss(struct nw_detect *d, struct nw_wnet *net, __u64 count,
		      bool links, __u64 seq)
{
	struct lost *s;

	s = nw_detect_private(d, &nw_detector_lost, &net->obj, sizeof(*s));
	if (!s || !count)
		return;
	if (links)
		s->links = d->now;
	s->count += count;
	if (!s->finding) {
		s->finding = nw_detect_begin(d, "events-lost", net, 0, NULL,
					     NULL, d->now);
		nw_finding_subject(s->finding, "this recording");
		nw_finding_hint(s->finding, "neighwatch stats");
		nw_finding_fact(s->finding, NULL, "verdicts",
				"of this time rest on incomplete evidence");
	}
	nw_finding_text(s->finding, "%llu records are missing", s->count);
	nw_finding_number(s->finding, "count", s->count);
	nw_finding_evidence(s->finding, seq);
	nw_detect_tell(d, s->finding, NW_SEVERITY_WARN);
	nw_detect_arm(d, &s->clear, &nw_detector_lost,
		      d->now + nw_detect_threshold(d, NW_T_LOST_WINDOW));
}

static bool is_of_links(const struct nw_event *ev)
{
	return ev->lost.where == NW_WHERE_LINK_MEMORY ||
	       ev->lost.where == NW_WHERE_LINK_LIMIT ||
	       ev->lost.where == NW_WHERE_UNKNOWN;
}

static void lost_event(struct nw_detect *d, const struct nw_event *ev)
{
	note_loss(d, d->about.net, ev->lost.count, is_of_links(ev), ev->seq);
}

/* Between kernel and reader anything may be among them. */
static void lost_numbers(struct nw_detect *d, struct nw_wnet *net, __u64 count)
{
	note_loss(d, net, count, true, 0);
}

static void lost_deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct lost *s = nw_container(timer, struct lost, clear);

	nw_finding_text(s->finding, "nothing was lost since; %llu in all",
			s->count);
	s->count = 0;
	nw_detect_clear(d, &s->finding);
}

static void lost_forget(struct nw_detect *d, struct nw_private *private)
{
	struct lost *s = nw_container(private, struct lost, private);

	nw_detect_drop(d, &s->clear, &s->finding,
		       "its namespace is no longer followed");
}

const struct nw_detector_ops nw_detector_lost = {
	.name = "lost",
	.types = NW_BIT(NW_TYPE_LOST),
	.event = lost_event,
	.deadline = lost_deadline,
	.lost = lost_numbers,
	.forget = lost_forget,
};

/* Do we know that we lost records since the link was last heard of? */
static bool known_lost(struct nw_detect *d, const struct unstamped *s)
{
	const struct lost *lost;

	lost = nw_detect_private(d, &nw_detector_lost, &d->about.net->obj, 0);
	return lost && lost->links && lost->links >= s->heard;
}

static void take_unstamped(struct nw_detect *d, struct unstamped *s,
			   const struct nw_event *ev)
{
	enum nw_severity severity = known_lost(d, s) ? NW_SEVERITY_CRIT :
						       NW_SEVERITY_INFO;

	s->count += ev->carrier.unstamped;
	if (!s->finding) {
		s->finding = nw_detect_begin(d, "carrier-unstamped",
					     d->about.net, ev->ifindex, ev->dev,
					     NULL, ev->mono);
		nw_finding_hint(s->finding, "neighwatch show link dev %s",
				ev->dev);
		nw_finding_fact(s->finding, NULL, "counted",
				"by the device, but nobody saw them happen");
	}
	nw_finding_text(s->finding, "%llu carrier changes have no time%s",
			s->count, severity == NW_SEVERITY_CRIT ?
			": records were lost" : "");
	nw_finding_number(s->finding, "unstamped", s->count);
	nw_finding_evidence(s->finding, ev->seq);
	if (s->finding && severity > s->finding->own)
		nw_detect_tell(d, s->finding, severity);
	nw_detect_arm(d, &s->clear, &nw_detector_unstamped,
		      d->now + nw_detect_threshold(d, NW_T_LOST_WINDOW));
}

static void unstamped_event(struct nw_detect *d, const struct nw_event *ev)
{
	struct unstamped *s;

	if (!d->about.link)
		return;
	s = nw_detect_private(d, &nw_detector_unstamped, &d->about.link->obj,
			      sizeof(*s));
	if (!s)
		return;
	if (ev->carrier.unstamped && !nw_detect_initial(ev))
		take_unstamped(d, s, ev);
	s->heard = ev->mono;
}

static void unstamped_deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct unstamped *s = nw_container(timer, struct unstamped, clear);

	nw_finding_text(s->finding, "every change was stamped since; %llu were not",
			s->count);
	s->count = 0;
	nw_detect_clear(d, &s->finding);
}

static void unstamped_forget(struct nw_detect *d, struct nw_private *private)
{
	struct unstamped *s = nw_container(private, struct unstamped, private);

	nw_detect_drop(d, &s->clear, &s->finding,
		       "its device is no longer followed");
}

const struct nw_detector_ops nw_detector_unstamped = {
	.name = "unstamped",
	.types = NW_BIT(NW_TYPE_CARRIER),
	.event = unstamped_event,
	.deadline = unstamped_deadline,
	.forget = unstamped_forget,
};
