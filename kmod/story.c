// SPDX-License-Identifier: GPL-2.0
/* The last transitions and outages that a neighbour or link keeps itself. */
#include <linux/minmax.h>
#include <linux/string.h>
#include <net/neighbour.h>
#include "story.h"

static struct nw_outage *last(struct nw_story *story)
{
	return &story->outage[(story->outages - 1) % NW_OUTAGES];
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
void nw_story_step(struct nw_story *story, u64 mono, u8 old, u8 new, u8 cause)
{
	u32 i = story->steps++ % NW_STEPS;

	story->mono[i] = mono;
	story->old[i] = old;
	story->new[i] = new;
	story->cause[i] = cause;
}

void nw_story_begin(struct nw_story *story, u64 mono)
{
	if (story->in_outage)
		return;
	story->in_outage = true;
	story->outages++;
	memset(last(story), 0, sizeof(*last(story)));
	last(story)->begin = mono;
}

/* Walks back to the last time all was well: that is how the outage began. */
static void keep_path(struct nw_story *story, struct nw_outage *outage)
{
	u32 kept = min_t(u32, story->steps, NW_STEPS), n, i;

	for (n = 1; n < kept && n < NW_OUTAGE_PATH; n++) {
		i = (story->steps - n) % NW_STEPS;
		if (story->old[i] == NUD_REACHABLE ||
		    story->old[i] == NUD_FAILED ||
		    story->old[i] == NW_NUD_ABSENT)
			break;
	}
	outage->path_len = n;
	while (n--) {
		i = (story->steps - 1 - n) % NW_STEPS;
		outage->path[outage->path_len - 1 - n] = story->new[i];
	}
}

/**
 * nw_story_fail() - FAILED was reached, and remembered as a step before
 * @story: whose
 * @mono: when
 */
void nw_story_fail(struct nw_story *story, u64 mono)
{
	struct nw_outage *outage;

	nw_story_begin(story, mono);
	outage = last(story);
	outage->rounds++;
	if (outage->failed)
		return;
	outage->failed = mono;
	keep_path(story, outage);
}

void nw_story_end(struct nw_story *story, u64 mono)
{
	if (!story->in_outage)
		return;
	story->in_outage = false;
	last(story)->end = mono;
}
