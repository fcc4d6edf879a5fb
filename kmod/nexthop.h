/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NEXTHOP_H
#define _NEIGHWATCH_NEXTHOP_H

#include <linux/rhashtable-types.h>
#include "netns.h"
#include "track.h"

/* Next hops of one route that are followed; what is above is counted. */
#define NW_HOPS_MAX 32

/**
 * struct nw_hop - a next hop that routes use
 * @hash: by @key
 * @node: in &nw_ns.hops
 * @rcu: frees it
 * @key: device, family and address of the gateway; no address for a default
 *	route that leads straight to the device
 * @direct: there is no gateway
 * @dev: name of the device when the first route came
 * @routes: routes that use it
 * @defaults: default routes among them
 * @since: when the first of them came, 0 when before load
 */
struct nw_hop {
	struct rhash_head hash;
	struct list_head node;
	struct rcu_head rcu;
	struct nw_key key;
	bool direct;
	char dev[IFNAMSIZ];
	u32 routes;
	u32 defaults;
	u64 since;
};

/**
 * struct nw_hop_seen - a next hop as a hook read it
 * @dev: name of the device
 * @ifindex: its number
 * @gateway_len: 4, 16, or 0 when there is no gateway
 * @gateway: address
 */
struct nw_hop_seen {
	const char *dev;
	s32 ifindex;
	u8 gateway_len;
	u8 gateway[NW_ADDR_MAX];
};

/**
 * struct nw_route_seen - a route as a hook read it
 * @ns: its namespace
 * @table: routing table
 * @family: AF_INET or AF_INET6
 * @dst_len: prefix length
 * @protocol: RTPROT_*
 * @cause: why it came or went
 * @dst: destination
 * @partial: one path of several went, the first of @hop; the others stay
 * @count: next hops in @hop; 0: the route is gone or leads to none
 * @hop: its next hops
 */
struct nw_route_seen {
	struct nw_ns *ns;
	u32 table;
	u8 family;
	u8 dst_len;
	u8 protocol;
	u8 cause;
	u8 dst[NW_ADDR_MAX];
	bool partial;
	unsigned int count;
	struct nw_hop_seen hop[NW_HOPS_MAX];
};

int nw_nexthop_init(void);
void nw_nexthop_fini(void);
void nw_nexthop_leave(struct nw_ns *ns);
void nw_nexthop_update(const struct nw_route_seen *seen);
void nw_nexthop_tell(const struct nw_key *key);

#endif /* _NEIGHWATCH_NEXTHOP_H */
