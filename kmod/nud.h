/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NUD_H
#define _NEIGHWATCH_NUD_H

#include "track.h"
#include "view.h"

/* Which hook saw a neighbour; each knows other things. */
enum nw_hook {
	NW_HOOK_SEED,		/* was there at load */
	NW_HOOK_UPDATE,		/* neigh_update() begins: the old state */
	NW_HOOK_UPDATE_DONE,	/* neigh_update() ends */
	NW_HOOK_TIMER,		/* the neighbour's timer ran */
	NW_HOOK_SEND_DONE,	/* a packet was queued or sent */
	NW_HOOK_NETEVENT,	/* the kernel announced a change */
	NW_HOOK_CLEANUP,	/* the entry was unlinked */
	NW_HOOK_CHECK,		/* our worker looked */
};

/**
 * struct nw_obs - a hook saw a neighbour
 * @hook: which one
 * @state: nud_state
 * @context: where it ran, see nw_note_context()
 * @mono: when, CLOCK_MONOTONIC in ns, read inside the neighbour's lock
 * @removal_cause: with %NW_HOOK_CLEANUP, why, if nobody deleted it by name
 * @physical: the device has a parent
 * @view: the rest of the kernel's entry; NULL when it has nothing new to tell
 */
struct nw_obs {
	enum nw_hook hook;
	u8 state;
	u8 removal_cause;
	bool physical;
	unsigned long context;
	u64 mono;
	const struct nw_view *view;
};

void nw_nud_create(struct nw_neigh *t, const void *n, u64 mono);
void nw_nud_end(struct nw_neigh *t, const struct nw_obs *obs);
void nw_nud_observe(struct nw_neigh *t, const struct nw_obs *obs);

/* This very context left the note when its neigh_update() began. */
static inline bool nw_nud_is_own(const struct nw_neigh *t,
				 const struct nw_obs *obs)
{
	return t->note.context == obs->context;
}

#endif /* _NEIGHWATCH_NUD_H */
