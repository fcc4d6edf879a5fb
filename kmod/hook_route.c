// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks for routes and local addresses: the FIB notifier of each namespace,
 * its next-hop objects, and the two address notifiers. They only translate.
 */
#include <linux/inetdevice.h>
#include <linux/preempt.h>
#include <linux/ktime.h>
#include <net/addrconf.h>
#include <net/fib_notifier.h>
#include <net/if_inet6.h>
#include <net/ip6_fib.h>
#include <net/ip_fib.h>
#include <net/nexthop.h>
#include "compat.h"
#include "hook_route.h"
#include "nexthop.h"
#include "notify.h"
#include "source.h"

static u8 cause_of(const struct nw_ns *ns, bool added)
{
	if (ns->seeding)
		return NW_CAUSE_INITIAL;
	if (nw_record_by_program())
		return NW_CAUSE_ADMIN;
	/* A router advertisement; expiry cannot be told from withdrawal. */
	return in_serving_softirq() && added ? NW_CAUSE_PACKET
					     : NW_CAUSE_UNKNOWN;
}

static void see_hop(struct nw_route_seen *seen, const struct fib_nh_common *nhc)
{
	struct nw_hop_seen *hop = &seen->hop[seen->count];

	/* Straight to the device: of interest as a default route only. */
	if (!nhc->nhc_dev || (!nhc->nhc_gw_family && seen->dst_len))
		return;
	if (seen->count == NW_HOPS_MAX) {
		nw_netns_lose(seen->ns, NW_WHERE_ROUTE_LIMIT);
		return;
	}
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
	seen->count++;
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
	list_for_each_entry(sibling, &rt->fib6_siblings, fib6_siblings) {
		if (seen->count == NW_HOPS_MAX)
			break;
		see_hop(seen, &sibling->fib6_nh->nh_common);
	}
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
	if (event == FIB_EVENT_ENTRY_DEL || rt->fib6_type != RTN_UNICAST ||
	    ipv6_addr_is_multicast(&rt->fib6_dst.addr))
		return;
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
	seen.cause = cause_of(ns, seen.count);
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

/**
 * nw_hook_route_rescan() - read the FIB again when next-hop objects changed
 * @ns: the namespace
 *
 * A notifier that registers is told all routes, until they agree with the
 * kernel's own count of changes; this one then leaves at once.
 *
 * Context: the namespace's worker, may sleep.
 */
void nw_hook_route_rescan(struct nw_ns *ns)
{
	if (!READ_ONCE(ns->rescan) || !nw_source_active(NW_SOURCE_FIB))
		return;
	WRITE_ONCE(ns->rescan, false);
	ns->rescan_nb.notifier_call = on_rescan;
	if (!register_fib_notifier(ns->net, &ns->rescan_nb, NULL, NULL))
		unregister_fib_notifier(ns->net, &ns->rescan_nb);
	else
		nw_netns_lose(ns, NW_WHERE_ROUTE_MEMORY);
}

/**
 * nw_hook_route_enter() - follow the routes of a namespace
 * @ns: the namespace
 *
 * Context: process, may sleep, no RTNL.
 */
void nw_hook_route_enter(struct nw_ns *ns)
{
	if (nw_source_wanted(NW_SOURCE_FIB)) {
		ns->route_nb.notifier_call = on_fib;
		ns->seeding = true;
		ns->route_on = !register_fib_notifier(ns->net, &ns->route_nb,
						      NULL, NULL);
		ns->seeding = false;
	}
	if (ns->route_on)
		nw_source_on(NW_SOURCE_FIB, NULL);
	if (nw_source_wanted(NW_SOURCE_NEXTHOP)) {
		ns->nexthop_nb.notifier_call = on_nexthop;
		ns->nexthop_on = !nw_register_nexthop_notifier(ns->net,
							&ns->nexthop_nb);
	}
	if (ns->nexthop_on)
		nw_source_on(NW_SOURCE_NEXTHOP, NULL);
}

void nw_hook_route_leave(struct nw_ns *ns)
{
	if (ns->nexthop_on)
		unregister_nexthop_notifier(ns->net, &ns->nexthop_nb);
	if (ns->route_on)
		unregister_fib_notifier(ns->net, &ns->route_nb);
	ns->nexthop_on = false;
	ns->route_on = false;
}

static void put_address(const struct net_device *dev, u8 family,
			const void *addr, u8 len, bool added, u8 cause)
{
	struct nw_record *rec;
	unsigned long flags;
	struct nw_ns *ns;

	rcu_read_lock();
	ns = nw_netns_of(dev_net(dev));
	if (!ns)
		goto out;
	rec = nw_record_begin(ns, NW_TYPE_ADDRESS, cause, ktime_get_ns(),
			      &flags);
	rec->ifindex = dev->ifindex;
	memcpy(rec->dev, dev->name, sizeof(rec->dev));
	rec->family = family;
	rec->old = added ? NW_CHANGE_ADDED : NW_CHANGE_REMOVED;
	rec->address.prefix_len = len;
	memcpy(rec->address.addr, addr, nw_addr_len(family));
	if (cause == NW_CAUSE_ADMIN)
		nw_record_who(rec, 0);
	nw_record_end(ns, flags);
out:
	rcu_read_unlock();
}

static u8 address_cause(void)
{
	return nw_record_by_program() ? NW_CAUSE_ADMIN : NW_CAUSE_UNKNOWN;
}

/* Context: task, under RTNL. */
static int on_inetaddr(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct in_ifaddr *ifa = ptr;

	if (event == NETDEV_UP || event == NETDEV_DOWN)
		put_address(ifa->ifa_dev->dev, AF_INET, &ifa->ifa_local,
			    ifa->ifa_prefixlen, event == NETDEV_UP,
			    address_cause());
	return NOTIFY_DONE;
}

/* Context: any but hardirq, RCU. */
static int on_inet6addr(struct notifier_block *nb, unsigned long event,
			void *ptr)
{
	struct inet6_ifaddr *ifa = ptr;

	if (event == NETDEV_UP || event == NETDEV_DOWN)
		put_address(ifa->idev->dev, AF_INET6, &ifa->addr,
			    ifa->prefix_len, event == NETDEV_UP,
			    address_cause());
	return NOTIFY_DONE;
}

static void seed4(struct net_device *dev)
{
	struct in_device *in_dev = __in_dev_get_rcu(dev);
	const struct in_ifaddr *ifa;

	if (!in_dev)
		return;
	in_dev_for_each_ifa_rcu(ifa, in_dev)
		put_address(dev, AF_INET, &ifa->ifa_local, ifa->ifa_prefixlen,
			    true, NW_CAUSE_INITIAL);
}

static void seed6(struct net_device *dev)
{
	struct inet6_dev *idev = __in6_dev_get(dev);
	struct inet6_ifaddr *ifa;

	if (!idev)
		return;
	list_for_each_entry_rcu(ifa, &idev->addr_list, if_list)
		put_address(dev, AF_INET6, &ifa->addr, ifa->prefix_len, true,
			    NW_CAUSE_INITIAL);
}

/**
 * nw_hook_route_seed() - record the addresses a device has at load
 * @dev: the device
 *
 * Context: process, under RTNL.
 */
void nw_hook_route_seed(struct net_device *dev)
{
	rcu_read_lock();
	seed4(dev);
	seed6(dev);
	rcu_read_unlock();
}

static struct notifier_block inetaddr_nb = { .notifier_call = on_inetaddr };
static struct notifier_block inet6addr_nb = { .notifier_call = on_inet6addr };

void nw_hook_route_init(void)
{
	if (nw_source_wanted(NW_SOURCE_INETADDR) &&
	    !register_inetaddr_notifier(&inetaddr_nb))
		nw_source_on(NW_SOURCE_INETADDR, NULL);
	if (nw_source_wanted(NW_SOURCE_INET6ADDR) &&
	    !register_inet6addr_notifier(&inet6addr_nb))
		nw_source_on(NW_SOURCE_INET6ADDR, NULL);
}

void nw_hook_route_fini(void)
{
	if (nw_source_active(NW_SOURCE_INET6ADDR))
		unregister_inet6addr_notifier(&inet6addr_nb);
	nw_source_stop(NW_SOURCE_INET6ADDR);
	if (nw_source_active(NW_SOURCE_INETADDR))
		unregister_inetaddr_notifier(&inetaddr_nb);
	nw_source_stop(NW_SOURCE_INETADDR);
}
