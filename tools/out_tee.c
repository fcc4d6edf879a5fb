// SPDX-License-Identifier: GPL-2.0
#include "compiler.h"
#include "out_tee.h"

/* The parts of a tee, of which @whole is the first member. */
static struct nw_out *part(struct nw_out *whole, size_t i)
{
	struct nw_out_tee *tee = (struct nw_out_tee *)whole;

	return i < ARRAY_SIZE(tee->to) ? &tee->to[i] : NULL;
}

static void begin(struct nw_out *out, const struct nw_stats *stats)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++)
		to->ops->begin(to, stats);
}

static void event(struct nw_out *out, const struct nw_event *ev)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++)
		to->ops->event(to, ev);
}

static void finding(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++)
		to->ops->finding(to, f);
}

static void lost(struct nw_out *out, const struct nw_origin *origin,
		 __u64 first, __u64 count)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++) {
		to->at = out->at;
		to->ops->lost(to, origin, first, count);
	}
}

static void note(struct nw_out *out, const char *text)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++)
		to->ops->note(to, text);
}

static void until(struct nw_out *out, const struct nw_origin *origin,
		  const struct nw_clock *now)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++)
		to->ops->until(to, origin, now);
}

static void end(struct nw_out *out)
{
	struct nw_out *to;
	size_t i;

	for (i = 0; (to = part(out, i)) != NULL; i++)
		to->ops->end(to);
}

static const struct nw_out_ops tee_ops = {
	.begin = begin,
	.event = event,
	.finding = finding,
	.lost = lost,
	.note = note,
	.until = until,
	.end = end,
};

void nw_out_tee_init(struct nw_out_tee *tee)
{
	tee->out.ops = &tee_ops;
	tee->out.start = tee->to[0].start;
}
