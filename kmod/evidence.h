/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_EVIDENCE_H
#define _NEIGHWATCH_EVIDENCE_H

#include <linux/types.h>

struct nw_neigh;
struct nw_note;
struct nw_obs;

u32 nw_evidence_age(u64 mono, u64 since, unsigned long stamp);
void nw_evidence_weigh(struct nw_neigh *t, const struct nw_obs *obs,
		       const struct nw_note *note);
void nw_evidence_upper(struct nw_neigh *t, const struct nw_obs *obs);
void nw_evidence_flush(struct nw_neigh *t, const struct nw_obs *obs);

#endif /* _NEIGHWATCH_EVIDENCE_H */
