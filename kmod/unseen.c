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

	if (nw_note_is_open(note) && note->new == new) {
		step.cause = nw_cause_of(note, step.old, new);
		step.foreign = !nw_nud_is_own(t, obs);
	}
	nw_step_go(t, obs, &step, false);
}

/**
 * nw_unseen_sent() - a packet was sent
 * @t: the neighbour, locked
 * @obs: what was seen then
 *
 * A packet turns STALE alone into DELAY: where something else was known, a
 * STALE went by. neigh_update() sends what it had queued before it announces.
 * And it asks for a neighbour that has failed, not for one being probed.
 */
void nw_unseen_sent(struct nw_neigh *t, const struct nw_obs *obs)
{
	if (obs->state == NUD_DELAY && t->state != NUD_STALE &&
	    t->state != NUD_DELAY && t->state != NW_NUD_UNKNOWN)
		nw_unseen_go(t, obs, NUD_STALE);
	else if (obs->state == NUD_INCOMPLETE && t->state == NUD_PROBE)
		nw_unseen_go(t, obs, NUD_FAILED);
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
 * Whether the state that was asked for came and went. Where the timer led back to
 * what there was before, only the call's own announcement proves that, unless the
 * way there and back is recorded already.
 */
static bool went_by(const struct nw_neigh *t, const struct nw_obs *obs)
{
	if (t->state == obs->state)
		return obs->hook == NW_HOOK_NETEVENT && nw_nud_is_own(t, obs) &&
		       !(t->note.flags & NW_NOTE_STEPPED);
	return nw_cause_natural(t->state, obs->state) == NW_CAUSE_UNKNOWN;
}

/**
 * nw_unseen_overtaken() - what was asked for is not what is there
 * @t: the neighbour, locked
 * @obs: what was seen while its note is there
 *
 * An administrator's DELAY, PROBE or INCOMPLETE starts the timer at once: it may
 * have left that state before any hook looked. What is seen then follows from
 * what was asked for, and not from what there was.
 */
void nw_unseen_overtaken(struct nw_neigh *t, const struct nw_obs *obs)
{
	const struct nw_note *note = &t->note;
	u8 now = obs->state, cause;

	if (t->state == note->new || t->state == NW_NUD_UNKNOWN ||
	    !nw_note_is_open(note) || !(note->flags & NW_NOTE_ADMIN) ||
	    !went_by(t, obs))
		return;
	cause = nw_cause_natural(note->new, now);
	if (cause == NW_CAUSE_TIMER || cause == NW_CAUSE_UPPER_LAYER)
		nw_unseen_go(t, obs, note->new);
}
