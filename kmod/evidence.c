// SPDX-License-Identifier: GPL-2.0
/*
 * What proves that a neighbour is there, or that another station wants to be
 * it: ARP and ND packets beyond the transitions they make, and upper layers.
 *
 * All functions run inside the neighbour's lock, in softirq or with bottom
 * halves off.
 */
#include <net/neighbour.h>
#include "evidence.h"
#include "nud.h"
#include "step.h"
#include "trace.h"

/* Equal offers become one record in this time. */
#define OFFER_INTERVAL_NS	NSEC_PER_SEC
/* Evidence that changes no state becomes one record in this time. */
#define CONFIRM_INTERVAL_NS	(10 * NSEC_PER_SEC)

static noinline void put_offer(struct nw_neigh *t, const struct nw_obs *obs)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = nw_step_record(t, obs, NW_TYPE_OFFER, NW_CAUSE_PACKET, obs->mono,
			     &flags);
	rec->old = obs->state;
	rec->ll_len = t->ll.len[NW_LLADDR_NOW];
	rec->ll2_len = t->ll.len[NW_LLADDR_OFFERED];
	rec->offer.count = t->offer_count;
	rec->offer.override = t->offer_override;
	memcpy(rec->offer.addr, t->key.addr, NW_ADDR_MAX);
	nw_lladdr_copy(rec->offer.lladdr, &t->ll, NW_LLADDR_NOW);
	nw_lladdr_copy(rec->offer.offered, &t->ll, NW_LLADDR_OFFERED);
	trace_offer(rec);
	nw_record_end(t->key.ns, flags);
	t->offer_mono = obs->mono;
	t->offer_count = 0;
}

/* Another station answered and the kernel kept what it had. */
static noinline void refuse_offer(struct nw_neigh *t, const struct nw_obs *obs,
				  const struct nw_note *note)
{
	u8 len = t->ll.len[NW_LLADDR_NOW];
	bool equal = t->ll.len[NW_LLADDR_OFFERED] == len &&
		     nw_lladdr_same(nw_lladdr_get(&t->ll, NW_LLADDR_OFFERED),
				    note->lladdr, len);

	t->offers++;
	if (!equal) {
		if (t->offer_count)
			put_offer(t, obs);
		nw_lladdr_set(&t->ll, NW_LLADDR_OFFERED, note->lladdr, len);
		t->offer_mono = 0;
	}
	t->offer_count++;
	t->offer_override = note->flags & NW_NOTE_OVERRIDE;
	if (!t->offer_mono || obs->mono - t->offer_mono >= OFFER_INTERVAL_NS)
		put_offer(t, obs);
}

/**
 * nw_evidence_flush() - record the offers of a burst that is over
 * @t: the neighbour
 * @obs: what was seen
 */
void nw_evidence_flush(struct nw_neigh *t, const struct nw_obs *obs)
{
	if (t->offer_count && obs->mono - t->offer_mono >= OFFER_INTERVAL_NS)
		put_offer(t, obs);
}

/* Out of line, as the offers are: most packets change nothing at all. */
static noinline void put_confirm(struct nw_neigh *t, const struct nw_obs *obs,
				 u8 asked)
{
	struct nw_record *rec;
	unsigned long flags;

	rec = nw_step_record(t, obs, NW_TYPE_CONFIRM, NW_CAUSE_PACKET, obs->mono,
			     &flags);
	rec->old = obs->state;
	rec->ll_len = t->ll.len[NW_LLADDR_NOW];
	rec->confirm.kind = asked == NUD_REACHABLE ? NW_CONFIRM_REPLY
						   : NW_CONFIRM_HEARD;
	memcpy(rec->confirm.addr, t->key.addr, NW_ADDR_MAX);
	nw_lladdr_copy(rec->confirm.lladdr, &t->ll, NW_LLADDR_NOW);
	nw_record_end(t->key.ns, flags);
	t->confirm_mono = obs->mono;
}

static bool is_due(const struct nw_neigh *t, u64 mono)
{
	return !t->confirm_mono || mono - t->confirm_mono >= CONFIRM_INTERVAL_NS;
}

/**
 * nw_evidence_hear() - an ARP/ND packet repeats what is known
 * @t: the neighbour
 * @mono: now
 *
 * Return: false when it is time for a record: nw_evidence_repeat() has to be told.
 */
bool nw_evidence_hear(struct nw_neigh *t, u64 mono)
{
	if (t->offer_count || is_due(t, mono))
		return false;
	t->arp_proof = mono;
	return true;
}

/**
 * nw_evidence_repeat() - likewise, with a record when it is time
 * @t: the neighbour
 * @obs: what was seen; the view is not needed
 * @asked: NUD_* that it asked for: STALE when it was only heard
 */
void nw_evidence_repeat(struct nw_neigh *t, const struct nw_obs *obs, u8 asked)
{
	nw_evidence_flush(t, obs);
	t->arp_proof = obs->mono;
	if (is_due(t, obs->mono))
		put_confirm(t, obs, asked);
}

/**
 * nw_evidence_weigh() - what an ARP/ND packet proves, beyond a change of state
 * @t: the neighbour, as it is now
 * @obs: what was seen when neigh_update() was over
 * @note: what it was asked for
 */
void nw_evidence_weigh(struct nw_neigh *t, const struct nw_obs *obs,
		       const struct nw_note *note)
{
	bool solicited = note->new == NUD_REACHABLE;
	bool moved = note->flags & NW_NOTE_MOVED;
	u8 len = t->ll.len[NW_LLADDR_NOW];

	if (!len || (!note->lladdr && !solicited))
		return;
	if (note->lladdr &&
	    !nw_lladdr_same(note->lladdr, nw_lladdr_get(&t->ll, NW_LLADDR_NOW),
			    len)) {
		refuse_offer(t, obs, note);
		return;
	}
	if (!moved && t->state == note->state) {
		nw_evidence_repeat(t, obs, note->new);
		return;
	}
	nw_evidence_flush(t, obs);
	if (moved && !solicited)
		return;
	t->arp_proof = obs->mono;
	t->confirm_mono = obs->mono;
}

/**
 * nw_evidence_upper() - the timer ran, and REACHABLE lives on
 * @t: the neighbour
 * @obs: what was seen
 *
 * If no ARP/ND packet did that, an upper layer did.
 */
void nw_evidence_upper(struct nw_neigh *t, const struct nw_obs *obs)
{
	u64 confirmed;
	u32 age;

	if (t->state != NUD_REACHABLE)
		return;
	age = nw_evidence_age(obs->mono, max(t->watched, t->moved),
			      obs->view->confirmed);
	if (age == NW_MS_UNKNOWN)
		return;
	confirmed = obs->mono - min(obs->mono, (u64)age * NSEC_PER_MSEC);
	if (confirmed > t->arp_proof + NW_JIFFY_SLACK)
		t->upper_proof = confirmed;
}
