// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "judge.h"
#include "say.h"

static void show_finding(void *arg, const struct nw_finding *f)
{
	struct nw_judge *j = arg;

	if (!j->silent && nw_filter_finding(&j->o->filter, f))
		j->out->ops->finding(j->out, f);
}

int nw_judge_open(struct nw_judge *j, const struct nw_opts *o,
		  struct nw_out *out, nw_finding_fn fn, void *arg)
{
	j->o = o;
	j->out = out;
	j->fn = fn ? fn : show_finding;
	j->arg = fn ? arg : j;
	j->d = nw_detect_new(&o->config.detect, j->fn, j->arg);
	return j->d ? 0 : -ENOMEM;
}

void nw_judge_close(struct nw_judge *j)
{
	nw_detect_free(j->d);
	j->d = NULL;
}

int nw_judge_again(struct nw_judge *j)
{
	nw_detect_free(j->d);
	j->d = nw_detect_new(&j->o->config.detect, j->fn, j->arg);
	return j->d ? 0 : -ENOMEM;
}

/* Deadlines up to @mono; those of another instance are none of this one's. */
static void pass_time(struct nw_judge *j, const struct nw_origin *origin,
		      __u64 mono)
{
	if (origin->instance == j->d->instance)
		nw_detect_advance(j->d, mono + NW_DETECT_LAG);
	else
		j->until = 0;
}

bool nw_judge_wants(const struct nw_judge *j, const struct nw_event *ev)
{
	return !j->o->findings && (!j->wanted || j->wanted(j->o, ev)) &&
	       nw_filter_event(&j->o->filter, ev);
}

void nw_judge_event(struct nw_judge *j, const struct nw_event *ev)
{
	pass_time(j, &ev->origin, ev->mono - 1);
	if (!j->silent && nw_judge_wants(j, ev))
		j->out->ops->event(j->out, ev);
	nw_detect_event(j->d, ev);
}

void nw_judge_until(struct nw_judge *j, const struct nw_origin *origin,
		    __u64 mono)
{
	pass_time(j, origin, mono);
	j->until = mono;
}

void nw_judge_lost(struct nw_judge *j, const struct nw_origin *origin,
		   __u64 mono, __u64 first, __u64 count)
{
	pass_time(j, origin, mono);
	j->out->ops->lost(j->out, origin, first, count);
	nw_detect_lost(j->d, origin, mono, count);
}

void nw_judge_end(struct nw_judge *j)
{
	nw_detect_end(j->d, j->until);
	if (j->d->suppressed)
		nw_say("%llu findings left out: too many at once",
		       j->d->suppressed);
}
