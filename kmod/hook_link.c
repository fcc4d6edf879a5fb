// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks for links: the driver's own calls, which tell every carrier edge when
 * it happens, and the netdevice notifier, which tells the rest (and of edges
 * only some, up to a second late).
 */
#include <linux/kprobes.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/tracepoint.h>
#include <trace/events/net.h>
#include "hook_addr.h"
#include "hook_link.h"
#include "link.h"
#include "source.h"

/*
 * Registering a notifier replays what is there, unregistering it replays that
 * all is going away: the first is our seed, the second never happened.
 */
static bool seeding;
static bool stopping;

static int on_carrier_on(struct kprobe *p, struct pt_regs *regs)
{
	nw_link_edge((void *)regs_get_kernel_argument(regs, 0), NW_CARRIER_UP);
	return 0;
}
NOKPROBE_SYMBOL(on_carrier_on);

static int on_carrier_off(struct kprobe *p, struct pt_regs *regs)
{
	nw_link_edge((void *)regs_get_kernel_argument(regs, 0),
		     NW_CARRIER_DOWN);
	return 0;
}
NOKPROBE_SYMBOL(on_carrier_off);

static int on_carrier_event(struct kprobe *p, struct pt_regs *regs)
{
	nw_link_edge((void *)regs_get_kernel_argument(regs, 0),
		     NW_CARRIER_PULSE);
	return 0;
}
NOKPROBE_SYMBOL(on_carrier_event);

static struct kprobe carrier_on = { .pre_handler = on_carrier_on };
static struct kprobe carrier_off = { .pre_handler = on_carrier_off };
static struct kprobe carrier_event = { .pre_handler = on_carrier_event };

static void on_tx_timeout(void *data, struct net_device *dev, int queue_index)
{
	nw_link_admin(dev, NW_ADMIN_TX_TIMEOUT, NULL);
}

static void __maybe_unused check_prototypes(void)
{
	check_trace_callback_type_net_dev_xmit_timeout(on_tx_timeout);
}

/* Why the stack will flush the device's neighbours in this event, if it does. */
static u8 flush_cause(const struct net_device *dev, unsigned long event)
{
	switch (event) {
	case NETDEV_CHANGE:
		return netif_carrier_ok(dev) ? NW_CAUSE_UNKNOWN
					     : NW_CAUSE_LINK_DOWN;
	case NETDEV_GOING_DOWN:
	case NETDEV_DOWN:
		return NW_CAUSE_LINK_DOWN;
	case NETDEV_CHANGEADDR:
		return NW_CAUSE_ADDRESS_CHANGED;
	case NETDEV_UNREGISTER:
		return NW_CAUSE_DEVICE_GONE;
	default:
		return NW_CAUSE_UNKNOWN;
	}
}

static void on_upper(struct net_device *dev,
		     const struct netdev_notifier_changeupper_info *info)
{
	nw_link_admin(dev, info->linking ? NW_ADMIN_ENSLAVED : NW_ADMIN_RELEASED,
		      info->upper_dev);
	/* A VLAN or macvlan is above as well, and no master. */
	if (info->master)
		nw_link_master(dev, info->linking ? info->upper_dev->ifindex
						  : 0);
}

static bool stamps_here(const struct net_device *dev)
{
	return netif_carrier_ok(dev) ? !nw_source_active(NW_SOURCE_CARRIER_ON)
				     : !nw_source_active(NW_SOURCE_CARRIER_OFF);
}

static void on_register(struct net_device *dev)
{
	u8 cause = nw_record_by_program() ? NW_CAUSE_ADMIN : NW_CAUSE_UNKNOWN;

	nw_link_add(dev, seeding ? NW_CAUSE_INITIAL : cause);
	if (seeding)
		nw_hook_addr_seed(dev);
}

static void see(struct net_device *dev, unsigned long event, void *ptr)
{
	static const u8 changes[] = {
		[NETDEV_GOING_DOWN]		= NW_ADMIN_DOWN,
		[NETDEV_CHANGENAME]		= NW_ADMIN_RENAMED,
		[NETDEV_CHANGEADDR]		= NW_ADMIN_ADDRESS,
		[NETDEV_CHANGEMTU]		= NW_ADMIN_MTU,
		[NETDEV_BONDING_FAILOVER]	= NW_ADMIN_BONDING_FAILOVER,
		[NETDEV_NOTIFY_PEERS]		= NW_ADMIN_NOTIFY_PEERS,
	};

	switch (event) {
	case NETDEV_REGISTER:
		on_register(dev);
		return;
	case NETDEV_UP:
		if (!seeding)
			nw_link_admin(dev, NW_ADMIN_UP, NULL);
		break;
	case NETDEV_CHANGEUPPER:
		on_upper(dev, ptr);
		return;
	default:
		if (event < ARRAY_SIZE(changes) && changes[event])
			nw_link_admin(dev, changes[event], NULL);
		break;
	}
	if (event == NETDEV_UP || event == NETDEV_CHANGE ||
	    event == NETDEV_GOING_DOWN || event == NETDEV_DOWN) {
		nw_link_check(dev, stamps_here(dev));
		nw_link_mode(dev, seeding ? NW_CAUSE_INITIAL : NW_CAUSE_DRIVER);
	}
}

/* Runs before ARP and ND flush their entries. Context: task, under RTNL. */
static int on_first(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	u8 cause;

	if (READ_ONCE(stopping))
		return NOTIFY_DONE;
	see(dev, event, ptr);
	cause = flush_cause(dev, event);
	if (cause != NW_CAUSE_UNKNOWN)
		nw_link_flush_begin(dev, cause);
	return NOTIFY_DONE;
}

/* Runs after all others. Context: task, under RTNL. */
static int on_last(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (READ_ONCE(stopping))
		return NOTIFY_DONE;
	nw_link_flush_end(dev);
	if (event == NETDEV_UNREGISTER)
		nw_link_remove(dev, nw_record_by_program() ? NW_CAUSE_ADMIN
							   : NW_CAUSE_UNKNOWN);
	return NOTIFY_DONE;
}

static struct notifier_block first = {
	.notifier_call = on_first,
	.priority = INT_MAX,
};

static struct notifier_block last = {
	.notifier_call = on_last,
	.priority = INT_MIN,
};

static int watch_devices(void)
{
	int err;

	seeding = true;
	err = register_netdevice_notifier(&first);
	seeding = false;
	if (err)
		return err;
	err = register_netdevice_notifier(&last);
	if (err) {
		WRITE_ONCE(stopping, true);
		unregister_netdevice_notifier(&first);
	}
	return err;
}

/**
 * nw_hook_link_init() - turn the sources about links on, and seed
 *
 * A source that is not to be had is no error.
 *
 * Context: process, may sleep, no RTNL.
 */
void nw_hook_link_init(void)
{
	nw_source_kprobe(NW_SOURCE_CARRIER_ON, &carrier_on);
	nw_source_kprobe(NW_SOURCE_CARRIER_OFF, &carrier_off);
	nw_source_kprobe(NW_SOURCE_CARRIER_EVENT, &carrier_event);
	nw_source_tracepoint(NW_SOURCE_TX_TIMEOUT, on_tx_timeout);
	if (nw_source_wanted(NW_SOURCE_NETDEVICE) && !watch_devices())
		nw_source_on(NW_SOURCE_NETDEVICE, NULL);
}

void nw_hook_link_fini(void)
{
	WRITE_ONCE(stopping, true);
	if (nw_source_active(NW_SOURCE_NETDEVICE)) {
		unregister_netdevice_notifier(&last);
		unregister_netdevice_notifier(&first);
	}
	nw_source_stop(NW_SOURCE_NETDEVICE);
	nw_source_tracepoint_off(NW_SOURCE_TX_TIMEOUT, on_tx_timeout);
	nw_source_kprobe_off(NW_SOURCE_CARRIER_EVENT, &carrier_event);
	nw_source_kprobe_off(NW_SOURCE_CARRIER_OFF, &carrier_off);
	nw_source_kprobe_off(NW_SOURCE_CARRIER_ON, &carrier_on);
}
