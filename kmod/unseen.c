// SPDX-License-Identifier: GPL-2.0
/*
 * States that went by between two hooks are put back, and marked as inferred.
 * The rules were measured against probes on every store to nud_state
 * (selftests/oracle); Documentation/observation.md lists them.
 *
 * All functions run inside the neighbour's lock.
 */
#include <net/neighbour.h>
#include "cause.h"
#include "step.h"
#include "unseen.h"

/**
 * nw_unseen_go() - a state that no hook saw: it follows from what was seen after
 * @t: the neighbour, locked
 * @obs: what was seen after it
 * @new: the state, NUD_*
 *
 * A link-layer address that is new came with it: packets and the timer bring none.
 */
void nw_unseen_go(struct nw_neigh *t, const struct nw_obs *obs, u8 new)
{
	const struct nw_note *note = &t->note;
	struct nw_step step = {
		.mono = obs->mono,
		.old = t->state,
		.new = new,
		.cause = nw_cause_natural(t->state, new),
		.flags = NW_F_INFERRED,
	};

	if (nw_note_is_open(note) && nw_note_leaves(note, new)) {
		step.cause = nw_cause_of(note, step.old, new);
		step.foreign = !nw_nud_is_own(t, obs);
	}
	nw_step_go(t, obs, &step, nw_step_move(t, obs));
}

/* Whether a packet to be sent makes @to of @from (__neigh_event_send()). */
static bool is_sent(u8 from, u8 to)
{
	if (to == NUD_INCOMPLETE)
		return from == NUD_NONE || from == NUD_FAILED;
	return to == NUD_DELAY && from == NUD_STALE;
}

/* Likewise, or the timer. */
static bool follows(u8 from, u8 to)
{
	if (to == NUD_INCOMPLETE)
		return is_sent(from, to);
	return nw_cause_natural(from, to) != NW_CAUSE_UNKNOWN;
}

/* What a packet found that made @to of it. */
static u8 sent_from(const struct nw_neigh *t, u8 to)
{
	const struct nw_note *note = &t->note;

	if (to == NUD_DELAY)
		return NUD_STALE;
	if (nw_note_is_open(note) && note->flags & NW_NOTE_USE &&
	    t->state == NUD_PERMANENT)
		return NUD_NONE;
	if (nw_note_is_open(note) && !(note->flags & NW_NOTE_USE) &&
	    is_sent(note->new, to))
		return note->new;
	return t->state == NUD_PROBE ? NUD_FAILED : NW_NUD_UNKNOWN;
}

/**
 * nw_unseen_sent() - a packet was sent
 * @t: the neighbour, locked
 * @obs: what was seen then
 *
 * A packet makes DELAY of STALE and INCOMPLETE of FAILED or NONE. Where another
 * state was known, one of these went by, unless a neigh_update() made what is
 * seen. neigh_update() sends what it had queued before it announces.
 */
void nw_unseen_sent(struct nw_neigh *t, const struct nw_obs *obs)
{
	u8 old = t->state, new = obs->state, from;

	if (old == new || old == NW_NUD_UNKNOWN || is_sent(old, new) ||
	    (new != NUD_DELAY && new != NUD_INCOMPLETE) ||
	    (nw_note_is_open(&t->note) && t->note.new == new))
		return;
	from = sent_from(t, new);
	if (from != NW_NUD_UNKNOWN)
		nw_unseen_go(t, obs, from);
}

/**
 * nw_unseen_announced() - a change was announced, and not by a neigh_update()
 *	of this context
 * @t: the neighbour, locked
 * @obs: what was seen then
 *
 * It tells of a store made just before by the timer. If the state read does not
 * show one, it was overtaken by a packet being sent; unless the hook of an
 * earlier packet found what the timer left.
 */
void nw_unseen_announced(struct nw_neigh *t, const struct nw_obs *obs)
{
	bool known = t->fail_known;

	t->fail_known = false;
	if (obs->state == NUD_INCOMPLETE && !known &&
	    (t->state == NUD_INCOMPLETE || t->state == NUD_PROBE))
		nw_unseen_go(t, obs, NUD_FAILED);
	else if (obs->state == NUD_DELAY && t->state == NUD_REACHABLE)
		nw_unseen_go(t, obs, NUD_STALE);
}

/*
 * Whether the call of this context announces that it stored @stored. It announces
 * a new link-layer address, too, with which it stores the state, but not where
 * an administrator asked for what was there; and new NTF_*, even of a call that is
 * refused.
 */
static bool is_announced(const struct nw_neigh *t, const struct nw_obs *obs,
			 u8 stored)
{
	const struct nw_note *note = &t->note;

	if (obs->hook != NW_HOOK_NETEVENT)
		return false;
	if (note->flags & NW_NOTE_MOVED || nw_step_moves(t, obs))
		return note->state != stored || !(note->flags & NW_NOTE_ADMIN);
	if (t->state == obs->state && !(note->flags & NW_NOTE_ADMIN))
		return false;
	return !(note->flags & NW_NOTE_FLAGGED) &&
	       t->ntf_flags == obs->view->ntf_flags;
}

/*
 * Whether the call that left the note stored @stored, though that is neither known
 * nor what is seen now. What is seen proves it where it follows from nothing else;
 * so does the call's own announcement. What is no state to send by an administrator
 * stores in any case, and does not always announce.
 */
static bool is_proven(const struct nw_neigh *t, const struct nw_obs *obs,
		      u8 stored)
{
	if (t->state != obs->state && !follows(t->state, obs->state))
		return true;
	if (!nw_nud_is_own(t, obs))
		return false;
	if (t->state != obs->state && !(stored & NUD_VALID))
		return true;
	return is_announced(t, obs, stored);
}

/**
 * nw_unseen_overtaken() - what was asked for is not what is there
 * @t: the neighbour, locked
 * @obs: what was seen while its note is there
 *
 * Before any hook looked a packet may have found what neigh_update() stored, or
 * the timer, which an administrator's DELAY, PROBE or REACHABLE starts.
 */
void nw_unseen_overtaken(struct nw_neigh *t, const struct nw_obs *obs)
{
	const struct nw_note *note = &t->note;
	u8 stored = nw_note_stores(note);

	if (t->state == stored || t->state == NW_NUD_UNKNOWN ||
	    !nw_note_is_open(note) ||
	    note->flags & (NW_NOTE_STORED | NW_NOTE_USE))
		return;
	if (follows(stored, obs->state) && is_proven(t, obs, stored))
		nw_unseen_go(t, obs, stored);
}
