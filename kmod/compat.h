/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only file that knows kernel versions. Each shim says from which version
 * on it is not needed any more.
 */
#ifndef _NEIGHWATCH_COMPAT_H
#define _NEIGHWATCH_COMPAT_H

#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <linux/version.h>
#include <net/genetlink.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/neighbour.h>
#include <net/net_namespace.h>
#include <net/nexthop.h>

#ifdef CONFIG_PREEMPT_RT
#error "neighwatch hooks take raw locks in softirq: PREEMPT_RT is not supported"
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error "neighwatch needs Linux 5.10 or newer"
#endif

/*
 * A number for a new namespace, never used again. 5.12 stores one at creation;
 * before, the kernel makes it by a function that modules cannot call.
 */
static inline u64 nw_net_cookie(const struct net *net)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
	static atomic64_t last;

	return atomic64_inc_return(&last);
#else
	return net->net_cookie;
#endif
}

/*
 * The table of IPv6, if it is set up: not with ipv6.disable=1. Where IPv6 is a
 * module a stub leads to it; IPv6 is none, and the stub is gone, by 7.3.
 */
static inline struct neigh_table *nw_nd_tbl(void)
{
#if IS_BUILTIN(CONFIG_IPV6)
	return rcu_access_pointer(nd_tbl.nht) ? &nd_tbl : NULL;
#elif IS_ENABLED(CONFIG_IPV6)
	return ipv6_stub->nd_tbl;
#else
	return NULL;
#endif
}

/*
 * Multicast groups that demand CAP_NET_ADMIN at bind: a group flag, named
 * differently before 6.6 and in the stable trees that took it back.
 */
#ifdef GENL_MCAST_CAP_NET_ADMIN
#define NW_MCAST_FLAGS GENL_MCAST_CAP_NET_ADMIN
#else
#define NW_MCAST_FLAGS GENL_UNS_ADMIN_PERM
#endif

/*
 * Multicast to the sockets of @net alone. netlink adds those of other
 * namespaces that ask for it (NETLINK_LISTEN_ALL_NSID) and have
 * CAP_NET_BROADCAST over the owner of @net; only from 6.8 on can a family keep
 * its messages from them.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
static inline int nw_is_elsewhere(struct sock *sk, struct sk_buff *skb,
				  void *net)
{
	return !net_eq(sock_net(sk), net);
}
#endif

static inline int nw_multicast(const struct genl_family *family,
			       struct net *net, struct sk_buff *skb,
			       unsigned int group)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	return genlmsg_multicast_netns_filtered(family, net, skb, 0, group,
						GFP_KERNEL, nw_is_elsewhere,
						net);
#else
	return genlmsg_multicast_netns(family, net, skb, 0, group, GFP_KERNEL);
#endif
}

/* From 6.1 on a family names the first command with strict header checks. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
#define NW_RESV_START_OP(op) .resv_start_op = (op),
#else
#define NW_RESV_START_OP(op)
#endif

/* 6.7 moved the attributes of a dump's request into its genl_info. */
static inline struct nlattr **nw_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

/*
 * From 6.16 on the device's own lock may be held in NETDEV_CHANGE;
 * netif_get_link_ksettings() is the variant for that.
 */
static inline int nw_link_ksettings(struct net_device *dev,
				    struct ethtool_link_ksettings *ks)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
	return netif_get_link_ksettings(dev, ks);
#else
	return __ethtool_get_link_ksettings(dev, ks);
#endif
}

/*
 * neigh_update() that stores no state but takes PERMANENT away: for NTF_USE and
 * NTF_MANAGED from 5.16 on, the first in stable trees, too. Before, it is not
 * called.
 */
#ifdef NEIGH_UPDATE_F_MANAGED
#define NW_UPDATE_F_USE (NEIGH_UPDATE_F_USE | NEIGH_UPDATE_F_MANAGED)
#elif defined(NEIGH_UPDATE_F_USE)
#define NW_UPDATE_F_USE NEIGH_UPDATE_F_USE
#else
#define NW_UPDATE_F_USE 0
#endif

/* 5.11 tells a new notifier of the objects there are, and may refuse. */
static inline int nw_register_nexthop_notifier(struct net *net,
					       struct notifier_block *nb)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
	return register_nexthop_notifier(net, nb);
#else
	return register_nexthop_notifier(net, nb, NULL);
#endif
}

#endif /* _NEIGHWATCH_COMPAT_H */
