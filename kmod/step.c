// SPDX-License-Identifier: GPL-2.0
/*
 * One transition of a neighbour: its record, and the neighbour's own story. All
 * functions run inside the neighbour's lock.
 */
#include <linux/preempt.h>
#include <linux/sched.h>
#include <net/neighbour.h>
#include "evidence.h"
#include "nud.h"
#include "step.h"
#include "trace.h"

/**
 * nw_step_level() - the irq level of this context
 *
 * With current it names a context: only the one that left a note uses it.
 */
u32 nw_step_level(void)
{
	if (in_task())
		return 0;
	return in_serving_softirq() ? 1 : 2;
}

/**
 * nw_step_own_note() - the note this very context left when neigh_update() began
 * @t: the neighbour
 *
 * Return: NULL when there is none.
 */
struct nw_note *nw_step_own_note(struct nw_neigh *t)
{
	struct nw_note *note = &t->note;

	if (note->task != current || note->level != nw_step_level())
		return NULL;
	return note;
}

/* Solicitations sent in @old; unknown when the counter was restarted since. */
static u8 probes_sent(const struct nw_neigh *t, const struct nw_step *step,
		      const struct nw_view *view)
{
	u32 sent = view->probes;

	if (!step->last || step->flags & NW_F_INFERRED || t->probed_once)
		return U8_MAX;
	if (step->old == NUD_INCOMPLETE)
		sent = sent > view->ucast_probes ? sent - view->ucast_probes : 0;
	else if (step->old != NUD_PROBE)
		return U8_MAX;
	return min_t(u32, sent, U8_MAX - 1);
}

static void fill_lladdr(struct nw_record *rec, const struct nw_neigh *t,
			bool moved)
{
	rec->ll_len = t->ll_len;
	memcpy(rec->change.lladdr, t->lladdr, t->ll_len);
	rec->ll2_len = moved ? t->prev_ll_len : 0;
	if (moved)
		memcpy(rec->change.old_lladdr, t->prev_lladdr, t->prev_ll_len);
}

/**
 * nw_step_record() - begin a record about a neighbour
 * @t: the neighbour
 * @obs: what was seen
 * @type: &enum nw_type
 * @cause: &enum nw_cause
 * @mono: when it happened, CLOCK_MONOTONIC in ns
 * @flags: interrupt state, for nw_record_end()
 */
struct nw_record *nw_step_record(const struct nw_neigh *t,
				 const struct nw_obs *obs, u8 type, u8 cause,
				 u64 mono, unsigned long *flags)
{
	struct nw_record *rec;

	rec = nw_record_begin(t->key.ns, type, cause, mono, flags);
	rec->ifindex = t->key.ifindex;
	memcpy(rec->dev, t->dev, sizeof(rec->dev));
	rec->family = t->key.family;
	rec->flags = t->ntf_flags |
		     (READ_ONCE(t->gateway) ? NW_F_GATEWAY : 0) |
		     (obs->physical ? NW_F_PHYSICAL : 0);
	return rec;
}

static void put_record(struct nw_neigh *t, const struct nw_obs *obs,
		       const struct nw_step *step, bool moved)
{
	const struct nw_view *view = &obs->view;
	struct nw_record *rec;
	unsigned long flags;

	rec = nw_step_record(t, obs, NW_TYPE_NEIGH, step->cause, step->mono,
			     &flags);
	if (step->cause == NW_CAUSE_ADMIN && !step->foreign)
		nw_record_who(rec, nw_step_own_note(t) ? t->note.portid : 0);
	rec->flags |= step->flags;
	rec->old = step->old;
	rec->new = step->new;
	rec->probes = probes_sent(t, step, view);
	fill_lladdr(rec, t, moved);
	memcpy(rec->change.addr, t->key.addr, NW_ADDR_MAX);
	rec->change.dwell_ns = t->since ? step->mono - min(step->mono, t->since)
					: NW_NS_UNKNOWN;
	rec->change.confirmed_ms = nw_evidence_age(obs->mono, t->watched,
						   t->moved,
						   view->confirmed_ms);
	rec->change.used_ms = nw_evidence_age(obs->mono, t->watched, 0,
					      view->used_ms);
	rec->change.queued = view->queued;
	trace_neigh(rec);
	nw_record_end(t->key.ns, flags);
}

/* Keeps the neighbour's own story: totals, last transitions, outages. */
static void tell(struct nw_neigh *t, const struct nw_step *step)
{
	nw_story_step(&t->story, step->mono, step->old, step->new, step->cause);
	if (step->flags & NW_F_INFERRED)
		nw_netns_count(t->key.ns, NW_COUNT_INFERRED);
	if (step->new == NUD_REACHABLE)
		t->proven = true;
	if (step->new == NUD_FAILED) {
		t->failures++;
		/* Nobody ever answered: the outage began with the question. */
		if (step->old == NUD_INCOMPLETE && t->since)
			nw_story_begin(&t->story, t->since);
		nw_story_fail(&t->story, step->mono);
	} else if (nw_step_usable(step->new)) {
		nw_story_end(&t->story, step->mono);
	} else if (nw_step_usable(step->old) && step->new != NW_NUD_ABSENT) {
		nw_story_begin(&t->story, step->mono);
	}
}

/**
 * nw_step_go() - a neighbour made a transition
 * @t: the neighbour, locked
 * @obs: what was seen
 * @step: the transition
 * @moved: the link-layer address changed, too or only
 */
void nw_step_go(struct nw_neigh *t, const struct nw_obs *obs,
		struct nw_step step, bool moved)
{
	put_record(t, obs, &step, moved);
	if (step.old != step.new) {
		tell(t, &step);
		t->since = step.mono;
		t->probed_once = false;
	}
	t->state = step.new;
}
