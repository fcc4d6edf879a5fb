// SPDX-License-Identifier: GPL-2.0
#include <math.h>

#include "flap.h"

double nw_flap_penalty(const struct nw_flap *flap, __u64 now, __u64 half_life)
{
	if (now <= flap->at)
		return flap->penalty;
	return flap->penalty *
	       exp2(-(double)(now - flap->at) / (double)half_life);
}

void nw_flap_add(struct nw_flap *flap, __u64 at, __u64 half_life,
		 __u64 ceiling)
{
	flap->penalty = nw_flap_penalty(flap, at, half_life) + NW_FLAP_PENALTY;
	if (ceiling && flap->penalty > (double)ceiling)
		flap->penalty = (double)ceiling;
	if (at > flap->at)
		flap->at = at;
	flap->loss[flap->nr++ % NW_FLAP_KEPT] = at;
}

unsigned int nw_flap_count(const struct nw_flap *flap, __u64 now,
			   __u64 window)
{
	unsigned int i, kept, count = 0;

	kept = flap->nr < NW_FLAP_KEPT ? (unsigned int)flap->nr : NW_FLAP_KEPT;
	for (i = 0; i < kept; i++)
		count += flap->loss[i] + window >= now;
	return count;
}

__u64 nw_flap_below(const struct nw_flap *flap, __u64 half_life, __u64 limit)
{
	double halvings;

	if (flap->penalty < (double)limit)
		return flap->at;
	halvings = log2(flap->penalty / (double)limit);
	return flap->at + (__u64)(halvings * (double)half_life) + 1;
}
