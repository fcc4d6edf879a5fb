// SPDX-License-Identifier: GPL-2.0
/* How a link runs: what its driver tells at carrier up. */
#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <linux/ktime.h>
#include "compat.h"
#include "link.h"

static void read_driver(struct net_device *dev, char *name)
{
	const struct ethtool_ops *ops = dev->ethtool_ops;
	struct ethtool_drvinfo info = { };

	if (dev->dev.parent && dev->dev.parent->driver)
		strscpy_pad(name, dev->dev.parent->driver->name,
			    NW_DRIVER_MAX);
	else if (ops && ops->get_drvinfo) {
		ops->get_drvinfo(dev, &info);
		strscpy_pad(name, info.driver, NW_DRIVER_MAX);
	}
}

/* Settings that the driver does not know stay -1 and 0: unknown, never none. */
static void read_settings(struct net_device *dev, struct nw_mode *mode)
{
	struct ethtool_link_ksettings ks = { };

	if (nw_link_ksettings(dev, &ks))
		return;
	if (ks.base.speed != (u32)SPEED_UNKNOWN)
		mode->speed = ks.base.speed;
	if (ks.base.duplex != DUPLEX_UNKNOWN)
		mode->duplex = ks.base.duplex;
	mode->autoneg = ks.base.autoneg;
}

static void read_pause(struct net_device *dev, struct nw_mode *mode)
{
	const struct ethtool_ops *ops = dev->ethtool_ops;
	struct ethtool_pauseparam pause = { .cmd = ETHTOOL_GPAUSEPARAM };

	if (!ops || !ops->get_pauseparam)
		return;
	ops->get_pauseparam(dev, &pause);
	mode->pause_rx = !!pause.rx_pause;
	mode->pause_tx = !!pause.tx_pause;
}

static bool is_known(const struct nw_mode *mode)
{
	return mode->driver[0] || mode->speed || mode->duplex >= 0 ||
	       mode->autoneg >= 0 || mode->pause_rx >= 0;
}

/**
 * nw_link_mode() - record how a link runs when that is news
 * @dev: its device
 * @cause: what made us look
 *
 * Without carrier nothing is asked: drivers then report leftovers. The driver's
 * begin() and complete() are left out: they may wait for a resume that in turn
 * waits for RTNL, and a running device with carrier is awake.
 *
 * Context: netdevice notifier, under RTNL, may sleep.
 */
void nw_link_mode(struct net_device *dev, u8 cause)
{
	struct nw_mode mode = { .duplex = -1, .autoneg = -1, .pause_rx = -1,
				.pause_tx = -1 };
	struct nw_record *rec;
	unsigned long irq, flags;
	struct nw_link *l;

	if (!netif_carrier_ok(dev) || !netif_running(dev) ||
	    !netif_device_present(dev))
		return;
	read_driver(dev, mode.driver);
	read_settings(dev, &mode);
	read_pause(dev, &mode);
	if (!is_known(&mode))
		return;

	rcu_read_lock();
	l = nw_link_find(dev);
	if (!l)
		goto out;
	raw_spin_lock_irqsave(&l->lock, irq);
	if (l->mode_edge == l->edges && l->has_mode &&
	    !memcmp(&l->mode, &mode, sizeof(mode)))
		goto unlock;
	l->has_mode = true;
	l->mode = mode;
	l->mode_edge = l->edges;
	rec = nw_link_record(l, NW_TYPE_LINK_MODE, cause, ktime_get_ns(),
			     &flags);
	rec->mode = mode;
	nw_record_end(l->ns, flags);
unlock:
	raw_spin_unlock_irqrestore(&l->lock, irq);
out:
	rcu_read_unlock();
}
