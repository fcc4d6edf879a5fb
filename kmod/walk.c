// SPDX-License-Identifier: GPL-2.0
/* The walk through the tracked neighbours: it survives their coming and going. */
#include <linux/err.h>
#include <linux/rhashtable.h>
#include "track.h"

void nw_track_walk_exit(struct nw_track_walk *walk)
{
	rhashtable_walk_exit(&walk->iter);
}

/**
 * nw_track_walk_start() - go on with a walk, under RCU
 * @walk: the walk
 * @restarts: raised when the table was rebuilt meanwhile: some may come twice
 */
void nw_track_walk_start(struct nw_track_walk *walk, u32 *restarts)
	__acquires(RCU)
{
	if (rhashtable_walk_start_check(&walk->iter))
		++*restarts;
}

void nw_track_walk_stop(struct nw_track_walk *walk)
	__releases(RCU)
{
	rhashtable_walk_stop(&walk->iter);
}

/**
 * nw_track_walk_peek() - the neighbour the walk stands at
 * @walk: between nw_track_walk_start() and nw_track_walk_stop()
 * @restarts: as for nw_track_walk_start()
 *
 * Return: NULL at the end.
 */
struct nw_neigh *nw_track_walk_peek(struct nw_track_walk *walk, u32 *restarts)
{
	struct nw_neigh *t = rhashtable_walk_peek(&walk->iter);

	if (!IS_ERR(t))
		return t;
	++*restarts;
	return nw_track_walk_next(walk, restarts);
}

/**
 * nw_track_walk_next() - move the walk on
 * @walk: between nw_track_walk_start() and nw_track_walk_stop()
 * @restarts: as for nw_track_walk_start()
 */
struct nw_neigh *nw_track_walk_next(struct nw_track_walk *walk, u32 *restarts)
{
	struct nw_neigh *t;

	while (IS_ERR(t = rhashtable_walk_next(&walk->iter)))
		++*restarts;
	return t;
}
