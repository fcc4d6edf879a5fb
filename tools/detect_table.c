// SPDX-License-Identifier: GPL-2.0
/*
 * table-pressure: a neighbour table that is about to be full, or is. Tables
 * are global over namespaces; only the initial one's records tell of them.
 * What is tested against the thresholds is what counts for garbage
 * collection, not all entries.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "detect.h"
#include "table_top.h"

/**
 * struct table - of IPv4 or IPv6
 * @hold: set while samples are high; fires when they were for long enough
 * @clear: moved by each refusal; fires when there was none for a window
 * @gc_entries: of the latest sample
 * @fulls: of the latest record, @told: there was one
 * @refused: while the finding is open
 */
struct alarm {
	struct nw_timer timer;
	struct table *of;
};

struct table {
	struct alarm hold;
	struct alarm clear;
	struct nw_finding *finding;
	struct nw_wnet *net;
	__u8 family;
	__u32 gc_entries;
	__u32 limit;
	__u32 full;
	__u64 high;		/* since when, 0: it is not */
	__u64 fulls;
	__u64 refused;
	bool told;
};

struct state {
	struct nw_private private;
	struct table table[2];
};

static const char *name_of(__u8 family)
{
	return family == AF_INET6 ? "IPv6 neighbour table"
				  : "IPv4 neighbour table";
}

static void say(struct nw_detect *d, struct table *t)
{
	struct nw_finding *f = t->finding;

	if (t->refused && !t->full)
		nw_finding_text(f, "full: %llu or more refused", t->refused);
	else if (t->refused)
		nw_finding_text(f, "full: %llu refused, %u of %u used",
				t->refused, t->gc_entries, t->full);
	else
		nw_finding_text(f, "%u of %u entries used", t->gc_entries,
				t->full);
	nw_finding_number(f, "gc_entries", t->gc_entries);
	nw_finding_number(f, "limit", t->limit);
	nw_finding_number(f, "refused", t->refused);
	nw_finding_forget_facts(f);
	if (t->full)
		nw_finding_fact(f, NULL, "limit",
				"collection begins to hurt at %u", t->limit);
	nw_table_top(d, t->family, f);
}

static void tell(struct nw_detect *d, struct table *t,
		 enum nw_severity severity, __u64 began)
{
	if (!t->finding) {
		t->finding = nw_detect_begin(d, "table-pressure", t->net, 0,
					     NULL, NULL, began);
		nw_finding_subject(t->finding, "%s", name_of(t->family));
		nw_finding_hint(t->finding, "neighwatch show table");
	}
	say(d, t);
	if (t->finding && severity > t->finding->own)
		nw_detect_tell(d, t->finding, severity);
}

bool nw_detect_table_pressed(const struct nw_detect *d, __u8 family)
{
	const struct nw_finding *f;

	for (f = nw_detect_open(d); f; f = f->next)
		if (!strcmp(f->id, "table-pressure") &&
		    !strcmp(f->subject, name_of(family)))
			return true;
	return false;
}

static void clear(struct nw_detect *d, struct table *t)
{
	nw_detect_disarm(d, &t->clear.timer);
	if (t->full)
		nw_finding_text(t->finding, "%u of %u entries in use, %llu were refused",
				t->gc_entries, t->full, t->refused);
	else
		nw_finding_text(t->finding, "no more refused; %llu or more were",
				t->refused);
	nw_detect_clear(d, &t->finding);
	t->refused = 0;
}

static __u64 window(const struct nw_detect *d)
{
	return nw_detect_threshold(d, NW_T_LOST_WINDOW);
}

static void hold(struct nw_detect *d, struct table *t)
{
	__u64 apart = nw_detect_threshold(d, NW_T_TABLE_APART);
	__u64 samples = nw_detect_threshold(d, NW_T_TABLE_SAMPLES);

	if (t->high)
		return;
	t->high = d->now;
	nw_detect_arm(d, &t->hold.timer, &nw_detector_table,
		      d->now + (samples - 1) * apart);
}

/* The module tells of a sample when it differs: none is the same again. */
static void take_level(struct nw_detect *d, struct table *t,
		       const struct nw_table_event *e)
{
	t->gc_entries = e->gc_entries;
	t->limit = (__u32)(((__u64)e->gc_thresh2 + e->gc_thresh3) / 2);
	t->full = e->gc_thresh3;
	if (t->full && t->gc_entries >= t->limit) {
		hold(d, t);
		return;
	}
	t->high = 0;
	nw_detect_disarm(d, &t->hold.timer);
	if (t->finding && !t->refused)
		clear(d, t);
}

static bool has_level(const struct nw_table_event *e)
{
	return NW_HAS(e, NW_A_TABLE_GC_ENTRIES) &&
	       NW_HAS(e, NW_A_TABLE_GC_THRESH2) &&
	       NW_HAS(e, NW_A_TABLE_GC_THRESH3);
}

/* A record without a level is a kernel log's: it says that one was refused. */
static void take_fulls(struct nw_detect *d, struct table *t,
		       const struct nw_event *ev)
{
	const struct nw_table_event *e = &ev->table;
	bool counts = t->told || !has_level(e);

	if (counts && !nw_detect_initial(ev) && e->fulls > t->fulls) {
		t->refused += e->fulls - t->fulls;
		tell(d, t, NW_SEVERITY_CRIT, ev->mono);
		nw_finding_evidence(t->finding, ev->seq);
		nw_detect_arm(d, &t->clear.timer, &nw_detector_table,
			      d->now + window(d));
	}
	t->fulls = e->fulls;
	t->told = true;
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct state *s;
	struct table *t;

	s = nw_detect_private(d, &nw_detector_table, &d->about.net->obj,
			      sizeof(*s));
	if (!s)
		return;
	t = &s->table[ev->table.family == AF_INET6];
	t->hold.of = t;
	t->clear.of = t;
	t->net = d->about.net;
	t->family = ev->table.family;
	if (has_level(&ev->table))
		take_level(d, t, &ev->table);
	if (NW_HAS(&ev->table, NW_A_TABLE_FULLS))
		take_fulls(d, t, ev);
	if (t->finding) {
		nw_finding_evidence(t->finding, ev->seq);
		say(d, t);
	}
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct alarm *alarm = nw_container(timer, struct alarm, timer);
	struct table *t = alarm->of;

	if (alarm == &t->hold) {
		tell(d, t, NW_SEVERITY_WARN, t->high);
		return;
	}
	if (t->high) {	/* no more refused, but still close to it */
		nw_detect_arm(d, &t->clear.timer, &nw_detector_table,
			      d->now + window(d));
		return;
	}
	clear(d, t);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);
	int i;

	for (i = 0; i < 2; i++) {
		nw_detect_disarm(d, &s->table[i].hold.timer);
		nw_detect_disarm(d, &s->table[i].clear.timer);
		nw_finding_text(s->table[i].finding,
				"its namespace is no longer followed");
		nw_detect_clear(d, &s->table[i].finding);
	}
}

const struct nw_detector_ops nw_detector_table = {
	.name = "table",
	.types = NW_BIT(NW_TYPE_TABLE),
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
