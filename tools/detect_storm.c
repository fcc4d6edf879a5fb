// SPDX-License-Identifier: GPL-2.0
/*
 * arp-storm: addresses that nobody has are asked for, so many that they crowd
 * out those that matter. A scan from this host, or of a segment behind it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "detect.h"
#include "format.h"

#define DEFAULT_ROOM	1024	/* gc_thresh3 as the kernel sets it */
#define INFO_PARTS	2	/* told as information from half of it on */

/* A namespace has a room, a link has states. */
struct owned {
	struct nw_private private;
	bool is_link;
};

/* What the fill level of the tables leaves, from a namespace that tells it. */
struct room {
	struct owned owned;
	__u32 full[2];
	__u32 used[2];
};

/**
 * struct state - of a link, for one family
 * @hold: set while there are too many; fires when that lasted
 * @over: since when they hold a part of the room worth a word, 0: they do not
 * @full: since when they hold too much of it, likewise
 * @unanswered: entries that nobody answered for
 * @from: when the first of them since there was none was made
 * @informed: when a finding was last told as information
 * @last: the latest address asked for
 */
struct alarm {
	struct nw_timer timer;
	struct state *of;
};

struct state {
	struct alarm hold;
	struct nw_finding *finding;
	struct nw_wlink *link;
	__u8 family;
	__u32 unanswered;
	__u64 from;
	__u64 over;
	__u64 full;
	__u64 informed;
	__u64 seq;
	struct nw_addr last;
};

struct states {
	struct owned owned;
	struct state state[2];
};

static bool is_unanswered(__u8 nud)
{
	return nud == NUD_INCOMPLETE || nud == NUD_FAILED;
}

/* What others than the unanswered leave of the table. */
static __u32 room_of(struct nw_detect *d, const struct state *s)
{
	int i = s->family == AF_INET6;
	const struct room *r;
	__u32 used;

	r = nw_detect_private(d, &nw_detector_storm, &s->link->net->obj, 0);
	if (!r || !r->full[i])
		return DEFAULT_ROOM;
	used = r->used[i] > s->unanswered ? r->used[i] - s->unanswered : 0;
	return used < r->full[i] ? r->full[i] - used : 1;
}

static __u64 percent(struct nw_detect *d, const struct state *s)
{
	return 100ULL * s->unanswered / room_of(d, s);
}

/* The share of the room that is too much, or one of so many parts of it? */
static bool holds(struct nw_detect *d, const struct state *s,
		  unsigned int parts)
{
	return 100ULL * parts * s->unanswered >=
	       nw_detect_threshold(d, NW_T_STORM_SHARE) * room_of(d, s);
}

/* After boot, carrier up and a namespace's birth everything is asked for. */
static __u64 quiet_until(const struct nw_detect *d, const struct state *s)
{
	__u64 quiet = nw_detect_threshold(d, NW_T_STORM_QUIET);
	__u64 since = nw_world_carrier_since(&d->world, s->link);

	if (s->link->net->first > since)
		since = s->link->net->first;
	return since + quiet;
}

static void say(struct nw_detect *d, struct state *s)
{
	char addr[NW_ADDR_TEXT];
	__u64 share = percent(d, s);

	nw_format_addr(addr, sizeof(addr), &s->last);
	nw_finding_text(s->finding,
			"%u unanswered entries hold %llu %% of the room",
			s->unanswered, share);
	nw_finding_forget_facts(s->finding);
	nw_finding_fact(s->finding, NULL, "latest", "%s", addr);
	nw_finding_fact(s->finding, NULL, "source",
			"asked for on %s: a scan from here, or routed through here",
			s->link->dev);
	nw_finding_number(s->finding, "unanswered", s->unanswered);
	nw_finding_number(s->finding, "share", share);
	nw_finding_number(s->finding, "limit",
			  nw_detect_threshold(d, NW_T_STORM_SHARE));
	nw_finding_evidence(s->finding, s->seq);
}

static void clear(struct nw_detect *d, struct state *s)
{
	nw_finding_text(s->finding, "%u unanswered entries are left",
			s->unanswered);
	nw_detect_clear(d, &s->finding);
}

static void tell(struct nw_detect *d, struct state *s,
		 enum nw_severity severity)
{
	struct nw_wlink *l = s->link;

	if (!s->finding) {
		s->finding = nw_detect_begin(d, "arp-storm", l->net, l->ifindex,
					     l->dev, NULL, s->from);
		nw_finding_hint(s->finding, "neighwatch show neigh dev %s state failed",
				l->dev);
	}
	say(d, s);
	if (s->finding && severity > s->finding->own)
		nw_detect_tell(d, s->finding, severity);
	if (severity == NW_SEVERITY_INFO)
		s->informed = d->now;
}

static bool may_inform(const struct nw_detect *d, const struct state *s)
{
	return !s->informed || d->now - s->informed >=
			       nw_detect_threshold(d, NW_T_STORM_INFO);
}

/* When what began at @since has lasted, outside of the quiet time. */
static __u64 lasted_at(const struct nw_detect *d, const struct state *s,
		       __u64 since)
{
	__u64 quiet = quiet_until(d, s);

	if (!since)
		return NW_NEVER;
	return (since > quiet ? since : quiet) +
	       nw_detect_threshold(d, NW_T_STORM_HOLD);
}

/*
 * Who forwards is asked for what others scan: that is for their eyes, until the
 * table is short of room.
 */
static bool may_warn(const struct nw_detect *d, const struct state *s)
{
	return !s->link->params[s->family == AF_INET6].forwarding ||
	       nw_detect_table_pressed(d, s->family);
}

static bool is_warned(const struct state *s)
{
	return s->finding && s->finding->own == NW_SEVERITY_WARN;
}

static void arm(struct nw_detect *d, struct state *s)
{
	__u64 at = NW_NEVER, over = NW_NEVER;

	if (!is_warned(s) && may_warn(d, s))
		at = lasted_at(d, s, s->full);
	if (!s->finding && may_inform(d, s))
		over = lasted_at(d, s, s->over);
	if (over < at)
		at = over;
	if (at == NW_NEVER)
		nw_detect_disarm(d, &s->hold.timer);
	else
		nw_detect_arm(d, &s->hold.timer, &nw_detector_storm, at);
}

/* Since when it is so, or 0 when it is not. */
static __u64 since(const struct nw_detect *d, __u64 before, bool is)
{
	if (!is)
		return 0;
	return before ? before : d->now;
}

static void judge(struct nw_detect *d, struct state *s)
{
	s->over = since(d, s->over, holds(d, s, INFO_PARTS));
	s->full = since(d, s->full, holds(d, s, 1));
	if (!s->over)
		clear(d, s);
	else if (s->finding)
		say(d, s);
	arm(d, s);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct alarm *alarm = nw_container(timer, struct alarm, timer);
	struct state *s = alarm->of;

	if (lasted_at(d, s, s->full) <= d->now && may_warn(d, s))
		tell(d, s, NW_SEVERITY_WARN);
	else if (lasted_at(d, s, s->over) <= d->now)
		tell(d, s, NW_SEVERITY_INFO);
	if (!s->finding) {	/* there was no room: once more */
		s->over = d->now;
		s->full = s->full ? d->now : 0;
	}
	arm(d, s);
}

static void take_neigh(struct nw_detect *d, const struct nw_event *ev)
{
	const struct nw_change_event *c = &ev->neigh;
	bool was = NW_HAS(c, NW_A_CHANGE_OLD) && is_unanswered(c->old);
	bool is = is_unanswered(c->new);
	struct states *all;
	struct state *s;

	if (was == is || !d->about.link)
		return;
	all = nw_detect_private(d, &nw_detector_storm, &d->about.link->obj,
				is ? sizeof(*all) : 0);
	if (!all)
		return;
	all->owned.is_link = true;
	s = &all->state[c->family == AF_INET6];
	s->hold.of = s;
	s->link = d->about.link;
	s->family = c->family;
	if (is) {
		if (!s->unanswered++)
			s->from = ev->mono;
		s->last = c->addr;
		s->seq = ev->seq;
	} else if (s->unanswered) {
		s->unanswered--;
	}
	judge(d, s);
}

static void take_table(struct nw_detect *d, const struct nw_event *ev)
{
	int i = ev->table.family == AF_INET6;
	struct room *r;

	if (!NW_HAS(&ev->table, NW_A_TABLE_GC_ENTRIES) ||
	    !NW_HAS(&ev->table, NW_A_TABLE_GC_THRESH3))
		return;
	r = nw_detect_private(d, &nw_detector_storm, &d->about.net->obj,
			      sizeof(*r));
	if (!r)
		return;
	r->full[i] = ev->table.gc_thresh3;
	r->used[i] = ev->table.gc_entries;
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	if (ev->type == NW_TYPE_NEIGH)
		take_neigh(d, ev);
	else
		take_table(d, ev);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct owned *owned = nw_container(private, struct owned, private);
	struct states *all = nw_container(owned, struct states, owned);
	int i;

	for (i = 0; owned->is_link && i < 2; i++) {
		nw_detect_disarm(d, &all->state[i].hold.timer);
		clear(d, &all->state[i]);
	}
}

const struct nw_detector_ops nw_detector_storm = {
	.name = "storm",
	.types = NW_BIT(NW_TYPE_NEIGH) |
		 NW_BIT(NW_TYPE_TABLE),
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
