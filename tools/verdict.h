/* SPDX-License-Identifier: GPL-2.0 */
/* What is wrong now, and what was in the last day, by the kernel's history. */
#ifndef NW_VERDICT_H
#define NW_VERDICT_H

#include "judge.h"

/* Episodes of the last day that are over, in full; the rest by number. */
#define NW_VERDICT_PAST	4

/**
 * struct nw_verdict - the history, judged
 * @judge: with what is open
 * @now: up to when
 * @past: what is over, number i at i % %NW_VERDICT_PAST
 * @nr_past: how many there were
 */
struct nw_verdict {
	struct nw_judge judge;
	__u64 now;
	struct nw_finding past[NW_VERDICT_PAST];
	__u64 nr_past;
};

/* Return: 0 or -ENOMEM. */
int nw_verdict_open(struct nw_verdict *v, const struct nw_opts *o,
		    struct nw_out *out);
void nw_verdict_close(struct nw_verdict *v);

/* Read and judge the history of the namespace @c asks about. */
int nw_verdict_read(struct nw_verdict *v, struct nw_client *c);

/*
 * What is open, the worst first; then what is over. Info is left out:
 * history --findings has it. The evidence of all, or where there is no room
 * for that, of the worst alone (@brief).
 *
 * Return: the worst that is open, or NULL.
 */
const struct nw_finding *nw_verdict_print(const struct nw_verdict *v,
					  struct nw_out *out, bool brief);

#endif /* NW_VERDICT_H */
