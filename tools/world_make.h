/* SPDX-License-Identifier: GPL-2.0 */
/* How events make and keep the world's objects; for world*.c only. */
#ifndef NW_WORLD_MAKE_H
#define NW_WORLD_MAKE_H

#include "world.h"

/* NULL when the event has no device, or without memory. */
struct nw_wlink *nw_world_make_link(struct nw_world *w, struct nw_wnet *net,
				    const struct nw_event *ev);
void nw_world_age_link(struct nw_world *w, struct nw_wlink *l);

/* NULL without memory. Call nw_world_touch() when all is noted. */
struct nw_wneigh *nw_world_make_neigh(struct nw_world *w, struct nw_wnet *net,
				      const struct nw_event *ev,
				      const struct nw_addr *addr);
void nw_world_touch(struct nw_world *w, struct nw_wneigh *n, bool proven);

/* A route's next hop came or went. */
void nw_world_route(struct nw_world *w, const struct nw_event *ev,
		    struct nw_about *about);

/* Keep it as one of the latest changes; names are escaped when told. */
__printf(4, 5)
void nw_world_note_change(struct nw_wnet *net, const struct nw_event *ev,
			  enum nw_changed kind, const char *fmt, ...);

#endif /* NW_WORLD_MAKE_H */
