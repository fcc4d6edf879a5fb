// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check_rows.h"

#define DAY		(86400 * NW_NSEC_PER_SEC)

static struct nw_check_gateway *add_gateway(struct nw_check_rows *r)
{
	struct nw_check_gateway *more;

	more = realloc(r->gateway, (r->nr_gateways + 1) * sizeof(*more));
	if (!more) {
		r->err = -ENOMEM;
		return NULL;
	}
	r->gateway = more;
	more = &r->gateway[r->nr_gateways++];
	memset(more, 0, sizeof(*more));
	return more;
}

static void take_gateway(struct nw_check_rows *r, const struct nw_gateway *from)
{
	const struct nw_nexthop *hop = &from->hop;
	bool used = hop->has != 0;
	const char *dev = used ? hop->dev : from->neigh.dev;
	const struct nw_addr *addr = used ? &hop->gateway : &from->neigh.addr;
	struct nw_check_gateway *g;

	if (!addr->len ||
	    !nw_check_asks_gateway(r->ask, addr, dev))
		return;
	g = add_gateway(r);
	if (!g)
		return;
	g->addr = *addr;
	g->ifindex = used ? hop->ifindex : from->neigh.ifindex;
	memcpy(g->dev, dev, sizeof(g->dev));
	g->hop = *hop;
	g->neigh = from->neigh;
}

static bool has_gateway(const struct nw_check_rows *r,
			const struct nw_named_gateway *named)
{
	const struct nw_check_gateway *g;
	size_t i;

	for (i = 0; i < r->nr_gateways; i++) {
		g = &r->gateway[i];
		if (nw_addr_equal(&g->addr, &named->addr) &&
		    (!*named->dev || !strcmp(named->dev, g->dev)))
			return true;
	}
	return false;
}

/* Neither a route nor a neighbour has it. */
static void take_unheard(struct nw_check_rows *r,
			 const struct nw_named_gateway *named)
{
	struct nw_check_gateway *g;

	if (has_gateway(r, named))
		return;
	g = add_gateway(r);
	if (!g)
		return;
	g->addr = named->addr;
	memcpy(g->dev, named->dev, sizeof(g->dev));
}

/* Is it the link of a gateway that was named? */
static bool carries_named(const struct nw_check_rows *r, const struct nw_link *l)
{
	size_t i;

	for (i = 0; r->ask->nr_gateways && i < r->nr_gateways; i++)
		if (r->gateway[i].ifindex == l->ifindex)
			return true;
	return false;
}

/* A device that was made anew has the same name: the present one is meant. */
static bool is_replaced(const struct nw_links *links, const struct nw_link *l)
{
	size_t i;

	if (!(l->flags & NW_F_GONE))
		return false;
	for (i = 0; i < links->nr; i++)
		if (&links->link[i] != l && links->link[i].ifindex > l->ifindex &&
		    !strcmp(links->link[i].dev, l->dev))
			return true;
	return false;
}

static bool is_asked(const struct nw_check_rows *r, const struct nw_link *l,
		     bool named)
{
	if (!nw_check_asks_all(r->ask))
		return named;
	return !(l->flags & NW_F_GONE) &&
	       !nw_detect_link_ignored(r->config, l->dev);
}

static void take_link(struct nw_check_rows *r, const struct nw_link *l)
{
	bool named = nw_check_asks_dev(r->ask, l->dev) ||
		     carries_named(r, l);
	struct nw_check_link *more;

	if (!is_asked(r, l, named) || is_replaced(r->links, l))
		return;
	more = realloc(r->link, (r->nr_links + 1) * sizeof(*more));
	if (!more) {
		r->err = -ENOMEM;
		return;
	}
	r->link = more;
	more = &r->link[r->nr_links++];
	memset(more, 0, sizeof(*more));
	more->link = *l;
	more->named = named;
}

static void choose(struct nw_check_rows *r)
{
	const struct nw_check_ask *ask = r->ask;
	const struct nw_gateways *g = r->gateways;
	const struct nw_links *l = r->links;
	size_t i;

	r->nr_gateways = 0;
	r->nr_links = 0;
	for (i = 0; i < g->nr; i++)
		take_gateway(r, &g->gw[i]);
	for (i = 0; i < ask->nr_gateways; i++)
		take_unheard(r, &ask->gateway[i]);
	for (i = 0; i < l->nr; i++)
		take_link(r, &l->link[i]);
}

void nw_check_rows_begin(void *arg, __u64 oldest)
{
	struct nw_check_rows *r = arg;
	__u64 now = r->now, from = now > DAY ? now - DAY : 0;
	size_t i;

	r->lost = 0;
	choose(r);
	for (i = 0; i < r->nr_gateways; i++)
		nw_tally_neigh(&r->gateway[i].losses, &r->gateway[i].neigh,
			       from, oldest);
	for (i = 0; i < r->nr_links; i++)
		nw_tally_link(&r->link[i].losses, &r->link[i].link, from,
			      oldest);
}

static void count_change(struct nw_check_rows *r, const struct nw_event *ev)
{
	struct nw_check_gateway *g;
	size_t i;

	for (i = 0; i < r->nr_gateways; i++) {
		g = &r->gateway[i];
		if (g->ifindex == ev->ifindex &&
		    nw_addr_equal(&g->addr, &ev->neigh.addr))
			nw_tally_change(&g->losses, ev);
	}
}

static void count_carrier(struct nw_check_rows *r, const struct nw_event *ev)
{
	size_t i;

	for (i = 0; i < r->nr_links; i++)
		if (r->link[i].link.ifindex == ev->ifindex)
			nw_tally_carrier(&r->link[i].losses, ev);
}

void nw_check_rows_count(void *arg, const struct nw_event *ev)
{
	struct nw_check_rows *r = arg;

	if (ev->type == NW_TYPE_NEIGH)
		count_change(r, ev);
	else if (ev->type == NW_TYPE_CARRIER)
		count_carrier(r, ev);
	else if (ev->type == NW_TYPE_LOST &&
		 ev->mono + r->ask->window >= r->now)
		r->lost += ev->lost.count;
}

void nw_check_rows_free(struct nw_check_rows *r)
{
	free(r->gateway);
	free(r->link);
	r->gateway = NULL;
	r->link = NULL;
}
