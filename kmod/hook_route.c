// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks for routes: the FIB notifier of each namespace, and its next-hop
 * objects. They only translate.
 */
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <net/fib_notifier.h>
#include <net/ip6_fib.h>
#include <net/ip_fib.h>
#include <net/nexthop.h>
#include "compat.h"
#include "hook_route.h"
#include "nexthop.h"
#include "notify.h"
#include "source.h"

/**
 * nw_hook_route_cause() - why a route or an address came or went
 * @added: it came
 */
u8 nw_hook_route_cause(bool added)
{
	if (nw_record_by_program())
		return NW_CAUSE_ADMIN;
	/* A router advertisement; expiry cannot be told from withdrawal. */
	return in_serving_softirq() && added ? NW_CAUSE_PACKET
					     : NW_CAUSE_UNKNOWN;
}

static u8 cause_of(const struct nw_ns *ns, bool added)
{
	if (ns->seeding)
		return NW_CAUSE_INITIAL;
	return nw_hook_route_cause(added);
}

static void read_hop(struct nw_hop_seen *hop, const struct fib_nh_common *nhc)
{
	memset(hop, 0, sizeof(*hop));
	hop->dev = nhc->nhc_dev->name;
	hop->ifindex = nhc->nhc_dev->ifindex;
	if (nhc->nhc_gw_family == AF_INET) {
		hop->gateway_len = 4;
		memcpy(hop->gateway, &nhc->nhc_gw.ipv4, 4);
	} else if (nhc->nhc_gw_family == AF_INET6) {
		hop->gateway_len = 16;
		memcpy(hop->gateway, &nhc->nhc_gw.ipv6, 16);
	}
}

/* Two paths may share a gateway; it is one next hop. */
static bool is_seen(const struct nw_route_seen *seen,
		    const struct nw_hop_seen *hop)
{
	unsigned int i;

	for (i = 0; i < seen->count; i++)
		if (seen->hop[i].ifindex == hop->ifindex &&
		    seen->hop[i].gateway_len == hop->gateway_len &&
		    !memcmp(seen->hop[i].gateway, hop->gateway, NW_ADDR_MAX))
			return true;
	return false;
}

static void see_hop(struct nw_route_seen *seen, const struct fib_nh_common *nhc)
{
	struct nw_hop_seen hop;

	/* Straight to the device: of interest as a default route only. */
	if (!nhc->nhc_dev || (!nhc->nhc_gw_family && seen->dst_len))
		return;
	read_hop(&hop, nhc);
	if (is_seen(seen, &hop))
		return;
	if (seen->count == NW_HOPS_MAX)
		nw_netns_lose(seen->ns, NW_WHERE_ROUTE_LIMIT);
	else
		seen->hop[seen->count++] = hop;
}

static void see_route4(struct nw_route_seen *seen, unsigned long event,
		       struct fib_notifier_info *info)
{
	struct fib_entry_notifier_info *fen =
		container_of(info, struct fib_entry_notifier_info, info);
	__be32 dst = htonl(fen->dst);
	int i;

	seen->table = fen->tb_id;
	seen->dst_len = fen->dst_len;
	seen->protocol = fen->fi->fib_protocol;
	memcpy(seen->dst, &dst, sizeof(dst));
	if (event == FIB_EVENT_ENTRY_DEL || fen->type != RTN_UNICAST)
		return;
	for (i = 0; i < fib_info_num_path(fen->fi); i++)
		see_hop(seen, fib_info_nhc(fen->fi, i));
}

static int see_hop6(struct fib6_nh *nh, void *arg)
{
	see_hop(arg, &nh->nh_common);
	return 0;
}

static void see_hops6(struct nw_route_seen *seen, struct fib6_info *rt)
{
	struct fib6_info *sibling;

	if (rt->nh) {
		nexthop_for_each_fib6_nh(rt->nh, see_hop6, seen);
		return;
	}
	see_hop(seen, &rt->fib6_nh->nh_common);
	if (!READ_ONCE(rt->fib6_nsiblings))
		return;
	list_for_each_entry(sibling, &rt->fib6_siblings, fib6_siblings)
		see_hop(seen, &sibling->fib6_nh->nh_common);
}

/*
 * A path that leaves a multipath route is deleted like a route of its own;
 * all of them together tell how many there were (fib6_del_route()).
 */
static void see_deleted6(struct nw_route_seen *seen,
			 const struct fib6_entry_notifier_info *fen)
{
	if (fen->rt->nh || fen->nsiblings)
		return;
	seen->partial = true;
	see_hop(seen, &fen->rt->fib6_nh->nh_common);
}

static void see_route6(struct nw_route_seen *seen, unsigned long event,
		       struct fib_notifier_info *info)
{
	struct fib6_entry_notifier_info *fen =
		container_of(info, struct fib6_entry_notifier_info, info);
	struct fib6_info *rt = fen->rt;

	seen->table = rt->fib6_table->tb6_id;
	seen->dst_len = rt->fib6_dst.plen;
	seen->protocol = rt->fib6_protocol;
	memcpy(seen->dst, &rt->fib6_dst.addr, sizeof(rt->fib6_dst.addr));
	if (rt->fib6_type != RTN_UNICAST ||
	    ipv6_addr_is_multicast(&rt->fib6_dst.addr))
		return;
	if (event == FIB_EVENT_ENTRY_DEL)
		see_deleted6(seen, fen);
	else
		see_hops6(seen, rt);
}

static void see_route(struct nw_ns *ns, unsigned long event,
		      struct fib_notifier_info *info)
{
	struct nw_route_seen seen = {
		.ns = ns,
		.family = info->family,
	};

	if (event > FIB_EVENT_ENTRY_DEL)
		return;
	if (info->family == AF_INET)
		see_route4(&seen, event, info);
	else if (info->family == AF_INET6)
		see_route6(&seen, event, info);
	else
		return;
	seen.cause = cause_of(ns, seen.count && !seen.partial);
	if (seen.count || !seen.partial)
		nw_nexthop_update(&seen);
}

/*
 * Context: softirq or task, RCU; the routes' own locks may be held. Only the
 * best route of a prefix is told of (net/ipv4/fib_trie.c, net/ipv6/ip6_fib.c).
 */
static int on_fib(struct notifier_block *nb, unsigned long event, void *ptr)
{
	see_route(container_of(nb, struct nw_ns, route_nb), event, ptr);
	return NOTIFY_DONE;
}

static int on_rescan(struct notifier_block *nb, unsigned long event, void *ptr)
{
	see_route(container_of(nb, struct nw_ns, rescan_nb), event, ptr);
	return NOTIFY_DONE;
}

/* Routes that use next-hop objects are not told of when those are replaced. */
static int on_nexthop(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct nw_ns *ns = container_of(nb, struct nw_ns, nexthop_nb);

	if (event == NEXTHOP_EVENT_REPLACE) {
		WRITE_ONCE(ns->rescan, true);
		nw_notify_kick(ns);
	}
	return NOTIFY_DONE;
}

/* The FIB changed while it was read: what was read is no more to be trusted. */
static void on_reread(struct notifier_block *nb)
{
	nw_nexthop_leave(container_of(nb, struct nw_ns, route_nb));
}

static void follow(struct nw_ns *ns)
{
	ns->route_nb.notifier_call = on_fib;
	ns->seeding = true;
	ns->route_on = !register_fib_notifier(ns->net, &ns->route_nb,
					      on_reread, NULL);
	ns->seeding = false;
	ns->route_retry = !ns->route_on;
	if (ns->route_on)
		nw_source_on(NW_SOURCE_FIB, NULL);
	else
		nw_netns_lose(ns, NW_WHERE_ROUTE_MEMORY);
}

/* Registering tells of the objects there are, and needs memory for that. */
static void watch_nexthops(struct nw_ns *ns)
{
	ns->nexthop_nb.notifier_call = on_nexthop;
	ns->nexthop_on = !nw_register_nexthop_notifier(ns->net,
						       &ns->nexthop_nb);
	ns->nexthop_retry = !ns->nexthop_on;
	if (ns->nexthop_on)
		nw_source_on(NW_SOURCE_NEXTHOP, NULL);
	else
		nw_netns_lose(ns, NW_WHERE_ROUTE_MEMORY);
}

/*
 * A notifier that registers is told all routes, until they agree with the
 * kernel's own count of changes; this one then leaves at once.
 */
static void rescan(struct nw_ns *ns)
{
	WRITE_ONCE(ns->rescan, false);
	ns->rescan_nb.notifier_call = on_rescan;
	if (!register_fib_notifier(ns->net, &ns->rescan_nb, NULL, NULL)) {
		unregister_fib_notifier(ns->net, &ns->rescan_nb);
		return;
	}
	WRITE_ONCE(ns->rescan, true);
	nw_netns_lose(ns, NW_WHERE_ROUTE_MEMORY);
}

static bool is_settled(const struct nw_ns *ns)
{
	return !ns->route_retry && !ns->nexthop_retry &&
	       !READ_ONCE(ns->rescan);
}

/**
 * nw_hook_route_work() - read the FIB when next-hop objects changed, or when
 *	it could not be read before
 * @ns: the namespace
 *
 * The FIB of a busy router may change faster than it can be read.
 *
 * Context: the namespace's worker, may sleep.
 * Return: true when it is to be tried again later.
 */
bool nw_hook_route_work(struct nw_ns *ns)
{
	if (is_settled(ns))
		return false;
	if (ns->route_tried && time_before(jiffies, ns->route_tried + HZ))
		return true;
	if (ns->nexthop_retry)
		watch_nexthops(ns);
	if (ns->route_retry)
		follow(ns);
	else if (ns->route_on)
		rescan(ns);
	else
		WRITE_ONCE(ns->rescan, false);
	if (is_settled(ns)) {
		ns->route_tried = 0;
		return false;
	}
	ns->route_tried = jiffies | 1;
	return true;
}

/**
 * nw_hook_route_enter() - follow the routes of a namespace
 * @ns: the namespace
 *
 * Context: process, may sleep, no RTNL.
 */
void nw_hook_route_enter(struct nw_ns *ns)
{
	if (nw_source_wanted(NW_SOURCE_FIB))
		follow(ns);
	if (nw_source_wanted(NW_SOURCE_NEXTHOP))
		watch_nexthops(ns);
}

/**
 * nw_hook_route_leave() - follow the routes of a namespace no more
 * @ns: the namespace
 *
 * Its worker may begin to follow them again until it is stopped.
 *
 * Context: process, may sleep, no RTNL.
 */
void nw_hook_route_leave(struct nw_ns *ns)
{
	/* What the worker turns on meanwhile is for the last call. */
	if (ns->nexthop_on) {
		unregister_nexthop_notifier(ns->net, &ns->nexthop_nb);
		ns->nexthop_on = false;
	}
	if (ns->route_on) {
		unregister_fib_notifier(ns->net, &ns->route_nb);
		ns->route_on = false;
	}
}
