// SPDX-License-Identifier: GPL-2.0
/* Which findings count, and those that only the tracked entries can tell. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "format.h"
#include "kept.h"
#include "out_object.h"
#include "words.h"

/* A round with the kernel's default timers; those in force may have aged out. */
#define ROUND	(3 * NW_NSEC_PER_SEC)

bool nw_check_asks_all(const struct nw_check_ask *ask)
{
	return !ask->nr_gateways && !ask->nr_devs;
}

static bool is_named(const struct nw_check_ask *ask, const struct nw_addr *addr,
		     const char *dev)
{
	const struct nw_named_gateway *g;
	size_t i;

	for (i = 0; i < ask->nr_gateways; i++) {
		g = &ask->gateway[i];
		if (nw_addr_equal(&g->addr, addr) &&
		    (!*g->dev || !strncmp(g->dev, dev, sizeof(g->dev))))
			return true;
	}
	return false;
}

bool nw_check_asks_dev(const struct nw_check_ask *ask, const char *dev)
{
	size_t i;

	for (i = 0; i < ask->nr_devs; i++)
		if (!strncmp(ask->dev[i], dev, NW_NAME_LEN))
			return true;
	return false;
}

bool nw_check_asks_gateway(const struct nw_check_ask *ask,
			   const struct nw_addr *addr, const char *dev)
{
	return nw_check_asks_all(ask) || is_named(ask, addr, dev) ||
	       nw_check_asks_dev(ask, dev);
}

/* The link of a gateway that was named, and what is under it, explain it. */
static bool explains(const struct nw_check *c, __u32 ifindex)
{
	size_t i;

	for (i = 0; i < c->nr_under; i++)
		if (c->under[i] == ifindex)
			return true;
	return false;
}

/* Losses are said as what they are: they make every other verdict doubtful. */
static bool concerns(const struct nw_check *c, const struct nw_finding *f)
{
	if (f->status == NW_STATUS_NEW || !strcmp(f->id, "events-lost"))
		return false;
	if (nw_check_asks_all(&c->ask))
		return true;
	if (f->addr.len && is_named(&c->ask, &f->addr, f->dev))
		return true;
	if (*f->dev && nw_check_asks_dev(&c->ask, f->dev))
		return true;
	return !f->addr.len && f->ifindex && explains(c, f->ifindex);
}

/* Behind those that are as bad or worse. */
static void add(struct nw_check_result *r, const struct nw_finding *f)
{
	size_t at = r->nr_found;

	r->nr[f->severity]++;
	while (at && r->found[at - 1]->severity < f->severity)
		at--;
	if (at == NW_CHECK_FINDINGS)
		return;
	if (r->nr_found < NW_CHECK_FINDINGS)
		r->nr_found++;
	memmove(&r->found[at + 1], &r->found[at],
		(r->nr_found - 1 - at) * sizeof(r->found[0]));
	r->found[at] = f;
}

static struct nw_finding *own(const struct nw_check *c,
			      struct nw_check_result *r, const char *id,
			      __u64 began)
{
	struct nw_finding *f;

	if (r->nr_own == NW_CHECK_OWN)
		return NULL;
	f = &r->own[r->nr_own++];
	memset(f, 0, sizeof(*f));
	f->id = id;
	f->severity = NW_SEVERITY_CRIT;
	f->worst = NW_SEVERITY_CRIT;
	f->status = NW_STATUS_OPEN;
	f->origin = c->stats->origin;
	f->began.mono = began;
	f->began.real = nw_clock_wall(&c->now, began);
	f->opened = f->began;
	f->changed = f->began;
	return f;
}

static __u64 age(const struct nw_check *c, __u64 mono)
{
	return c->now.mono > mono ? c->now.mono - mono : 0;
}

/* --- an outage that the entry remembers and the ring does not --- */

static const struct nw_check_link *link_of(const struct nw_check *c,
					   __u32 ifindex)
{
	size_t i;

	for (i = 0; i < c->nr_links; i++)
		if (c->link[i].link.ifindex == ifindex)
			return &c->link[i];
	return NULL;
}

/* Without a cable nobody answers, and that is another story. */
static bool had_link(const struct nw_check *c, __u32 ifindex, __u64 since)
{
	const struct nw_check_link *l = link_of(c, ifindex);

	if (!l)
		return true;
	return l->link.carrier != NW_CARRIER_DOWN &&
	       (!NW_HAS(&l->link, NW_A_LINK_SINCE) || l->link.since <= since);
}

static bool is_told(const struct nw_check *c, const struct nw_check_gateway *g)
{
	const struct nw_finding *f;

	for (f = c->open; f; f = f->next)
		if (f->severity >= NW_SEVERITY_WARN &&
		    f->status != NW_STATUS_NEW &&
		    !strcmp(f->id, "gateway-stuck") &&
		    f->ifindex == g->ifindex &&
		    nw_addr_equal(&f->addr, &g->addr))
			return true;
	return false;
}

/*
 * The records in which its rounds followed each other closely enough are gone;
 * that there were several and that nothing answered since is still known.
 */
static const struct nw_outage *forgotten(const struct nw_check *c,
					 const struct nw_check_gateway *g)
{
	const __u64 *limit = c->thresholds->value;
	const struct nw_outage *o;

	if (!c->oldest || !g->neigh.has)
		return NULL;
	o = nw_kept_outage(&g->neigh, c->now.mono);
	if (!o || nw_outage_open(o) == false || o->begin >= c->oldest ||
	    o->rounds < limit[NW_T_STUCK_ROUNDS] ||
	    age(c, o->begin) < ROUND * limit[NW_T_STUCK_CRIT_ROUNDS])
		return NULL;
	if (NW_HAS(&g->hop, NW_A_NEXTHOP_SINCE) && g->hop.since > o->begin)
		return NULL;
	return had_link(c, g->ifindex, o->begin) && !is_told(c, g) ? o : NULL;
}

static void find_forgotten(const struct nw_check *c, struct nw_check_result *r,
			   const struct nw_check_gateway *g)
{
	const struct nw_outage *o = forgotten(c, g);
	char addr[NW_ADDR_TEXT], time[NW_WORDS];
	struct nw_finding *f;

	f = o ? own(c, r, "gateway-stuck", o->begin) : NULL;
	if (!f)
		return;
	nw_format_addr(addr, sizeof(addr), &g->addr);
	nw_words_time(time, sizeof(time), age(c, o->begin));
	f->ifindex = g->ifindex;
	f->family = g->neigh.family;
	f->addr = g->addr;
	memcpy(f->dev, g->dev, sizeof(f->dev));
	nw_finding_subject(f, "%s %s", addr, g->dev);
	nw_finding_text(f, "nobody answers %s, %s",
			nw_words_protocol(g->neigh.family), time);
	nw_finding_hint(f, "neighwatch show neigh %s", addr);
	nw_finding_number(f, "dwell_ns", age(c, o->begin));
	nw_finding_number(f, "rounds", o->rounds);
	add(r, f);
}

/* --- a link that was named --- */

/* One pulled cable is no alarm, but who names a link wants it to carry. */
static void find_cut(const struct nw_check *c, struct nw_check_result *r,
		     const struct nw_check_link *l)
{
	struct nw_finding *f;
	char time[NW_WORDS];
	__u64 since = 0;

	if (!l->named || !nw_link_is_down(&l->link))
		return;
	if (NW_HAS(&l->link, NW_A_LINK_SINCE))
		since = l->link.since;
	f = own(c, r, "link-down", since ? since : c->stats->loaded);
	if (!f)
		return;
	nw_words_time(time, sizeof(time), age(c, since));
	f->ifindex = l->link.ifindex;
	memcpy(f->dev, l->link.dev, sizeof(f->dev));
	nw_finding_subject(f, "%s", l->link.dev);
	nw_finding_text(f, "no carrier%s%s",
			since ? ", " : " since before the recording",
			since ? time : "");
	nw_finding_hint(f, "neighwatch history dev %s", l->link.dev);
	add(r, f);
}

void nw_check_find(const struct nw_check *c, struct nw_check_result *r)
{
	const struct nw_finding *f;
	size_t i;

	memset(r, 0, sizeof(*r));
	for (f = c->open; f; f = f->next)
		if (concerns(c, f))
			add(r, f);
	for (i = 0; i < c->nr_gateways; i++)
		find_forgotten(c, r, &c->gateway[i]);
	for (i = 0; i < c->nr_links; i++)
		find_cut(c, r, &c->link[i]);
}
