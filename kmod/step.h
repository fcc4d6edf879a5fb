/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_STEP_H
#define _NEIGHWATCH_STEP_H

#include <net/neighbour.h>
#include "track.h"

struct nw_obs;

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
bool nw_step_moves(const struct nw_neigh *t, const struct nw_obs *obs);
bool nw_step_move(struct nw_neigh *t, const struct nw_obs *obs);
void nw_step_go(struct nw_neigh *t, const struct nw_obs *obs,
		const struct nw_step *step, bool moved);

#endif /* _NEIGHWATCH_STEP_H */
