// SPDX-License-Identifier: GPL-2.0
#include "kept.h"
#include "verdict.h"

#define DAY_NS	(86400 * NW_NSEC_PER_SEC)

/* A ring that turns over faster than it is read is read so often. */
#define READINGS	3

static void keep_past(void *arg, const struct nw_finding *f)
{
	struct nw_verdict *v = arg;

	if (f->status != NW_STATUS_CLEARED || f->worst < NW_SEVERITY_WARN ||
	    f->cleared.mono + DAY_NS < v->now)
		return;
	v->past[v->nr_past++ % NW_VERDICT_PAST] = *f;
}

int nw_verdict_open(struct nw_verdict *v, const struct nw_opts *o,
		    struct nw_out *out)
{
	v->now = out->start.mono;
	return nw_judge_open(&v->judge, o, out, keep_past, v);
}

void nw_verdict_close(struct nw_verdict *v)
{
	nw_judge_close(&v->judge);
	nw_gateways_free(&v->gateways);
	nw_links_free(&v->links);
}

static void judge(void *arg, const struct nw_event *ev)
{
	struct nw_verdict *v = arg;

	nw_detect_event(v->judge.d, ev);
}

/* The ring wrapped: what was before is told by the entries. */
static int tell_kept(struct nw_verdict *v, const struct nw_event *first)
{
	const struct nw_kept kept = {
		.gateway = v->gateways.gw, .nr_gateways = v->gateways.nr,
		.link = v->links.link, .nr_links = v->links.nr,
	};

	v->oldest = first->mono;
	/* Neither they nor the ring know what was between. */
	if (first->mono > v->entries.mono)
		v->lost++;
	return nw_kept_tell(&kept, first, judge, v);
}

static int begin(struct nw_verdict *v, const struct nw_event *first)
{
	int ret = 0;

	v->begun = true;
	if (first && first->seq > 1)
		ret = tell_kept(v, first);
	if (v->tap.begin)
		v->tap.begin(v->tap.arg, v->oldest);
	return ret;
}

static int take(void *arg, const struct nw_item *item)
{
	struct nw_verdict *v = arg;
	int ret = 0;

	if (item->kind == NW_ITEM_ORIGIN && item->origin.lost) {
		v->lost += item->origin.lost;
		nw_detect_lost(v->judge.d, &item->origin, 0,
			       item->origin.lost);
	}
	if (item->kind != NW_ITEM_EVENT)
		return 0;
	if (!v->begun)
		ret = begin(v, &item->event);
	judge(v, &item->event);
	if (v->tap.event)
		v->tap.event(v->tap.arg, &item->event);
	return ret;
}

static int read_entries(struct nw_verdict *v, struct nw_client *c)
{
	const struct nw_detect_config *config = &v->judge.o->config.detect;
	const struct nw_filter any = { 0 };
	size_t i;
	int ret;

	nw_gateways_free(&v->gateways);
	nw_links_free(&v->links);
	nw_clock_now(&v->entries);
	ret = nw_links_read(&v->links, c);
	if (!ret)
		ret = nw_gateways_read(&v->gateways, c, &any, false);
	for (i = 0; !ret && i < config->nr_gateways; i++)
		ret = nw_gateways_read_named(&v->gateways, c,
					     &config->gateways[i]);
	return ret;
}

static int read_all(struct nw_verdict *v, struct nw_client *c)
{
	const struct nw_ask own = { 0 };
	int ret;

	v->begun = false;
	v->oldest = 0;
	v->lost = 0;
	v->nr_past = 0;
	ret = read_entries(v, c);
	if (!ret)
		ret = nw_client_dump(c, NW_CMD_HISTORY_GET, &own, take, v);
	return ret || v->begun ? ret : begin(v, NULL);
}

int nw_verdict_read(struct nw_verdict *v, struct nw_client *c)
{
	int ret, nr;

	ret = read_all(v, c);
	for (nr = 1; !ret && v->lost && nr < READINGS; nr++) {
		ret = nw_judge_again(&v->judge);
		if (!ret)
			ret = read_all(v, c);
	}
	if (ret)
		return ret;
	/* The dump had all there was: no record is on its way any more. */
	nw_detect_advance(v->judge.d, v->now + NW_DETECT_LAG);
	nw_detect_describe(v->judge.d);
	return 0;
}

static void print_past(struct nw_out *out, const struct nw_finding *f)
{
	char from[48], to[48];

	nw_out_time(out, from, sizeof(from), f->began.mono, f->began.real);
	nw_out_time(out, to, sizeof(to), f->cleared.mono, f->cleared.real);
	nw_line_start(&out->line, 6);
	nw_line_add(&out->line, "over  %s - %s %s %s %s", from, to,
		    nw_severity_name(f->worst), f->id, f->subject);
	nw_line_end(&out->line, out->file, NW_COLOR_NONE, out->colored);
}

/* The evidence of one alone: the first of the worst. */
static const struct nw_finding *find_worst(const struct nw_verdict *v)
{
	const struct nw_finding *f, *worst = NULL;

	for (f = nw_detect_open(v->judge.d); f; f = f->next)
		if (f->status != NW_STATUS_NEW &&
		    f->severity >= NW_SEVERITY_WARN &&
		    (!worst || f->severity > worst->severity))
			worst = f;
	return worst;
}

static void print_open(const struct nw_verdict *v, struct nw_out *out,
		       enum nw_severity severity,
		       const struct nw_finding *whole)
{
	const struct nw_finding *f;

	for (f = nw_detect_open(v->judge.d); f; f = f->next)
		if (f->severity == severity && f->status != NW_STATUS_NEW)
			nw_out_finding_screen(out, f, !whole || f == whole);
}

const struct nw_finding *nw_verdict_print(const struct nw_verdict *v,
					  struct nw_out *out, bool brief)
{
	const struct nw_finding *worst = find_worst(v);
	__u64 i = 0;

	print_open(v, out, NW_SEVERITY_CRIT, brief ? worst : NULL);
	print_open(v, out, NW_SEVERITY_WARN, brief ? worst : NULL);
	if (v->nr_past > NW_VERDICT_PAST) {
		i = v->nr_past - NW_VERDICT_PAST;
		fprintf(out->file,
			"over  %llu more in 24 h: neighwatch history --findings\n",
			i);
	}
	for (; i < v->nr_past; i++)
		print_past(out, &v->past[i % NW_VERDICT_PAST]);
	return worst;
}
