// SPDX-License-Identifier: GPL-2.0
/* The neighbour sysctls of a device. */
#include <linux/inetdevice.h>
#include <linux/jiffies.h>
#include <net/addrconf.h>
#include <net/neighbour.h>
#include "link.h"
#include "params.h"

/* Under rcu_read_lock(). */
static bool is_forwarding(const struct net_device *dev, u8 family)
{
	struct in_device *v4;
	const struct inet6_dev *v6;

	if (family == AF_INET) {
		v4 = __in_dev_get_rcu(dev);
		return v4 && IN_DEV_FORWARD(v4);
	}
	v6 = __in6_dev_get(dev);
	return v6 && READ_ONCE(v6->cnf.forwarding);
}

/**
 * nw_params_tell() - record the sysctls that rule an entry, if they are new
 * @n: the entry
 *
 * They are part of the story when an entry gets into trouble.
 *
 * Context: as for nw_link_params().
 */
void nw_params_tell(const struct neighbour *n)
{
	u8 family = n->tbl->family;
	struct nw_params p = {
		.base_reachable_ms =
			jiffies_to_msecs(NEIGH_VAR(n->parms, BASE_REACHABLE_TIME)),
		.retrans_ms = jiffies_to_msecs(NEIGH_VAR(n->parms, RETRANS_TIME)),
		.delay_probe_ms =
			jiffies_to_msecs(NEIGH_VAR(n->parms, DELAY_PROBE_TIME)),
		.gc_stale_ms = jiffies_to_msecs(NEIGH_VAR(n->parms, GC_STALETIME)),
		.locktime_ms = jiffies_to_msecs(NEIGH_VAR(n->parms, LOCKTIME)),
		.ucast_probes = NEIGH_VAR(n->parms, UCAST_PROBES),
		.app_probes = NEIGH_VAR(n->parms, APP_PROBES),
		.mcast_probes = NEIGH_VAR(n->parms, MCAST_PROBES),
		.mcast_reprobes = NEIGH_VAR(n->parms, MCAST_REPROBES),
	};

	rcu_read_lock();
	p.forwarding = is_forwarding(n->dev, family);
	nw_link_params(n->dev, family, &p);
	rcu_read_unlock();
}
