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

static struct nw_gateway *add(struct nw_gateways *g)
{
	struct nw_gateway *gw = realloc(g->gw, (g->nr + 1) * sizeof(*gw));

	if (!gw)
		return NULL;
	g->gw = gw;
	gw = &gw[g->nr++];
	memset(gw, 0, sizeof(*gw));
	return gw;
}

static int take(void *arg, const struct nw_item *item)
{
	struct reading *r = arg;
	struct nw_gateway *gw;

	if (item->kind != NW_ITEM_NEXTHOP ||
	    !nw_filter_nexthop(r->filter, &item->nexthop))
		return 0;
	gw = add(r->g);
	if (!gw)
		return -ENOMEM;
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

struct search {
	struct nw_gateways *g;
	const struct nw_named_gateway *named;
};

static bool is_known(const struct nw_gateways *g, const struct nw_neigh *n)
{
	size_t i;

	for (i = 0; i < g->nr; i++)
		if (g->gw[i].neigh.has &&
		    g->gw[i].neigh.ifindex == n->ifindex &&
		    nw_addr_equal(&g->gw[i].neigh.addr, &n->addr))
			return true;
	return false;
}

static int take_named(void *arg, const struct nw_item *item)
{
	const struct nw_neigh *n = &item->neigh;
	struct search *s = arg;
	struct nw_gateway *gw;

	if (item->kind != NW_ITEM_NEIGH || is_known(s->g, n) ||
	    (*s->named->dev && strcmp(s->named->dev, n->dev) != 0))
		return 0;
	gw = add(s->g);
	if (!gw)
		return -ENOMEM;
	gw->neigh = *n;
	return 0;
}

int nw_gateways_read_named(struct nw_gateways *g, struct nw_client *c,
			   const struct nw_named_gateway *named)
{
	const struct nw_ask ask = {
		.addr = named->addr,
		.family = named->addr.len == 4 ? AF_INET : AF_INET6,
	};
	struct search s = { .g = g, .named = named };

	return nw_client_dump(c, NW_CMD_NEIGH_GET, &ask, take_named, &s);
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
