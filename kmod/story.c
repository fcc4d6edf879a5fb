// SPDX-License-Identifier: GPL-2.0
/* The last transitions and outages that a neighbour or link keeps itself. */
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <net/neighbour.h>
#include "story.h"

static struct nw_outage *last(struct nw_story *story)
{
	return &story->outage[(story->outages - 1) % NW_OUTAGES];
}

/* Context of all functions here: the owner's lock is held. */
void nw_story_begin(struct nw_story *story, u64 mono)
{
	if (nw_story_is_out(story))
		return;
	story->outages++;
	memset(last(story), 0, sizeof(*last(story)));
	last(story)->begin = mono;
}

/* Half a byte for each state of a path, none of them 0: that ends it. */
static u32 pack(u8 state)
{
	switch (state) {
	case NUD_NONE:
		return 9;
	case NW_NUD_ABSENT:
		return 10;
	default:
		return ffs(state);
	}
}

static u8 unpack(u32 code)
{
	switch (code) {
	case 9:
		return NUD_NONE;
	case 10:
		return NW_NUD_ABSENT;
	default:
		return 1 << (code - 1);
	}
}

static_assert(NW_OUTAGE_PATH * 4 <= 32);

/**
 * nw_story_path() - the states on the way to the first FAILED
 * @outage: the outage
 * @path: room for %NW_OUTAGE_PATH
 *
 * Return: how many.
 */
u8 nw_story_path(const struct nw_outage *outage, u8 *path)
{
	u32 rest = outage->path;
	u8 n;

	for (n = 0; rest; n++, rest >>= 4)
		path[n] = unpack(rest & 0xf);
	return n;
}

/* Walks back to the last time all was well: that is how the outage began. */
static void keep_path(struct nw_story *story, struct nw_outage *outage)
{
	u32 kept = min_t(u32, story->steps, NW_STEPS), n, i;

	outage->path = 0;
	for (n = 1; n <= kept && n <= NW_OUTAGE_PATH; n++) {
		i = (story->steps - n) % NW_STEPS;
		outage->path = outage->path << 4 | pack(story->new[i]);
		if (story->old[i] == NUD_REACHABLE ||
		    story->old[i] == NUD_FAILED ||
		    story->old[i] == NW_NUD_ABSENT)
			break;
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
	if (!nw_story_is_out(story))
		return;
	last(story)->end = mono;
}
