/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_STEP_H
#define _NEIGHWATCH_STEP_H

#include <net/neighbour.h>
#include "nud.h"
#include "track.h"
#include "view.h"

/**
 * struct nw_step - a transition about to be recorded
 * @mono: when, CLOCK_MONOTONIC in ns
 * @old: state before
 * @new: state after
 * @cause: &enum nw_cause
 * @flags: %NW_F_INFERRED or 0
 * @last: no later one comes from the same observation
 * @foreign: another context did it: its program is not known
 */
struct nw_step {
	u64 mono;
	u8 old;
	u8 new;
	u8 cause;
	u16 flags;
	bool last;
	bool foreign;
};

/* Packets flow. */
static inline bool nw_step_usable(u8 state)
{
	return state < NW_NUD_UNKNOWN && state & NUD_VALID;
}

struct nw_record *nw_step_record(const struct nw_neigh *t,
				 const struct nw_obs *obs, u8 type, u8 cause,
				 u64 mono, unsigned long *flags);
bool nw_step_take_lladdr(struct nw_neigh *t, const struct nw_obs *obs);
void nw_step_go(struct nw_neigh *t, const struct nw_obs *obs,
		const struct nw_step *step, bool moved);

static inline bool nw_step_is_new_lladdr(const struct nw_neigh *t,
					 const struct nw_view *view)
{
	u8 len = t->ll.len[NW_LLADDR_NOW];

	return view->ll_len &&
	       (view->ll_len != len ||
		!nw_lladdr_same(view->lladdr,
				nw_lladdr_get(&t->ll, NW_LLADDR_NOW), len));
}

/* Whether the link-layer address was replaced. */
static inline bool nw_step_moves(const struct nw_neigh *t,
				 const struct nw_obs *obs)
{
	return t->ll.len[NW_LLADDR_NOW] &&
	       nw_step_is_new_lladdr(t, obs->view);
}

/* Takes it over. Return: as nw_step_moves(). */
static inline bool nw_step_move(struct nw_neigh *t, const struct nw_obs *obs)
{
	return nw_step_is_new_lladdr(t, obs->view) &&
	       nw_step_take_lladdr(t, obs);
}

#endif /* _NEIGHWATCH_STEP_H */
