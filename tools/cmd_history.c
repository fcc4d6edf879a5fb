// SPDX-License-Identifier: GPL-2.0
/* history: what the ring still keeps. */
#include <errno.h>

#include "cmd.h"
#include "gather.h"
#include "say.h"

struct history {
	const struct nw_opts *o;
	struct nw_out *out;
	struct nw_gather gather;
	bool gathering;
};

static void show(void *arg, const struct nw_event *ev)
{
	struct nw_out *out = arg;

	out->ops->event(out, ev);
}

static int take(void *arg, const struct nw_item *item)
{
	struct history *h = arg;

	if (item->kind == NW_ITEM_ORIGIN && item->origin.lost)
		h->out->ops->lost(h->out, &item->origin, 0, item->origin.lost);
	if (item->kind != NW_ITEM_EVENT ||
	    !nw_filter_event(&h->o->filter, &item->event))
		return 0;
	if (h->gathering)
		return nw_gather_add(&h->gather, &item->event);
	show(h->out, &item->event);
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
	nw_client_narrow(&ask, &o->filter);
	h->out->ops->begin(h->out, &stats);
	nw_clock_now(&asked);	/* what came later may not be in it */
	ret = nw_client_dump(c, NW_CMD_HISTORY_GET, &ask, take, h);
	nw_gather_drain(&h->gather, show, h->out);
	if (!ret && o->filter.until.kind == NW_WHEN_NONE &&
	    !nw_filter_is_given(&o->filter))
		h->out->ops->until(h->out, &stats.origin, &asked);
	h->out->ops->end(h->out);
	return nw_cmd_done(c, ret, "history");
}

int nw_cmd_history(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	struct history h = {
		.o = o,
		.out = &out,
		.gather = { .last = o->count, .merge = o->all_netns },
		.gathering = o->count || o->all_netns,
	};
	int ret;

	ret = nw_cmd_filter(o, o->argc, o->argv);
	if (ret)
		return ret;
	nw_cmd_out(o, &out);
	out.array = true;
	ret = nw_cmd_open(o, &client);
	if (!ret)
		ret = run(o, &client, &h);
	nw_client_close(&client);
	return ret;
}
