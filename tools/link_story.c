// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "format.h"
#include "link_story.h"
#include "words.h"

static struct nw_edge *last_edge(struct nw_story *s)
{
	return s->nr ? &s->edge[(s->nr - 1) % NW_STORY_EDGES] : NULL;
}

void nw_story_carrier(struct nw_story *s, const struct nw_event *ev,
		      bool counted)
{
	struct nw_edge *e = &s->edge[s->nr++ % NW_STORY_EDGES];

	memset(e, 0, sizeof(*e));
	e->at.mono = ev->mono;
	e->at.real = ev->real;
	e->seq = ev->seq;
	e->new = ev->carrier.new;
	e->cause = ev->cause;
	e->counted = counted;
	if (NW_HAS(&ev->carrier, NW_A_CARRIER_DWELL))
		e->dwell = ev->carrier.dwell;
}

/* "1000 full, pause rx/tx"; what is not known is left out. */
static void say_mode(char *buf, size_t size, const struct nw_mode *m)
{
	size_t len = 0;

	buf[0] = '\0';
	if (NW_HAS(m, NW_A_MODE_SPEED))
		len += (size_t)snprintf(buf + len, size - len, "%u", m->speed);
	if (NW_HAS(m, NW_A_MODE_DUPLEX) && m->duplex < 2)
		len += (size_t)snprintf(buf + len, size - len, "%s%s",
					len ? " " : "",
					m->duplex ? "full" : "half");
	if (NW_HAS(m, NW_A_MODE_PAUSE_RX) && NW_HAS(m, NW_A_MODE_PAUSE_TX))
		snprintf(buf + len, size - len, "%spause %s", len ? ", " : "",
			 m->pause_rx && m->pause_tx ? "rx/tx" :
			 m->pause_rx ? "rx" : m->pause_tx ? "tx" : "none");
}

static bool differs(const struct nw_mode *a, const struct nw_mode *b)
{
	__u64 both = a->has & b->has;

	return ((both & NW_BIT(NW_A_MODE_SPEED)) && a->speed != b->speed) ||
	       ((both & NW_BIT(NW_A_MODE_DUPLEX)) && a->duplex != b->duplex) ||
	       ((both & NW_BIT(NW_A_MODE_PAUSE_RX)) &&
		a->pause_rx != b->pause_rx) ||
	       ((both & NW_BIT(NW_A_MODE_PAUSE_TX)) &&
		a->pause_tx != b->pause_tx);
}

void nw_story_mode(struct nw_story *s, const struct nw_event *ev)
{
	struct nw_edge *e = last_edge(s);

	if (e && e->new != NW_CARRIER_DOWN) {
		say_mode(e->mode, sizeof(e->mode), &ev->mode);
		e->changed |= differs(&s->mode, &ev->mode);
	}
	s->mode = ev->mode;
}

void nw_story_neigh(struct nw_story *s, const struct nw_event *ev,
		    const struct nw_wneigh *n)
{
	struct nw_story_gateway *g = &s->gateway;
	bool usable = nw_world_usable(n->state);

	if (!usable && (!g->from || (g->to && nw_addr_equal(&g->addr,
							    &n->addr)))) {
		g->addr = n->addr;
		g->from = ev->mono;
		g->to = 0;
	} else if (usable && g->from && !g->to &&
		   nw_addr_equal(&g->addr, &n->addr)) {
		g->to = ev->mono;
	}
}

static void tell_edge(struct nw_finding *f, const struct nw_edge *e)
{
	static const char *const names[] = { "?", "DOWN", "up", "pulse" };
	char dwell[NW_WORDS] = "";
	char after[32] = "";

	if (e->dwell) {
		nw_format_duration(dwell, sizeof(dwell), e->dwell, false);
		snprintf(after, sizeof(after), "after %.24s", dwell);
	}
	if (e->new == NW_CARRIER_DOWN)
		nw_finding_fact(f, &e->at, "", "%-5s %-18s %s%s", names[e->new],
				after, nw_words_cause(e->cause),
				e->counted ? "" : ", not counted");
	else
		nw_finding_fact(f, &e->at, "", "%-5s %-18s %s%s",
				names[e->new < 4 ? e->new : 0], after, e->mode,
				e->changed ? "  <- changed" : "");
}

/* When the link came up last before @mono; 0: not known. */
static __u64 up_before(const struct nw_story *s, __u64 mono)
{
	__u64 i = s->nr > NW_STORY_EDGES ? s->nr - NW_STORY_EDGES : 0;
	__u64 up = 0;

	for (; i < s->nr; i++) {
		const struct nw_edge *e = &s->edge[i % NW_STORY_EDGES];

		if (e->new != NW_CARRIER_DOWN && e->at.mono <= mono)
			up = e->at.mono;
	}
	return up;
}

static void tell_gateway(const struct nw_detect *d, struct nw_finding *f,
			 const struct nw_story *s, __u64 since)
{
	const struct nw_story_gateway *g = &s->gateway;
	char addr[NW_ADDR_TEXT], time[NW_WORDS], behind[NW_WORDS];
	struct nw_clock at;
	__u64 up;

	if (!g->from || g->from < since)
		return;
	nw_format_addr(addr, sizeof(addr), &g->addr);
	at = nw_detect_clock(d, g->from);
	up = up_before(s, g->to);
	nw_words_time(time, sizeof(time), g->to - g->from);
	nw_words_time(behind, sizeof(behind), g->to - up);
	if (!g->to)
		nw_finding_fact(f, &at, "gateway", "%s unusable since", addr);
	else if (up < g->from)
		nw_finding_fact(f, &at, "gateway", "%s unusable %s", addr,
				time);
	else
		nw_finding_fact(f, &at, "gateway",
				"%s unusable %s (%s after the link)", addr,
				time, behind);
}

/* Only its own link, or all of them? */
static void tell_others(const struct nw_detect *d,
			const struct nw_wlink *link, struct nw_finding *f,
			__u64 since)
{
	const struct nw_wlink *l, *kept = NULL, *lost = NULL;

	TAILQ_FOREACH(l, &d->world.links, lru) {
		if (l == link || l->net != link->net || !l->physical || l->gone)
			continue;
		if (l->down.at.mono >= since)
			lost = l;
		else if (l->carrier == NW_CARRIER_UP)
			kept = l;
	}
	if (lost)
		nw_finding_fact(f, NULL, "together",
				"%s lost its link, too: suspect the switch",
				lost->dev);
	else if (kept)
		nw_finding_fact(f, NULL, "alone",
				"%s kept its link: suspect this port, cable or NIC",
				kept->dev);
}

void nw_story_tell(const struct nw_story *s, const struct nw_detect *d,
		   const struct nw_wlink *link, struct nw_finding *f,
		   __u64 since)
{
	__u64 i = s->nr > NW_STORY_EDGES ? s->nr - NW_STORY_EDGES : 0;

	nw_finding_forget_facts(f);
	for (; i < s->nr; i++) {
		const struct nw_edge *e = &s->edge[i % NW_STORY_EDGES];

		if (e->at.mono >= since)
			tell_edge(f, e);
	}
	tell_gateway(d, f, s, since);
	tell_others(d, link, f, since);
}

void nw_story_evidence(const struct nw_story *s, struct nw_finding *f,
		       __u64 since)
{
	__u64 i = s->nr > NW_STORY_EDGES ? s->nr - NW_STORY_EDGES : 0;

	for (; i < s->nr; i++)
		if (s->edge[i % NW_STORY_EDGES].at.mono >= since)
			nw_finding_evidence(f, s->edge[i % NW_STORY_EDGES].seq);
}

bool nw_story_stops_link(const struct nw_event *ev)
{
	switch (ev->admin.change) {
	case NW_ADMIN_REGISTERED:
		return !nw_detect_initial(ev);
	case NW_ADMIN_UP:
	case NW_ADMIN_DOWN:
	case NW_ADMIN_ADDRESS:
	case NW_ADMIN_MTU:
	case NW_ADMIN_ENSLAVED:
	case NW_ADMIN_RELEASED:
		return ev->cause == NW_CAUSE_ADMIN;
	default:
		return false;
	}
}
