/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_EVIDENCE_H
#define _NEIGHWATCH_EVIDENCE_H

#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include "record.h"

/* Of a jiffy, and what a stamp in jiffies may be off, and one in ns is not. */
#define NW_JIFFY_NS	((u64)NSEC_PER_SEC / HZ)
#define NW_JIFFY_SLACK	(2 * NW_JIFFY_NS)

struct nw_neigh;
struct nw_note;
struct nw_obs;

/**
 * nw_evidence_age() - the age of a stamp, if it means what its name says
 * @mono: now
 * @since: when the entry began to be seen, or to have its link-layer address
 * @stamp: the stamp, in jiffies
 *
 * The kernel sets the confirmation stamp into the past when it creates an
 * entry and when a link-layer address changes without proof: such a stamp is
 * older than the event and says nothing (net/core/neighbour.c).
 *
 * Return: in milliseconds, %NW_MS_UNKNOWN for such a one.
 */
static inline u32 nw_evidence_age(u64 mono, u64 since, unsigned long stamp)
{
	u64 age = (jiffies - stamp) * NW_JIFFY_NS;

	if (age > mono - min(mono, since) + NW_JIFFY_SLACK)
		return NW_MS_UNKNOWN;
	return min_t(u64, div_u64(age, NSEC_PER_MSEC), NW_MS_UNKNOWN);
}

void nw_evidence_weigh(struct nw_neigh *t, const struct nw_obs *obs,
		       const struct nw_note *note);
bool nw_evidence_hear(struct nw_neigh *t, u64 mono);
void nw_evidence_repeat(struct nw_neigh *t, const struct nw_obs *obs, u8 asked);
void nw_evidence_upper(struct nw_neigh *t, const struct nw_obs *obs);
void nw_evidence_flush(struct nw_neigh *t, const struct nw_obs *obs);

#endif /* _NEIGHWATCH_EVIDENCE_H */
