/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NUD_H
#define _NEIGHWATCH_NUD_H

#include "track.h"

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
 * struct nw_view - the kernel's entry as one hook read it, under its lock
 * @state: nud_state
 * @dead: unlinked, or not linked yet
 * @ntf_flags: NTF_* as &enum nw_flags
 * @ll_len: length of @lladdr, 0 unless @state is NUD_VALID
 * @probes: the entry's counter
 * @ucast_probes: where the counter starts in INCOMPLETE
 * @queued: bytes that wait for resolution
 * @confirmed_ms: age of the confirmation stamp, whoever set it
 * @used_ms: age of the use stamp, likewise
 * @lladdr: link-layer address
 */
struct nw_view {
	u8 state;
	bool dead;
	u8 ntf_flags;
	u8 ll_len;
	u32 probes;
	u32 ucast_probes;
	u32 queued;
	u32 confirmed_ms;
	u32 used_ms;
	u8 lladdr[NW_LLADDR_MAX];
};

/**
 * struct nw_obs - a hook saw a neighbour
 * @hook: which one
 * @mono: when, CLOCK_MONOTONIC in ns, read inside the neighbour's lock
 * @removal_cause: with %NW_HOOK_CLEANUP, why, if nobody deleted it by name
 * @physical: the device has a parent
 * @view: the kernel's entry
 */
struct nw_obs {
	enum nw_hook hook;
	u64 mono;
	u8 removal_cause;
	bool physical;
	struct nw_view view;
};

void nw_nud_create(struct nw_neigh *t, const void *n, u64 mono);
void nw_nud_begin(struct nw_neigh *t);
void nw_nud_end(struct nw_neigh *t, const struct nw_obs *obs);
void nw_nud_observe(struct nw_neigh *t, const struct nw_obs *obs);

#endif /* _NEIGHWATCH_NUD_H */
