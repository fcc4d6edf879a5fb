/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_LINK_H
#define _NEIGHWATCH_LINK_H

#include "netns.h"
#include "record.h"
#include "story.h"

struct net_device;

/**
 * struct nw_link - a tracked link, one for each registered device
 * @by_dev: in the hash by @dev
 * @node: in &nw_ns.links
 * @rcu: frees it
 * @dev: the device, to be compared only
 * @ns: its namespace
 * @ifindex: its number
 * @flush_cause: why its neighbours are being flushed by @flush_task
 * @flush_task: who runs the notifiers, under RTNL
 * @lock: protects all below; raw since carrier hooks may run in hardirq;
 *	taken before the ring's
 * @dev_name: its name
 * @flags: &enum nw_flags
 * @carrier: &enum nw_carrier
 * @since: when that began, 0 when not seen
 * @up_seen: the device's carrier_up_count as far as it is accounted for
 * @down_seen: likewise carrier_down_count
 * @edges: carrier changes stamped
 * @unstamped: carrier changes only the device counted
 * @unstamped_new: those not yet put into a record
 * @losses: carrier losses the driver reported
 * @master: ifindex of the bond or bridge above, 0 when none
 * @has_mode: @mode is known
 * @mode_edge: value of @edges when it was read
 * @mode: how the link ran when last seen with carrier
 * @params: neighbour sysctls last recorded, IPv4 and IPv6
 * @story: last transitions and outages
 */
struct nw_link {
	struct hlist_node by_dev;
	struct list_head node;
	struct rcu_head rcu;
	const struct net_device *dev;
	struct nw_ns *ns;
	s32 ifindex;
	u8 flush_cause;
	const struct task_struct *flush_task;
	raw_spinlock_t lock;	/* what it protects: above */
	char dev_name[IFNAMSIZ];
	u16 flags;
	u8 carrier;
	u64 since;
	u32 up_seen;
	u32 down_seen;
	u32 edges;
	u32 unstamped;
	u32 unstamped_new;
	u32 losses;
	s32 master;
	bool has_mode;
	u32 mode_edge;
	struct nw_mode mode;
	struct nw_params params[2];
	struct nw_story story;
};

u8 nw_link_by_whom(void);
struct nw_record *nw_link_record(struct nw_link *l, u8 type, u8 cause,
				 u64 mono, unsigned long *flags);
struct nw_link *nw_link_find(const struct net_device *dev);
void nw_link_add(struct net_device *dev, u8 cause);
void nw_link_remove(struct net_device *dev, u8 cause);
void nw_link_drop(struct nw_ns *ns);
void nw_link_admin(struct net_device *dev, enum nw_admin change,
		   const struct net_device *other);
void nw_link_master(struct net_device *dev, s32 ifindex);
void nw_link_flush_begin(struct net_device *dev, u8 cause);
void nw_link_flush_end(struct net_device *dev);
u8 nw_link_flush_cause(const struct net_device *dev);
void nw_link_params(const struct net_device *dev, u8 family,
		    const struct nw_params *params);

/* In carrier.c: the edges. */
u8 nw_link_carrier(const struct net_device *dev);
void nw_link_edge_initial(struct nw_link *l);
void nw_link_edge(struct net_device *dev, enum nw_carrier new);
void nw_link_check(struct net_device *dev, bool stamps);

/* In mode.c: speed and the like. */
void nw_link_mode(struct net_device *dev, u8 cause);

#endif /* _NEIGHWATCH_LINK_H */
