// SPDX-License-Identifier: GPL-2.0
/* history: what the ring still keeps, or with --findings what follows from it. */
#include <errno.h>

#include "gather.h"
#include "judge.h"
#include "say.h"

struct history {
	const struct nw_opts *o;
	struct nw_out *out;
	struct nw_judge judge;
	struct nw_gather gather;
	bool gathering;
};

static void show(void *arg, const struct nw_event *ev)
{
	struct history *h = arg;

	if (h->o->findings)
		nw_judge_event(&h->judge, ev);
	else
		h->out->ops->event(h->out, ev);
}

static int take(void *arg, const struct nw_item *item)
{
	struct history *h = arg;

	if (item->kind == NW_ITEM_ORIGIN && item->origin.lost)
		h->out->ops->lost(h->out, &item->origin, 0, item->origin.lost);
	if (item->kind != NW_ITEM_EVENT)
		return 0;
	/* All of it is judged; the filter chooses among the findings. */
	if (!h->o->findings && !nw_filter_event(&h->o->filter, &item->event))
		return 0;
	if (h->gathering)
		return nw_gather_add(&h->gather, &item->event);
	show(h, &item->event);
	return 0;
}

static int run(struct nw_opts *o, struct nw_client *c, struct history *h)
{
	struct nw_ask ask = { .all_netns = o->all_netns };
	static struct nw_stats stats;
	struct nw_clock asked;
	int ret;

	ret = nw_client_stats(c, &stats);
	if (ret)
		return nw_cmd_done(c, ret, "statistics");
	nw_client_compare(c, &stats);
	nw_when_settle(&o->filter.since, &h->out->start);
	nw_when_settle(&o->filter.until, &h->out->start);
	if (!o->findings)
		nw_client_narrow(&ask, &o->filter);
	h->out->ops->begin(h->out, &stats);
	nw_clock_now(&asked);	/* what came later may not be in it */
	ret = nw_client_dump(c, NW_CMD_HISTORY_GET, &ask, take, h);
	nw_gather_drain(&h->gather, show, h);
	if (o->findings) {
		nw_judge_until(&h->judge, &stats.origin, asked.mono);
		nw_judge_end(&h->judge);
	} else if (!ret && o->filter.until.kind == NW_WHEN_NONE &&
	    !nw_filter_is_given(&o->filter)) {
		h->out->ops->until(h->out, &stats.origin, &asked);
	}
	h->out->ops->end(h->out);
	return nw_cmd_done(c, ret, "history");
}

int nw_cmd_history(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	static struct history h;
	int ret;

	ret = nw_cmd_filter(o, o->argc, o->argv);
	if (ret)
		return ret;
	if (o->findings && o->count)
		return nw_say_usage("-n counts events, --findings shows none");
	h.o = o;
	h.out = &out;
	h.gather.last = o->count;
	h.gather.merge = o->all_netns;
	h.gathering = o->count || o->all_netns;
	nw_cmd_out(o, &out);
	out.array = true;
	ret = nw_judge_open(&h.judge, o, &out, NULL, NULL);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	ret = nw_cmd_open(o, &client);
	if (!ret)
		ret = run(o, &client, &h);
	nw_client_close(&client);
	nw_judge_close(&h.judge);
	return ret;
}
