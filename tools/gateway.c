// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "format.h"
#include "gateway.h"

struct reading {
	struct nw_gateways *g;
	const struct nw_filter *filter;
};

static int take(void *arg, const struct nw_item *item)
{
	struct reading *r = arg;
	struct nw_gateway *gw;

	if (item->kind != NW_ITEM_NEXTHOP ||
	    !nw_filter_nexthop(r->filter, &item->nexthop))
		return 0;
	gw = realloc(r->g->gw, (r->g->nr + 1) * sizeof(*gw));
	if (!gw)
		return -ENOMEM;
	r->g->gw = gw;
	gw = &gw[r->g->nr++];
	memset(gw, 0, sizeof(*gw));
	gw->hop = item->nexthop;
	return 0;
}

static int read_neigh(struct nw_gateway *gw, struct nw_client *c,
		      bool all_netns)
{
	const struct nw_nexthop *hop = &gw->hop;
	struct nw_ask ask = {
		.ifindex = hop->ifindex,
		.addr = hop->gateway,
		.family = hop->gateway.len == 4 ? AF_INET : AF_INET6,
		.cookie = all_netns ? hop->origin.netns_cookie : 0,
	};
	int ret;

	if (!hop->gateway.len)
		return 0;
	ret = nw_client_neigh(c, &ask, &gw->neigh);
	return ret == -ENOENT ? 0 : ret;
}

int nw_gateways_read(struct nw_gateways *g, struct nw_client *c,
		     const struct nw_filter *f, bool all_netns)
{
	const struct nw_ask ask = {
		.all_netns = all_netns, .family = f->family,
	};
	struct reading r = { .g = g, .filter = f };
	size_t i;
	int ret;

	ret = nw_client_dump(c, NW_CMD_NEXTHOP_GET, &ask, take, &r);
	for (i = 0; !ret && i < g->nr; i++)
		ret = read_neigh(&g->gw[i], c, all_netns);
	return ret;
}

void nw_gateways_free(struct nw_gateways *g)
{
	free(g->gw);
	g->gw = NULL;
	g->nr = 0;
}

/* NONE and a removed entry are only idle: the next packet resolves them. */
bool nw_gateway_is_dead(const struct nw_gateway *gw)
{
	return gw->neigh.has && !nw_nud_usable(gw->neigh.state) &&
	       gw->neigh.state != NUD_NONE && gw->neigh.state != NW_NUD_ABSENT;
}
