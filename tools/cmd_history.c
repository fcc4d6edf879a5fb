// SPDX-License-Identifier: GPL-2.0
/* history: what the ring still keeps, or with --findings what follows from it. */
#include <errno.h>

#include "gather.h"
#include "judge.h"
#include "say.h"

struct history {
	const struct nw_opts *o;
	struct nw_out *events;
	struct nw_out *findings;
	struct nw_judge judge;
	struct nw_gather gather;
	bool gathering;
	struct nw_origin gap;	/* its losses are still to be told */
};

/* They are told in front of @when: behind it stands what happened later. */
static void tell_gap(struct history *h, const struct nw_clock *when)
{
	struct nw_out *out = h->events;
	__u64 count = h->gap.lost;

	h->gap.lost = 0;
	if (!count)
		return;
	if (out) {
		out->at = *when;
		out->ops->lost(out, &h->gap, 0, count);
		out->at = (struct nw_clock){ 0 };
	}
	if (h->findings) {
		h->findings->at = *when;
		nw_judge_lost(&h->judge, &h->gap, when->mono, 0, count);
		h->findings->at = (struct nw_clock){ 0 };
	}
}

static void show(void *arg, const struct nw_event *ev)
{
	struct history *h = arg;

	tell_gap(h, &(struct nw_clock){ ev->mono, ev->real });
	if (h->events && nw_filter_event(&h->o->filter, ev))
		h->events->ops->event(h->events, ev);
	if (h->findings)
		nw_judge_event(&h->judge, ev);
}

static void add_gap(struct history *h, const struct nw_origin *origin)
{
	__u64 before = h->gap.lost;

	h->gap = *origin;
	h->gap.lost += before;
}

static int take(void *arg, const struct nw_item *item)
{
	struct history *h = arg;

	if (item->kind == NW_ITEM_ORIGIN && item->origin.lost)
		add_gap(h, &item->origin);
	if (item->kind != NW_ITEM_EVENT)
		return 0;
	/* All of it is judged; the filter chooses among the findings. */
	if (!h->findings && !nw_filter_event(&h->o->filter, &item->event))
		return 0;
	if (h->gathering)
		return nw_gather_add(&h->gather, &item->event);
	show(h, &item->event);
	return 0;
}

static void begin(struct history *h, const struct nw_stats *stats)
{
	if (h->events)
		h->events->ops->begin(h->events, stats);
	if (h->findings)
		h->findings->ops->begin(h->findings, stats);
}

/* All that happened before @asked is there, unless the answer broke off. */
static void end(struct history *h, const struct nw_stats *stats,
		const struct nw_clock *asked, bool whole)
{
	struct nw_out *out = h->events;

	tell_gap(h, asked);
	if (out) {
		if (whole && h->o->filter.until.kind == NW_WHEN_NONE &&
		    !nw_filter_is_given(&h->o->filter))
			out->ops->until(out, &stats->origin, asked);
		out->ops->end(out);
	}
	if (h->findings) {
		if (whole)
			nw_judge_until(&h->judge, &stats->origin, asked->mono);
		nw_judge_end(&h->judge);
		h->findings->ops->end(h->findings);
	}
}

static int run(struct nw_opts *o, struct nw_client *c, struct history *h)
{
	struct nw_out *out = h->events ? h->events : h->findings;
	struct nw_ask ask = { .all_netns = o->all_netns };
	static struct nw_stats stats;
	struct nw_clock asked;
	int ret;

	ret = nw_client_stats(c, &stats);
	if (ret)
		return nw_cmd_done(c, ret, "statistics");
	nw_client_compare(c, &stats);
	nw_when_settle(&o->filter.since, &out->start);
	nw_when_settle(&o->filter.until, &out->start);
	if (!h->findings)
		nw_client_narrow(&ask, &o->filter);
	begin(h, &stats);
	nw_clock_now(&asked);	/* what came later may not be in it */
	ret = nw_client_dump(c, NW_CMD_HISTORY_GET, &ask, take, h);
	nw_gather_drain(&h->gather, show, h);
	end(h, &stats, &asked, !ret);
	return nw_cmd_done(c, ret, "history");
}

int nw_history_write(struct nw_opts *o, struct nw_client *c,
		     struct nw_out *events, struct nw_out *findings)
{
	static struct history h;
	int ret;

	h.o = o;
	h.events = events;
	h.findings = findings;
	h.gather.last = o->count;
	h.gather.merge = o->all_netns;
	h.gathering = o->count || o->all_netns;
	ret = nw_judge_open(&h.judge, o, findings, NULL, NULL);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	ret = run(o, c, &h);
	nw_judge_close(&h.judge);
	return ret;
}

int nw_cmd_history(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	int ret;

	ret = nw_cmd_filter(o, o->argc, o->argv);
	if (ret)
		return ret;
	if (o->findings && o->count)
		return nw_say_usage("-n counts events, --findings shows none");
	nw_cmd_out(o, &out);
	out.array = true;
	ret = nw_cmd_open(o, &client);
	if (!ret) {
		nw_cmd_confine(o, o->all_netns, 0);
		ret = nw_history_write(o, &client, o->findings ? NULL : &out,
				       o->findings ? &out : NULL);
	}
	nw_client_close(&client);
	return ret;
}
