// SPDX-License-Identifier: GPL-2.0
/* Hooks for local addresses: the two notifiers. They only translate. */
#include <linux/inetdevice.h>
#include <linux/ktime.h>
#include <net/addrconf.h>
#include <net/if_inet6.h>
#include "hook_addr.h"
#include "hook_route.h"
#include "netns.h"
#include "record.h"
#include "source.h"

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

/* Context: task, under RTNL. */
static int on_inetaddr(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct in_ifaddr *ifa = ptr;

	if (event == NETDEV_UP || event == NETDEV_DOWN)
		put_address(ifa->ifa_dev->dev, AF_INET, &ifa->ifa_local,
			    ifa->ifa_prefixlen, event == NETDEV_UP,
			    nw_hook_route_cause(event == NETDEV_UP));
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
			    nw_hook_route_cause(event == NETDEV_UP));
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
 * nw_hook_addr_seed() - record the addresses a device has at load
 * @dev: the device
 *
 * Context: process, under RTNL.
 */
void nw_hook_addr_seed(struct net_device *dev)
{
	rcu_read_lock();
	seed4(dev);
	seed6(dev);
	rcu_read_unlock();
}

static struct notifier_block inetaddr_nb = { .notifier_call = on_inetaddr };
static struct notifier_block inet6addr_nb = { .notifier_call = on_inet6addr };

void nw_hook_addr_init(void)
{
	if (nw_source_wanted(NW_SOURCE_INETADDR) &&
	    !register_inetaddr_notifier(&inetaddr_nb))
		nw_source_on(NW_SOURCE_INETADDR, NULL);
	if (nw_source_wanted(NW_SOURCE_INET6ADDR) &&
	    !register_inet6addr_notifier(&inet6addr_nb))
		nw_source_on(NW_SOURCE_INET6ADDR, NULL);
}

void nw_hook_addr_fini(void)
{
	if (nw_source_active(NW_SOURCE_INET6ADDR))
		unregister_inet6addr_notifier(&inet6addr_nb);
	nw_source_stop(NW_SOURCE_INET6ADDR);
	if (nw_source_active(NW_SOURCE_INETADDR))
		unregister_inetaddr_notifier(&inetaddr_nb);
	nw_source_stop(NW_SOURCE_INETADDR);
}
