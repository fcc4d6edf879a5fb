/* SPDX-License-Identifier: GPL-2.0 */
/* Events kept until all are there: the last few, or all in order of time. */
#ifndef NW_GATHER_H
#define NW_GATHER_H

#include <stddef.h>

#include "event.h"

/**
 * struct nw_gather - events
 * @ev: room
 * @nr: how many came
 * @room: how many fit
 * @last: only so many are wanted, 0: all
 * @merge: they come from several namespaces and must be put in order
 */
struct nw_gather {
	struct nw_event *ev;
	size_t nr;
	size_t room;
	size_t last;
	bool merge;
};

/* Return: 0 or -ENOMEM. */
int nw_gather_add(struct nw_gather *g, const struct nw_event *ev);

/* Hand them to @fn, oldest first, and forget them. */
void nw_gather_drain(struct nw_gather *g,
		     void (*fn)(void *arg, const struct nw_event *ev),
		     void *arg);

#endif /* NW_GATHER_H */
