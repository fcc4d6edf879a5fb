// SPDX-License-Identifier: GPL-2.0
/*
 * From what hooks read to exact transitions, each once: the states a tracked
 * neighbour went through, why, and with what evidence. No hook sees all: what
 * went by between two of them is put back by unseen.c.
 *
 * All functions run inside the neighbour's lock, in softirq or with bottom
 * halves off. What is rare is kept out of line, that the rest needs no frame.
 */
#include <linux/sched.h>
#include <net/neighbour.h>
#include "cause.h"
#include "evidence.h"
#include "nud.h"
#include "step.h"
#include "unseen.h"

/*
 * Who made an entry that had @state at first. The neigh_update() at hand did if
 * it finds that state still; an answer to the first question finds the next one.
 */
static u8 birth_cause(struct nw_neigh *t, const struct nw_obs *obs, u8 state)
{
	if (nw_nud_is_own(t, obs) && obs->state == state)
		return nw_cause_of(&t->note, NW_NUD_ABSENT, state);
	if (obs->hook == NW_HOOK_SEND_DONE ||
	    obs->state == NUD_INCOMPLETE)
		return NW_CAUSE_TRANSMIT;
	return NW_CAUSE_UNKNOWN;
}

/*
 * The entry is in the table: it was created at t->born, as NONE or, for
 * addresses that need no resolution, as NOARP by its constructor.
 */
static noinline void confirm_birth(struct nw_neigh *t, const struct nw_obs *obs)
{
	u8 state = obs->state == NUD_NOARP ? NUD_NOARP : NUD_NONE;
	struct nw_step step = {
		.mono = t->watched,
		.old = NW_NUD_ABSENT,
		.new = state,
		.cause = birth_cause(t, obs, state),
	};

	WRITE_ONCE(t->nascent, false);
	t->dated = false;
	WRITE_ONCE(t->state, NW_NUD_ABSENT);
	nw_step_go(t, obs, &step, false);
}

/* __neigh_set_probe_once() was seen at its start, under the entry's lock. */
static noinline void settle_probe_once(struct nw_neigh *t,
				       const struct nw_obs *obs)
{
	u64 when = xchg(&t->probe_once, 0);
	struct nw_step step = {
		.mono = when,
		.old = NUD_FAILED,
		.new = NUD_INCOMPLETE,
		.cause = NW_CAUSE_TRANSMIT,
	};

	if (!when || t->state != NUD_FAILED)
		return;
	nw_step_go(t, obs, &step, false);
	t->probed_once = true;
}

/*
 * What was asked for is what is there, or nothing was: no more to be told from
 * the request. Most looks end here.
 */
static bool is_granted(const struct nw_neigh *t, const struct nw_obs *obs)
{
	return t->note.new == obs->state || !t->note.context;
}

/* The neigh_update() that made the change seen: this context's or another's. */
static struct nw_note *maker(struct nw_neigh *t, const struct nw_obs *obs,
			     bool *foreign)
{
	struct nw_note *note = &t->note;

	*foreign = false;
	if (obs->hook == NW_HOOK_UPDATE || !nw_note_is_open(note))
		return NULL;
	if (obs->hook == NW_HOOK_SEND_DONE &&
	    obs->state & (NUD_INCOMPLETE | NUD_DELAY))
		return NULL;
	/* What it does not leave a packet did, or the timer. */
	if (nw_nud_is_own(t, obs))
		return nw_note_leaves(note, obs->state) ? note : NULL;
	*foreign = note->new == obs->state;
	return *foreign ? note : NULL;
}

/*
 * A neigh_update() replaced the link-layer address, and a packet or the timer
 * changed the state after it: two events, the first with the call's cause.
 */
static noinline void tell_move(struct nw_neigh *t, const struct nw_obs *obs)
{
	nw_step_go(t, obs, &(struct nw_step) {
		.mono = obs->mono,
		.old = t->state,
		.new = t->state,
		.cause = nw_cause_of(&t->note, t->state, t->state),
		.foreign = !nw_nud_is_own(t, obs),
	}, true);
}

static void settle_state(struct nw_neigh *t, const struct nw_obs *obs)
{
	u8 old = t->state, new = obs->state, cause;
	const struct nw_note *note;
	bool moved, foreign;

	note = maker(t, obs, &foreign);
	if (unlikely(t->ntf_flags != obs->view->ntf_flags)) {
		t->ntf_flags = obs->view->ntf_flags;
		t->note.flags |= NW_NOTE_FLAGGED;
	}
	moved = nw_step_move(t, obs);
	if (old == new && !moved)
		return;
	if (old == NW_NUD_UNKNOWN && obs->hook == NW_HOOK_UPDATE) {
		WRITE_ONCE(t->state, new);
		return;
	}
	/* A call that only begins has moved nothing. */
	if (moved && !note && old != new && old != NW_NUD_UNKNOWN &&
	    obs->hook != NW_HOOK_UPDATE && nw_note_is_open(&t->note)) {
		tell_move(t, obs);
		moved = false;
	}
	cause = obs->hook == NW_HOOK_SEED ? NW_CAUSE_INITIAL
					  : nw_cause_of(note, old, new);
	if (new == NUD_REACHABLE && cause == NW_CAUSE_UPPER_LAYER)
		t->upper_proof = obs->mono;
	nw_step_go(t, obs, &(struct nw_step) {
		.mono = obs->mono,
		.old = old,
		.new = new,
		.cause = cause,
		.flags = 0,
		.last = true,
		.foreign = foreign,
	}, moved);
	if (obs->hook == NW_HOOK_SEED)
		t->dated = false;
}

/*
 * An entry that somebody still holds is made NOARP or NONE after it was
 * unlinked: that is no state it was ever used in.
 */
static bool is_stray(u8 state, u8 seen)
{
	return seen == (nw_step_usable(state) ? NUD_NOARP : NUD_NONE);
}

static noinline void settle_removal(struct nw_neigh *t, const struct nw_obs *obs)
{
	bool deleted = t->removal == obs->context;
	struct nw_step step = {
		.mono = obs->mono,
		.new = NW_NUD_ABSENT,
		.cause = deleted ? NW_CAUSE_ADMIN : obs->removal_cause,
		.last = true,
	};

	if (obs->state != t->state && !is_stray(t->state, obs->state))
		nw_unseen_go(t, obs, obs->state);
	step.old = t->state;
	nw_step_go(t, obs, &step, false);
	t->removal = 0;
	nw_note_close(&t->note);
	nw_track_bind(t, NULL);
	if (t->next) {
		nw_nud_create(t, t->next, t->next_born);
		t->next = NULL;
	}
}

/*
 * neigh_update() announces what it did as its last act. An administrator's has
 * no evidence to be weighed at its end, so that only a removal waits for it.
 */
static void tell_note(struct nw_neigh *t)
{
	struct nw_note *note = &t->note;

	if (note->flags & NW_NOTE_ADMIN && note->new != NUD_FAILED)
		nw_note_tell(note);
}

/**
 * nw_nud_end() - neigh_update() is over: its note goes, its evidence stays
 * @t: the neighbour, locked
 * @obs: what was seen; the view is not needed
 */
void nw_nud_end(struct nw_neigh *t, const struct nw_obs *obs)
{
	struct nw_note *note = &t->note;

	if (!nw_nud_is_own(t, obs))
		return;
	if (!(note->flags & NW_NOTE_ADMIN))
		nw_evidence_weigh(t, obs, note);
	else if (note->new == NUD_FAILED)
		/* neigh_delete() fails an entry before it removes it. */
		t->removal = obs->context;
	nw_note_close(note);
}

/**
 * nw_nud_create() - the kernel allocated an entry
 * @t: the neighbour, locked
 * @n: the entry, not in the table yet, and perhaps never
 * @mono: when
 *
 * The record is made when a later hook finds the entry in the table.
 */
void nw_nud_create(struct nw_neigh *t, const void *n, u64 mono)
{
	if (t->n && t->n != n) {
		t->next = n;
		t->next_born = mono;
		return;
	}
	nw_track_bind(t, n);
	WRITE_ONCE(t->nascent, true);
	t->born = true;
	WRITE_ONCE(t->watched, mono);
	nw_note_close(&t->note);
	t->removal = 0;
	WRITE_ONCE(t->probe_once, 0);
}

/* Before what is seen: what must have gone by. */
static void put_back(struct nw_neigh *t, const struct nw_obs *obs)
{
	switch (obs->hook) {
	case NW_HOOK_NETEVENT:
		/* neigh_update() announced it, or the timer. */
		if (!nw_nud_is_own(t, obs))
			nw_unseen_announced(t, obs);
		break;
	case NW_HOOK_SEND_DONE:
		nw_unseen_sent(t, obs);
		break;
	case NW_HOOK_TIMER:
	case NW_HOOK_UPDATE_DONE:
		break;
	default:
		return;
	}
	if (!is_granted(t, obs))
		nw_unseen_overtaken(t, obs);
}

/* After it: what this hook alone knows. */
static void conclude(struct nw_neigh *t, const struct nw_obs *obs)
{
	if (obs->hook == NW_HOOK_NETEVENT) {
		if (nw_nud_is_own(t, obs))
			tell_note(t);
	} else if (obs->hook == NW_HOOK_UPDATE_DONE) {
		nw_nud_end(t, obs);
	} else if (obs->hook == NW_HOOK_TIMER) {
		nw_evidence_upper(t, obs);
	}
}

/**
 * nw_nud_observe() - a hook saw a neighbour
 * @t: the neighbour, locked, bound to the entry that was seen
 * @obs: what was seen
 */
void nw_nud_observe(struct nw_neigh *t, const struct nw_obs *obs)
{
	lockdep_assert_held(&t->lock);
	if (obs->view->dead && obs->hook != NW_HOOK_CLEANUP)
		return;
	if (t->nascent)
		confirm_birth(t, obs);
	if (READ_ONCE(t->probe_once))
		settle_probe_once(t, obs);
	/* neigh_update() may be about to add to the offers. */
	if (t->offer_count && obs->hook != NW_HOOK_UPDATE &&
	    obs->hook != NW_HOOK_UPDATE_DONE)
		nw_evidence_flush(t, obs);

	if (unlikely(obs->hook == NW_HOOK_CLEANUP)) {
		settle_removal(t, obs);
		return;
	}
	put_back(t, obs);
	settle_state(t, obs);
	conclude(t, obs);
}
