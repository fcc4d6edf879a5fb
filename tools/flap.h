/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A penalty that grows with each loss and halves with time, as in route flap
 * damping (RFC 2439), and the latest losses for rules that only count. Pure.
 */
#ifndef NW_FLAP_H
#define NW_FLAP_H

#include <linux/types.h>

#define NW_FLAP_PENALTY	1000	/* of one loss */
#define NW_FLAP_KEPT	16	/* losses */

/* Zero is a thing that was never lost. */
struct nw_flap {
	double penalty;		/* at @at */
	__u64 at;
	__u64 loss[NW_FLAP_KEPT];
	__u64 nr;
};

/* @ceiling: 0 for none. */
void nw_flap_add(struct nw_flap *flap, __u64 at, __u64 half_life,
		 __u64 ceiling);
double nw_flap_penalty(const struct nw_flap *flap, __u64 now, __u64 half_life);
/* Losses in the @window up to @now, of those kept. */
unsigned int nw_flap_count(const struct nw_flap *flap, __u64 now,
			   __u64 window);
/* The first moment at which the penalty is below @limit. */
__u64 nw_flap_below(const struct nw_flap *flap, __u64 half_life, __u64 limit);

#endif /* NW_FLAP_H */
