/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_STORY_H
#define _NEIGHWATCH_STORY_H

#include <linux/types.h>
#include <linux/neighwatch.h>

/**
 * struct nw_outage - a time in which no packet could flow
 * @begin: CLOCK_MONOTONIC in ns
 * @failed: first FAILED, 0 when it never came to that
 * @end: usable again, 0 while it lasts
 * @rounds: times FAILED was reached
 * @path: states on the way to the first FAILED, see nw_story_path()
 */
struct nw_outage {
	u64 begin;
	u64 failed;
	u64 end;
	u32 rounds;
	u32 path;
};

/**
 * struct nw_story - the own past of a neighbour or link, outside the ring
 * @mono: stamps of the last transitions, CLOCK_MONOTONIC in ns
 * @old: states before
 * @new: states after
 * @cause: &enum nw_cause
 * @steps: transitions ever, number i stands at i % %NW_STEPS
 * @outages: outages ever, number i stands at i % %NW_OUTAGES
 * @outage: the last ones
 *
 * A flood overwrites the ring; it cannot overwrite this.
 */
struct nw_story {
	u64 mono[NW_STEPS];
	u8 old[NW_STEPS];
	u8 new[NW_STEPS];
	u8 cause[NW_STEPS];
	u32 steps;
	u32 outages;
	struct nw_outage outage[NW_OUTAGES];
};

/* When the last transition was; there must be one. */
static inline u64 nw_story_last(const struct nw_story *story)
{
	return story->mono[(story->steps - 1) % NW_STEPS];
}

/**
 * nw_story_step() - remember a transition
 * @story: whose
 * @mono: when, CLOCK_MONOTONIC in ns
 * @old: state before
 * @new: state after
 * @cause: &enum nw_cause
 *
 * Context: the owner's lock is held, as for all functions here.
 */
static inline void nw_story_step(struct nw_story *story, u64 mono, u8 old,
				 u8 new, u8 cause)
{
	u32 i = story->steps++ % NW_STEPS;

	story->mono[i] = mono;
	story->old[i] = old;
	story->new[i] = new;
	story->cause[i] = cause;
}

/* The last outage lasts. */
static inline bool nw_story_is_out(const struct nw_story *story)
{
	return story->outages &&
	       !story->outage[(story->outages - 1) % NW_OUTAGES].end;
}

u8 nw_story_path(const struct nw_outage *outage, u8 *path);
void nw_story_begin(struct nw_story *story, u64 mono);
void nw_story_fail(struct nw_story *story, u64 mono);
void nw_story_end(struct nw_story *story, u64 mono);

#endif /* _NEIGHWATCH_STORY_H */
