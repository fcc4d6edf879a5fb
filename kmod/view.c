// SPDX-License-Identifier: GPL-2.0
/* What a hook reads of the kernel's entry. */
#include <linux/string.h>
#include <net/neighbour.h>
#include "track.h"
#include "view.h"

static u8 ntf_flags(const struct neighbour *n)
{
	/* Unlocked in nw_view_is_known(), see nw_view_state(). */
	u32 all = data_race(READ_ONCE(n->flags));
	u8 flags = 0;

	if (all & NTF_ROUTER)
		flags |= NW_F_ROUTER;
	if (all & NTF_EXT_LEARNED)
		flags |= NW_F_EXT_LEARNED;
#ifdef NTF_EXT_MANAGED
	if (all & NTF_MANAGED)
		flags |= NW_F_MANAGED;
#endif
	return flags;
}

static u8 lladdr_len(const struct neighbour *n)
{
	return min_t(u8, n->dev->addr_len, NW_LLADDR_MAX);
}

/**
 * nw_view_read() - read the kernel's entry
 * @view: filled
 * @n: the entry
 *
 * Context: inside the neighbour's lock, bottom halves off: @n->lock is taken,
 * which the entry's timer takes for writing in softirq.
 * Return: nud_state.
 */
u8 nw_view_read(struct nw_view *view, struct neighbour *n)
{
	u8 state;

	read_lock(&n->lock);
	state = n->nud_state;
	view->dead = n->dead;
	view->ntf_flags = ntf_flags(n);
	view->probes = atomic_read(&n->probes);
	view->ucast_probes = NEIGH_VAR(n->parms, UCAST_PROBES);
	view->queued = n->arp_queue_len_bytes;
	/* Set for each packet, by whoever, without the lock. */
	view->confirmed = data_race(n->confirmed);
	/* Likewise. */
	view->used = data_race(n->used);
	view->ll_len = state & NUD_VALID ? lladdr_len(n) : 0;
	memcpy(view->lladdr, n->ha, sizeof(view->lladdr));
	read_unlock(&n->lock);
	return state;
}

static bool same_lladdr(const struct nw_neigh *t, const struct neighbour *n)
{
	u8 len = lladdr_len(n);
	unsigned int seq;
	bool same;

	if (t->ll.len[NW_LLADDR_NOW] != len)
		return false;
	do {
		seq = read_seqbegin(&n->ha_lock);
		same = nw_lladdr_same(nw_lladdr_get(&t->ll, NW_LLADDR_NOW),
				      n->ha, len);
	} while (read_seqretry(&n->ha_lock, seq));
	return same;
}

/**
 * nw_view_is_known() - tell whether an entry has nothing new to tell
 * @t: the neighbour, locked
 * @n: the kernel's entry; its lock is not needed: who changes it meanwhile
 *	passes a hook of his own
 */
bool nw_view_is_known(const struct nw_neigh *t, const struct neighbour *n)
{
	u8 state = nw_view_state(n);

	if (t->n != n || t->state != state || t->nascent ||
	    nw_view_is_dead(n) || READ_ONCE(t->probe_once) ||
	    t->ntf_flags != ntf_flags(n))
		return false;
	return !(state & NUD_VALID) || same_lladdr(t, n);
}
