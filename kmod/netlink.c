// SPDX-License-Identifier: GPL-2.0
/*
 * The generic netlink family: read-only, strict, nothing without CAP_NET_ADMIN
 * in the user namespace of the caller's network namespace.
 */
#include <linux/module.h>
#include <linux/rculist.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include "compat.h"
#include "dump.h"
#include "fill.h"
#include "filter.h"
#include "link.h"
#include "netlink.h"
#include "track.h"

/* What selects a namespace, in every request. */
#define POLICY_NETNS							\
	[NW_A_ALL_NETNS]	= { .type = NLA_FLAG },			\
	[NW_A_NETNS_COOKIE]	= { .type = NLA_U64 }

#define POLICY_NEIGH							\
	[NW_A_IFINDEX]		= NLA_POLICY_MIN(NLA_U32, 1),		\
	[NW_A_FAMILY]		= { .type = NLA_U8 },			\
	[NW_A_ADDR]		= { .type = NLA_BINARY, .len = NW_ADDR_MAX }, \
	[NW_A_PREFIX_LEN]	= NLA_POLICY_MAX(NLA_U8, 128)

static const struct nla_policy netns_policy[NW_A_MAX + 1] = {
	[NW_A_UNSPEC] = { .strict_start_type = NW_A_UNSPEC + 1 },
	POLICY_NETNS,
};

static const struct nla_policy neigh_policy[NW_A_MAX + 1] = {
	[NW_A_UNSPEC] = { .strict_start_type = NW_A_UNSPEC + 1 },
	POLICY_NETNS,
	POLICY_NEIGH,
};

static const struct nla_policy link_policy[NW_A_MAX + 1] = {
	[NW_A_UNSPEC] = { .strict_start_type = NW_A_UNSPEC + 1 },
	POLICY_NETNS,
	[NW_A_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

static const struct nla_policy hop_policy[NW_A_MAX + 1] = {
	[NW_A_UNSPEC] = { .strict_start_type = NW_A_UNSPEC + 1 },
	POLICY_NETNS,
	[NW_A_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[NW_A_FAMILY] = { .type = NLA_U8 },
};

#define TYPES_MASK ((1U << (NW_TYPE_MAX + 1)) - 2)

static const struct nla_policy history_policy[NW_A_MAX + 1] = {
	[NW_A_UNSPEC] = { .strict_start_type = NW_A_UNSPEC + 1 },
	POLICY_NETNS,
	POLICY_NEIGH,
	[NW_A_TYPES] = NLA_POLICY_MASK(NLA_U32, TYPES_MASK),
	[NW_A_SINCE_SEQ] = { .type = NLA_U64 },
	[NW_A_SINCE_MONO] = { .type = NLA_U64 },
};

static struct sk_buff *reply_begin(struct genl_info *info,
				   struct nw_ns *ns, u8 cmd, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);

	if (!skb)
		return NULL;
	*hdr = nw_fill_begin(skb, ns, info->snd_portid, info->snd_seq, 0, cmd);
	if (!*hdr) {
		kfree_skb(skb);
		return NULL;
	}
	return skb;
}

static int reply_end(struct genl_info *info, struct sk_buff *skb, void *hdr,
		     int err)
{
	if (err) {
		kfree_skb(skb);
		return err;
	}
	genlmsg_end(skb, hdr);
	return genlmsg_reply(skb, info);
}

/* Single requests answer for one namespace. */
static int parse_one(struct nw_filter *f, struct sk_buff *skb,
		     struct genl_info *info)
{
	if (info->attrs[NW_A_ALL_NETNS]) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[NW_A_ALL_NETNS],
				    "All namespaces are for dumps");
		return -EINVAL;
	}
	return nw_filter_parse(f, info->attrs, skb, info->extack);
}

static struct nw_ns *ns_of(const struct nw_filter *f, struct genl_info *info)
{
	struct nw_ns *ns = nw_netns_get(f->cookie);

	if (!ns)
		NL_SET_ERR_MSG(info->extack,
			       "No such network namespace, now or kept");
	return ns;
}

static int require(struct genl_info *info, int attr)
{
	if (info->attrs[attr])
		return 0;
	NL_SET_ERR_MSG(info->extack,
		       "A single request needs a device, and for a neighbour family and address");
	return -EINVAL;
}

/* Return: 0 or -EMSGSIZE with the answer filled, -ENOENT. */
static int find_neigh(struct sk_buff *msg, const struct nw_filter *f,
		      struct nw_ns *ns)
{
	struct nw_key key = {
		.ns = ns,
		.ifindex = f->ifindex,
		.family = f->family,
	};
	struct nw_neigh *t;
	int err = -ENOENT;

	memcpy(key.addr, f->addr, sizeof(key.addr));
	rcu_read_lock();
	t = nw_track_lookup(&key);
	if (t)
		err = nw_fill_neigh(msg, t);
	rcu_read_unlock();
	return err;
}

static int find_link(struct sk_buff *msg, const struct nw_filter *f,
		     struct nw_ns *ns)
{
	struct nw_link *l;
	int err = -ENOENT;

	rcu_read_lock();
	list_for_each_entry_rcu(l, &ns->links, node) {
		if (l->ifindex == f->ifindex) {
			err = nw_fill_link(msg, l);
			break;
		}
	}
	rcu_read_unlock();
	return err;
}

static int entry_get(struct sk_buff *skb, struct genl_info *info, u8 cmd,
		     int (*find)(struct sk_buff *, const struct nw_filter *,
				 struct nw_ns *))
{
	struct nw_filter f = { };
	struct sk_buff *msg;
	struct nw_ns *ns;
	void *hdr;
	int err;

	err = parse_one(&f, skb, info);
	if (err)
		return err;
	ns = ns_of(&f, info);
	if (!ns)
		return -ENOENT;
	msg = reply_begin(info, ns, cmd, &hdr);
	err = msg ? find(msg, &f, ns) : -ENOMEM;
	if (err == -ENOENT)
		NL_SET_ERR_MSG(info->extack, "Not tracked");
	if (msg)
		err = reply_end(info, msg, hdr, err);
	nw_netns_put(ns);
	return err;
}

static int find_stats(struct sk_buff *msg, const struct nw_filter *f,
		      struct nw_ns *ns)
{
	return nw_fill_stats(msg, ns);
}

static int stats_get(struct sk_buff *skb, struct genl_info *info)
{
	return entry_get(skb, info, NW_CMD_STATS_GET, find_stats);
}

static int neigh_get(struct sk_buff *skb, struct genl_info *info)
{
	if (require(info, NW_A_IFINDEX) || require(info, NW_A_FAMILY) ||
	    require(info, NW_A_ADDR))
		return -EINVAL;
	if (info->attrs[NW_A_PREFIX_LEN]) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[NW_A_PREFIX_LEN],
				    "Prefixes are for dumps");
		return -EINVAL;
	}
	return entry_get(skb, info, NW_CMD_NEIGH_GET, find_neigh);
}

static int link_get(struct sk_buff *skb, struct genl_info *info)
{
	if (require(info, NW_A_IFINDEX))
		return -EINVAL;
	return entry_get(skb, info, NW_CMD_LINK_GET, find_link);
}

#define OP(_cmd, _policy)						\
	.cmd = _cmd,							\
	.flags = GENL_UNS_ADMIN_PERM,					\
	.policy = _policy,						\
	.maxattr = NW_A_MAX,						\
	.start = nw_dump_start,						\
	.done = nw_dump_done

static const struct genl_ops ops[] = {
	{
		OP(NW_CMD_STATS_GET, netns_policy),
		.doit = stats_get,
		.dumpit = nw_dump_stats,
	}, {
		OP(NW_CMD_NEIGH_GET, neigh_policy),
		.doit = neigh_get,
		.dumpit = nw_dump_neighs,
	}, {
		OP(NW_CMD_LINK_GET, link_policy),
		.doit = link_get,
		.dumpit = nw_dump_links,
	}, {
		OP(NW_CMD_NEXTHOP_GET, hop_policy),
		.dumpit = nw_dump_hops,
	}, {
		OP(NW_CMD_HISTORY_GET, history_policy),
		.dumpit = nw_dump_history,
	},
};

static const struct genl_multicast_group groups[] = {
	[NW_MCGRP_OWN] = { .name = NW_MCGRP_EVENTS, .flags = NW_MCAST_FLAGS },
	[NW_MCGRP_EVERY] = { .name = NW_MCGRP_ALL, .flags = NW_MCAST_FLAGS },
};

struct genl_family nw_netlink_family __ro_after_init = {
	.name = NW_GENL_NAME,
	.version = NW_GENL_VERSION,
	.maxattr = NW_A_MAX,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
	NW_RESV_START_OP(NW_CMD_UNSPEC + 1)
};

static bool open;

/**
 * nw_netlink_init() - let readers in
 * @instance: random number of this load
 * @loaded: when it was loaded, CLOCK_MONOTONIC in ns
 *
 * Return: 0 or what genl_register_family() says.
 */
int nw_netlink_init(u64 instance, u64 loaded)
{
	int err;

	nw_fill_instance = instance;
	nw_fill_loaded = loaded;
	err = genl_register_family(&nw_netlink_family);
	if (err)
		return err;
	/* Pairs with nw_netlink_is_open(): the groups have their numbers. */
	smp_store_release(&open, true);
	return 0;
}

/* Whether the family has its multicast groups: before, nobody listens. */
bool nw_netlink_is_open(void)
{
	/* Pairs with nw_netlink_init(). */
	return smp_load_acquire(&open);
}

/* Context: the workers, which send, have stopped. */
void nw_netlink_fini(void)
{
	genl_unregister_family(&nw_netlink_family);
}
