// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "timer.h"

#define FIRST_ROOM	64

static bool before(const struct nw_timer *a, const struct nw_timer *b)
{
	return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void place(struct nw_timers *t, struct nw_timer *timer, size_t slot)
{
	t->heap[slot - 1] = timer;
	timer->slot = slot;
}

static void rise(struct nw_timers *t, struct nw_timer *timer)
{
	size_t slot = timer->slot;

	while (slot > 1 && before(timer, t->heap[slot / 2 - 1])) {
		place(t, t->heap[slot / 2 - 1], slot);
		slot /= 2;
	}
	place(t, timer, slot);
}

static size_t lesser_child(const struct nw_timers *t, size_t slot)
{
	size_t child = 2 * slot;

	if (child < t->nr && before(t->heap[child], t->heap[child - 1]))
		child++;
	return child;
}

static void sink(struct nw_timers *t, struct nw_timer *timer)
{
	size_t slot = timer->slot, child;

	for (; 2 * slot <= t->nr; slot = child) {
		child = lesser_child(t, slot);
		if (!before(t->heap[child - 1], timer))
			break;
		place(t, t->heap[child - 1], slot);
	}
	place(t, timer, slot);
}

static int make_room(struct nw_timers *t)
{
	size_t room = t->room ? 2 * t->room : FIRST_ROOM;
	struct nw_timer **heap;

	if (t->nr < t->room)
		return 0;
	heap = realloc(t->heap, room * sizeof(struct nw_timer *));
	if (!heap)
		return -ENOMEM;
	t->heap = heap;
	t->room = room;
	return 0;
}

int nw_timer_set(struct nw_timers *t, struct nw_timer *timer,
		 const struct nw_detector_ops *owner, __u64 at)
{
	nw_timer_cancel(t, timer);
	if (make_room(t))
		return -ENOMEM;
	timer->at = at;
	timer->owner = owner;
	timer->order = t->order++;
	place(t, timer, ++t->nr);
	rise(t, timer);
	return 0;
}

void nw_timer_cancel(struct nw_timers *t, struct nw_timer *timer)
{
	size_t slot = timer->slot;
	struct nw_timer *last;

	if (!slot)
		return;
	timer->slot = 0;
	last = t->heap[--t->nr];
	if (last == timer)
		return;
	place(t, last, slot);
	rise(t, last);
	sink(t, last);
}

struct nw_timer *nw_timer_first(const struct nw_timers *t)
{
	return t->nr ? t->heap[0] : NULL;
}

void nw_timers_free(struct nw_timers *t)
{
	free(t->heap);
	memset(t, 0, sizeof(*t));
}
