/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_KEY_H
#define _NEIGHWATCH_KEY_H

#include <linux/if.h>
#include <linux/in.h>
#include <linux/netdevice.h>
#include <net/ipv6.h>
#include <net/neighbour.h>
#include "netns.h"
#include "record.h"

/**
 * struct nw_key - names a neighbour for good, over all its incarnations
 * @ns: its namespace
 * @ifindex: its device
 * @family: AF_INET or AF_INET6
 * @addr: its address, the rest zero
 */
struct nw_key {
	struct nw_ns *ns;
	s32 ifindex;
	u32 family;
	u8 addr[NW_ADDR_MAX];
};

/* Of which tables neighbours are told. */
static inline bool nw_key_is_watched(const struct neigh_table *tbl)
{
	return tbl->family == AF_INET || tbl->family == AF_INET6;
}

/* Multicast: it needs no resolution, and nobody owns it. */
static inline bool nw_key_is_group(u32 family, const void *addr)
{
	if (family == AF_INET)
		return ipv4_is_multicast(*(const __be32 *)addr);
	return ipv6_addr_is_multicast(addr);
}

/**
 * nw_key_real() - the address that a new entry will have
 * @tbl: its table
 * @dev: its device
 * @addr: the address it is created for
 *
 * On loopback and point-to-point devices IPv4 has one entry for all addresses;
 * its constructor renames it (arp_constructor(), net/ipv4/arp.c).
 */
static inline const void *nw_key_real(const struct neigh_table *tbl,
				      const struct net_device *dev,
				      const void *addr)
{
	static const __be32 any = htonl(INADDR_ANY);

	if (tbl->family == AF_INET &&
	    dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT))
		return &any;
	return addr;
}

/**
 * nw_key_make() - name a neighbour
 * @key: filled
 * @dev: its device
 * @family: AF_INET or AF_INET6
 * @addr: its address
 *
 * Context: under rcu_read_lock().
 * Return: false when its namespace is not recorded.
 */
static inline bool nw_key_make(struct nw_key *key, const struct net_device *dev,
			       u32 family, const void *addr)
{
	memset(key, 0, sizeof(*key));
	key->ns = nw_netns_of(dev_net(dev));
	key->ifindex = dev->ifindex;
	key->family = family;
	memcpy(key->addr, addr, nw_addr_len(family));
	return key->ns;
}

#endif /* _NEIGHWATCH_KEY_H */
