// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gather.h"

static int grow(struct nw_gather *g)
{
	size_t room = g->room ? 2 * g->room : 256;
	struct nw_event *ev;

	ev = realloc(g->ev, room * sizeof(*ev));
	if (!ev)
		return -ENOMEM;
	g->ev = ev;
	g->room = room;
	return 0;
}

/* In one namespace they come in order: the last ones can overwrite the rest. */
static bool wraps(const struct nw_gather *g)
{
	return g->last && !g->merge && g->nr >= g->last;
}

int nw_gather_add(struct nw_gather *g, const struct nw_event *ev)
{
	size_t at = wraps(g) ? g->nr % g->last : g->nr;

	if (at >= g->room && grow(g))
		return -ENOMEM;
	g->ev[at] = *ev;
	g->nr++;
	return 0;
}

static int by_time(const void *a, const void *b)
{
	const struct nw_event *x = a, *y = b;

	if (x->mono != y->mono)
		return x->mono < y->mono ? -1 : 1;
	if (x->origin.netns_cookie != y->origin.netns_cookie)
		return x->origin.netns_cookie < y->origin.netns_cookie ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

void nw_gather_drain(struct nw_gather *g,
		     void (*fn)(void *arg, const struct nw_event *ev),
		     void *arg)
{
	size_t i, wanted = g->last && g->last < g->nr ? g->last : g->nr;
	size_t first = g->nr - wanted;

	if (g->merge && g->nr)
		qsort(g->ev, g->nr, sizeof(*g->ev), by_time);
	for (i = first; i < g->nr; i++)
		fn(arg, &g->ev[g->last && !g->merge ? i % g->last : i]);
	free(g->ev);
	g->ev = NULL;
	g->nr = 0;
	g->room = 0;
}
