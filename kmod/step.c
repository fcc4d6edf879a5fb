// SPDX-License-Identifier: GPL-2.0
/*
 * One transition of a neighbour: its record, and the neighbour's own story. All
 * functions run inside the neighbour's lock.
 */
#include <net/neighbour.h>
#include "evidence.h"
#include "nud.h"
#include "step.h"
#include "trace.h"

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
	rec->ll_len = t->ll.len[NW_LLADDR_NOW];
	nw_lladdr_copy(rec->change.lladdr, &t->ll, NW_LLADDR_NOW);
	rec->ll2_len = moved ? t->ll.len[NW_LLADDR_BEFORE] : 0;
	if (unlikely(moved))
		nw_lladdr_copy(rec->change.old_lladdr, &t->ll, NW_LLADDR_BEFORE);
	else
		memset(rec->change.old_lladdr, 0, NW_LLADDR_MAX);
}

/* All that nw_record_stamp() leaves, but the program and the body. */
static __always_inline void fill_head(struct nw_record *rec,
				      const struct nw_neigh *t,
				      const struct nw_obs *obs)
{
	rec->ifindex = t->key.ifindex;
	memcpy(rec->dev, t->dev, sizeof(rec->dev));
	rec->family = t->key.family;
	rec->flags = t->ntf_flags |
		     (READ_ONCE(t->gateway) ? NW_F_GATEWAY : 0) |
		     (obs->physical ? NW_F_PHYSICAL : 0);
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
	fill_head(rec, t, obs);
	return rec;
}

/* The stamps of the kernel's entry, as far as they mean what they say. */
static void fill_ages(struct nw_record *rec, const struct nw_neigh *t,
		      const struct nw_obs *obs)
{
	const struct nw_view *view = obs->view;

	rec->change.confirmed_ms = nw_evidence_age(obs->mono,
						   max(t->watched, t->moved),
						   view->confirmed);
	rec->change.used_ms = nw_evidence_age(obs->mono, t->watched, view->used);
}

static void fill_who(struct nw_record *rec, struct nw_neigh *t,
		     const struct nw_obs *obs, const struct nw_step *step)
{
	memset(&rec->who, 0, sizeof(rec->who));
	if (step->cause == NW_CAUSE_ADMIN && !step->foreign)
		nw_record_who(rec, nw_nud_is_own(t, obs) ? t->note.portid : 0);
}

static void put_record(struct nw_neigh *t, const struct nw_obs *obs,
		       const struct nw_step *step, u64 since, bool moved)
{
	struct nw_record *rec;
	unsigned long flags;

	/* Filled in place and in full, so that nothing has to be cleared. */
	rec = nw_ring_reserve(&t->key.ns->ring, &flags);
	nw_record_stamp(rec, NW_TYPE_NEIGH, step->cause, step->mono);
	fill_head(rec, t, obs);
	fill_who(rec, t, obs, step);
	rec->flags |= step->flags;
	rec->old = step->old;
	rec->new = step->new;
	rec->probes = probes_sent(t, step, obs->view);
	fill_lladdr(rec, t, moved);
	memcpy(rec->change.addr, t->key.addr, NW_ADDR_MAX);
	rec->change.dwell_ns = since ? step->mono - min(step->mono, since)
				     : NW_NS_UNKNOWN;
	fill_ages(rec, t, obs);
	rec->change.queued = obs->view->queued;
	trace_neigh(rec);
	nw_record_end(t->key.ns, flags);
}

/* The timer did it, and has yet to announce it. */
static bool is_ahead(const struct nw_obs *obs, const struct nw_step *step)
{
	return step->cause == NW_CAUSE_TIMER &&
	       obs->hook != NW_HOOK_NETEVENT && obs->hook != NW_HOOK_TIMER;
}

/* Keeps the neighbour's own story: totals, last transitions, outages. */
static void tell(struct nw_neigh *t, const struct nw_obs *obs,
		 const struct nw_step *step, u64 since)
{
	nw_story_step(&t->story, step->mono, step->old, step->new, step->cause);
	if (step->flags & NW_F_INFERRED)
		nw_netns_count(t->key.ns, NW_COUNT_INFERRED);
	if (step->new == NUD_REACHABLE)
		WRITE_ONCE(t->proven, true);
	if (step->new == NUD_FAILED) {
		t->failures++;
		t->fail_known = is_ahead(obs, step);
		/* Nobody ever answered: the outage began with the question. */
		if (step->old == NUD_INCOMPLETE && since)
			nw_story_begin(&t->story, since);
		nw_story_fail(&t->story, step->mono);
	} else if (nw_step_usable(step->new)) {
		if (nw_story_is_out(&t->story))
			nw_story_end(&t->story, step->mono);
	} else if (nw_step_usable(step->old) && step->new != NW_NUD_ABSENT) {
		nw_story_begin(&t->story, step->mono);
	}
}

/**
 * nw_step_take_lladdr() - the link-layer address is another one
 * @t: the neighbour, locked
 * @obs: what was seen
 *
 * Return: whether it replaced one, which the next transition has to tell.
 */
bool nw_step_take_lladdr(struct nw_neigh *t, const struct nw_obs *obs)
{
	struct nw_lladdrs *ll = &t->ll;
	bool moved = ll->len[NW_LLADDR_NOW];

	if (moved) {
		nw_lladdr_set(ll, NW_LLADDR_BEFORE,
			      nw_lladdr_get(ll, NW_LLADDR_NOW),
			      ll->len[NW_LLADDR_NOW]);
		t->moved = obs->mono;
		t->moves++;
		t->note.flags |= NW_NOTE_MOVED;
		/* Only an answer proves the new owner, not its announcement. */
		t->arp_proof = 0;
	}
	if (!nw_lladdr_set(ll, NW_LLADDR_NOW, obs->view->lladdr,
			   obs->view->ll_len))
		nw_netns_lose(t->key.ns, NW_WHERE_NEIGH_MEMORY);
	return moved;
}

/**
 * nw_step_go() - a neighbour made a transition
 * @t: the neighbour, locked
 * @obs: what was seen
 * @step: the transition
 * @moved: the link-layer address changed, too or only
 */
void nw_step_go(struct nw_neigh *t, const struct nw_obs *obs,
		const struct nw_step *step, bool moved)
{
	u64 since = nw_track_since(t);

	put_record(t, obs, step, since, moved);
	if (step->old != step->new) {
		tell(t, obs, step, since);
		t->dated = true;
		t->probed_once = false;
		if (step->new == nw_note_stores(&t->note))
			t->note.flags |= NW_NOTE_STORED;
	}
	WRITE_ONCE(t->state, step->new);
}
