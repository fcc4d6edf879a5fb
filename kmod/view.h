/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_VIEW_H
#define _NEIGHWATCH_VIEW_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <net/neighbour.h>
#include <linux/neighwatch.h>

struct nw_neigh;

/**
 * struct nw_view - the kernel's entry as one hook read it, under its lock
 * @dead: unlinked, or not linked yet
 * @ntf_flags: NTF_* as &enum nw_flags
 * @ll_len: length of @lladdr, 0 unless @state is NUD_VALID
 * @probes: the entry's counter
 * @ucast_probes: where the counter starts in INCOMPLETE
 * @queued: bytes that wait for resolution
 * @confirmed: the confirmation stamp, whoever set it, in jiffies
 * @used: the use stamp, likewise
 * @lladdr: link-layer address
 */
struct nw_view {
	bool dead;
	u8 ntf_flags;
	u8 ll_len;
	u32 probes;
	u32 ucast_probes;
	u32 queued;
	unsigned long confirmed;
	unsigned long used;
	u8 lladdr[NW_LLADDR_MAX] __aligned(8);
};

/*
 * What is read of an entry without its lock. Its writers do not mark their
 * stores; each of them passes a hook afterwards, so that what was missed here
 * is seen there.
 */
static inline u8 nw_view_state(const struct neighbour *n)
{
	/* Unlocked on purpose, see above. */
	return data_race(READ_ONCE(n->nud_state));
}

static inline bool nw_view_is_dead(const struct neighbour *n)
{
	/* Likewise. */
	return data_race(READ_ONCE(n->dead));
}

u8 nw_view_read(struct nw_view *view, struct neighbour *n);
bool nw_view_is_known(const struct nw_neigh *t, const struct neighbour *n);

#endif /* _NEIGHWATCH_VIEW_H */
