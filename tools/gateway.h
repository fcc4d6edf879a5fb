/* SPDX-License-Identifier: GPL-2.0 */
/* Gateways: the next hops in use, each with its neighbour. */
#ifndef NW_GATEWAY_H
#define NW_GATEWAY_H

#include "client.h"
#include "world.h"

/*
 * @neigh.has is 0 when the next hop has no neighbour (yet), @hop.has when no
 * route uses a gateway that the user named.
 */
struct nw_gateway {
	struct nw_nexthop hop;
	struct nw_neigh neigh;
};

struct nw_gateways {
	struct nw_gateway *gw;
	size_t nr;
};

/* The filter is for next hops. Return: 0 or a negative errno. */
int nw_gateways_read(struct nw_gateways *g, struct nw_client *c,
		     const struct nw_filter *f, bool all_netns);
/* The neighbours of that name that no route uses. Return: as above. */
int nw_gateways_read_named(struct nw_gateways *g, struct nw_client *c,
			   const struct nw_named_gateway *named);
void nw_gateways_free(struct nw_gateways *g);

/* Known, and packets do not flow. */
bool nw_gateway_is_dead(const struct nw_gateway *gw);

#endif /* NW_GATEWAY_H */
