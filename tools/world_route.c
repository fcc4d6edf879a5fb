// SPDX-License-Identifier: GPL-2.0
/* Which neighbours are gateways, and which default routes there are. */
#include <sys/socket.h>

#include "format.h"
#include "world_make.h"

static bool same_default(const struct nw_default *a, const struct nw_default *b)
{
	return a->table == b->table && a->ifindex == b->ifindex &&
	       a->family == b->family && nw_addr_equal(&a->gateway, &b->gateway);
}

/* Return: whether that changed what was known. */
static bool note_default(struct nw_wnet *net, const struct nw_event *ev)
{
	const struct nw_default def = {
		.table = ev->route.table, .ifindex = ev->ifindex,
		.family = ev->route.family, .gateway = ev->route.gateway,
	};
	__u32 *more = &net->more_defaults[ev->route.family == AF_INET6];
	bool added = ev->route.change == NW_CHANGE_ADDED;
	unsigned int i;

	for (i = 0; i < net->nr_defaults; i++)
		if (same_default(&net->defaults[i], &def))
			break;
	if (added && i < net->nr_defaults)
		return false;
	if (added && i < NW_WORLD_DEFAULTS)
		net->defaults[net->nr_defaults++] = def;
	else if (added)
		(*more)++;
	else if (i < net->nr_defaults)
		net->defaults[i] = net->defaults[--net->nr_defaults];
	else if (*more)
		(*more)--;
	else
		return false;
	return true;
}

/*
 * Other routes are recorded with the first and the last that use a next hop,
 * whichever these are: a removal means that none is left.
 */
static void count_route(struct nw_wneigh *n, const struct nw_event *ev,
			bool changed)
{
	bool added = ev->route.change == NW_CHANGE_ADDED;

	if (!ev->route.dst_len) {
		n->routes += added && changed;
		n->routes -= !added && changed && n->routes;
	} else {
		n->other_routes = added;
	}
	n->flagged = n->routes || n->other_routes;
}

void nw_world_route(struct nw_world *w, const struct nw_event *ev,
		    struct nw_about *about)
{
	const struct nw_route_event *r = &ev->route;
	char dst[NW_ADDR_TEXT] = "default", via[NW_ADDR_TEXT] = "link";
	struct nw_wneigh *n;
	bool changed;

	changed = r->dst_len || note_default(about->net, ev);
	if (r->dst_len)
		nw_format_addr(dst, sizeof(dst), &r->dst);
	if (r->gateway.len) {
		nw_format_addr(via, sizeof(via), &r->gateway);
		n = nw_world_make_neigh(w, about->net, ev, &r->gateway);
		about->neigh = n;
		if (n) {
			count_route(n, ev, changed);
			nw_world_touch(w, n, false);
		}
	}
	nw_world_note_change(about->net, ev, NW_CHANGED_ROUTE,
			     "route %s via %s %s", dst, via,
			     r->change == NW_CHANGE_ADDED ? "added" : "removed");
}
