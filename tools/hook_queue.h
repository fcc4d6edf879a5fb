/* SPDX-License-Identifier: GPL-2.0 */
/* Findings that wait for their program, and when the next may start. */
#ifndef NW_HOOK_QUEUE_H
#define NW_HOOK_QUEUE_H

#include "hook_item.h"

#define NW_HOOK_NEVER	(~0ULL)

/**
 * struct nw_hook_queue - in the order in which they came
 * @limits: how many
 * @item: each from malloc()
 * @nr: of them
 * @started: when programs were started, a ring of @limits->starts
 * @starts: how many there were
 */
struct nw_hook_queue {
	const struct nw_hook_limits *limits;
	struct nw_hook_item **item;
	__u32 nr;
	__u64 *started;
	__u64 starts;
};

/* Return: 0 or -ENOMEM. */
int nw_hook_queue_init(struct nw_hook_queue *q,
		       const struct nw_hook_limits *limits);
void nw_hook_queue_free(struct nw_hook_queue *q);

/**
 * nw_hook_queue_push() - let a finding wait
 * @q: queue
 * @item: finding
 *
 * In a queue that is full it takes the place of the latest among the least
 * severe, when these are less severe than itself: a flood of small news shall
 * not push out the one that matters.
 *
 * Return: the one to drop, or NULL.
 */
struct nw_hook_item *nw_hook_queue_push(struct nw_hook_queue *q,
					struct nw_hook_item *item);

/* When the first one may start, in ns; %NW_HOOK_NEVER when none waits. */
__u64 nw_hook_queue_due(const struct nw_hook_queue *q);
/* The first one starts at @now. */
struct nw_hook_item *nw_hook_queue_pop(struct nw_hook_queue *q, __u64 now);

#endif /* NW_HOOK_QUEUE_H */
