// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "hook_queue.h"

int nw_hook_queue_init(struct nw_hook_queue *q,
		       const struct nw_hook_limits *limits)
{
	memset(q, 0, sizeof(*q));
	q->limits = limits;
	q->item = calloc(limits->waiting, sizeof(struct nw_hook_item *));
	q->started = calloc(limits->starts, sizeof(*q->started));
	if (q->item && q->started)
		return 0;
	free(q->item);
	free(q->started);
	return -ENOMEM;
}

void nw_hook_queue_free(struct nw_hook_queue *q)
{
	while (q->nr)
		free(q->item[--q->nr]);
	free(q->item);
	free(q->started);
	q->item = NULL;
	q->started = NULL;
}

static struct nw_hook_item *take_out(struct nw_hook_queue *q, __u32 at)
{
	struct nw_hook_item *item = q->item[at];

	q->nr--;
	memmove(&q->item[at], &q->item[at + 1],
		(q->nr - at) * sizeof(struct nw_hook_item *));
	return item;
}

/* The latest of the least severe. */
static __u32 least(const struct nw_hook_queue *q)
{
	__u32 i, at = 0;

	for (i = 1; i < q->nr; i++)
		if (q->item[i]->severity <= q->item[at]->severity)
			at = i;
	return at;
}

struct nw_hook_item *nw_hook_queue_push(struct nw_hook_queue *q,
					struct nw_hook_item *item)
{
	struct nw_hook_item *out = NULL;

	if (q->nr == q->limits->waiting) {
		__u32 at = least(q);

		if (q->item[at]->severity >= item->severity)
			return item;
		out = take_out(q, at);
	}
	q->item[q->nr++] = item;
	return out;
}

/* The start that is @limits->starts ago must have left the window. */
__u64 nw_hook_queue_due(const struct nw_hook_queue *q)
{
	const struct nw_hook_limits *l = q->limits;

	if (!q->nr)
		return NW_HOOK_NEVER;
	if (q->starts < l->starts)
		return 0;
	return q->started[q->starts % l->starts] +
	       l->window * NW_NSEC_PER_MSEC;
}

struct nw_hook_item *nw_hook_queue_pop(struct nw_hook_queue *q, __u64 now)
{
	q->started[q->starts++ % q->limits->starts] = now;
	return take_out(q, 0);
}
