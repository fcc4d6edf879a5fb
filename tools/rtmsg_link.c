// SPDX-License-Identifier: GPL-2.0
/* Links, with their counters. */
#include <string.h>
#include <sys/socket.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/route/link.h>
#include <netlink/utils.h>

#include "rtmsg.h"

static const char *const stats_words[] = {
	"rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_errors",
	"tx_errors", "rx_dropped", "tx_dropped", "multicast", "collisions",
	"rx_length_errors", "rx_over_errors", "rx_crc_errors",
	"rx_frame_errors", "rx_fifo_errors", "rx_missed_errors",
	"tx_aborted_errors", "tx_carrier_errors", "tx_fifo_errors",
	"tx_heartbeat_errors", "tx_window_errors", "rx_compressed",
	"tx_compressed", "rx_nohandler", "rx_otherhost_dropped", NULL,
};

static char *operstate(int value, char *buf, size_t size)
{
	return rtnl_link_operstate2str((__u8)value, buf, size);
}

static char *linkmode(int value, char *buf, size_t size)
{
	return rtnl_link_mode2str((__u8)value, buf, size);
}

static const struct nw_rtattr vlan_attrs[] = {
	NW_RT(IFLA_VLAN_ID, NUMBER, "id"),
	NW_RT(IFLA_VLAN_PROTOCOL, BE16, "protocol"),
	NW_RT_LAST,
};

static const struct nw_rtattr target = NW_RT(0, ADDR, NULL);

static const struct nw_rtattr bond_attrs[] = {
	NW_RT(IFLA_BOND_MODE, NUMBER, "mode"),
	NW_RT(IFLA_BOND_ACTIVE_SLAVE, DEV, "active_slave"),
	NW_RT(IFLA_BOND_MIIMON, NUMBER, "miimon"),
	NW_RT(IFLA_BOND_UPDELAY, NUMBER, "updelay"),
	NW_RT(IFLA_BOND_DOWNDELAY, NUMBER, "downdelay"),
	NW_RT(IFLA_BOND_USE_CARRIER, NUMBER, "use_carrier"),
	NW_RT(IFLA_BOND_ARP_INTERVAL, NUMBER, "arp_interval"),
	NW_RT(IFLA_BOND_ARP_IP_TARGET, LIST, "arp_ip_target", .nest = &target),
	NW_RT(IFLA_BOND_ARP_VALIDATE, NUMBER, "arp_validate"),
	NW_RT(IFLA_BOND_ARP_ALL_TARGETS, NUMBER, "arp_all_targets"),
	NW_RT(IFLA_BOND_PRIMARY, DEV, "primary"),
	NW_RT(IFLA_BOND_FAIL_OVER_MAC, NUMBER, "fail_over_mac"),
	NW_RT(IFLA_BOND_XMIT_HASH_POLICY, NUMBER, "xmit_hash_policy"),
	NW_RT(IFLA_BOND_MIN_LINKS, NUMBER, "min_links"),
	NW_RT(IFLA_BOND_AD_LACP_RATE, NUMBER, "lacp_rate"),
	NW_RT_LAST,
};

static const struct nw_rtattr bond_slave_attrs[] = {
	NW_RT(IFLA_BOND_SLAVE_STATE, NUMBER, "state"),
	NW_RT(IFLA_BOND_SLAVE_MII_STATUS, NUMBER, "mii_status"),
	NW_RT(IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, NUMBER, "failures"),
	NW_RT(IFLA_BOND_SLAVE_PERM_HWADDR, LLADDR, "perm_lladdr"),
	NW_RT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, NUMBER, "aggregator"),
	NW_RT_LAST,
};

static const struct nw_rtattr info_attrs[] = {
	NW_RT(IFLA_INFO_KIND, STRING, "kind"),
	NW_RT(IFLA_INFO_DATA, DATA, "data"),
	NW_RT(IFLA_INFO_SLAVE_KIND, STRING, "slave_kind"),
	NW_RT(IFLA_INFO_SLAVE_DATA, DATA, "slave_data"),
	NW_RT_LAST,
};

static const struct nw_rtattr altname = NW_RT(0, STRING, NULL);

static const struct nw_rtattr reason_attrs[] = {
	NW_RT(IFLA_PROTO_DOWN_REASON_VALUE, NUMBER, "value"),
	NW_RT_LAST,
};

/*
 * Of what stands by family sysctl has nearly all, and /proc the counters; the
 * one setting that sysctl reads under the network's lock is taken from here.
 */
static const struct nw_rtattr inet6_attrs[] = {
	NW_RT(IFLA_INET6_FLAGS, NUMBER, "flags"),
	NW_RT(IFLA_INET6_TOKEN, ADDR, "token"),
	NW_RT(IFLA_INET6_ADDR_GEN_MODE, NUMBER, "addr_gen_mode"),
	NW_RT(IFLA_INET6_CONF, SKIP, NULL),
	NW_RT(IFLA_INET6_STATS, SKIP, NULL),
	NW_RT(IFLA_INET6_ICMP6STATS, SKIP, NULL),
	NW_RT(IFLA_INET6_CACHEINFO, SKIP, NULL),
	NW_RT_LAST,
};

static const struct nw_rtattr family_attrs[] = {
	NW_RT(AF_INET6, NEST, "inet6", .nest = inet6_attrs),
	NW_RT(AF_INET, SKIP, NULL),
	NW_RT_LAST,
};

/* One set of counters is enough. */
static const struct nw_rtattr attrs[] = {
	NW_RT(IFLA_IFNAME, STRING, "dev"),
	NW_RT(IFLA_ADDRESS, LLADDR, "lladdr"),
	NW_RT(IFLA_BROADCAST, LLADDR, "broadcast"),
	NW_RT(IFLA_PERM_ADDRESS, LLADDR, "perm_lladdr"),
	NW_RT(IFLA_MTU, NUMBER, "mtu"),
	NW_RT(IFLA_LINK, SIGNED, "link"),
	NW_RT(IFLA_LINK_NETNSID, SIGNED, "link_netnsid"),
	NW_RT(IFLA_MASTER, DEV, "master"),
	NW_RT(IFLA_QDISC, STRING, "qdisc"),
	NW_RT(IFLA_OPERSTATE, NAMED, "operstate", .name = operstate),
	NW_RT(IFLA_LINKMODE, NAMED, "linkmode", .name = linkmode),
	NW_RT(IFLA_CARRIER, NUMBER, "carrier"),
	NW_RT(IFLA_CARRIER_CHANGES, NUMBER, "carrier_changes"),
	NW_RT(IFLA_CARRIER_UP_COUNT, NUMBER, "carrier_up_count"),
	NW_RT(IFLA_CARRIER_DOWN_COUNT, NUMBER, "carrier_down_count"),
	NW_RT(IFLA_PROTO_DOWN, NUMBER, "proto_down"),
	NW_RT(IFLA_PROTO_DOWN_REASON, NEST, "proto_down_reason",
	      .nest = reason_attrs),
	NW_RT(IFLA_LINKINFO, NEST, "linkinfo", .nest = info_attrs),
	NW_RT(IFLA_IFALIAS, STRING, "alias"),
	NW_RT(IFLA_PROP_LIST, LIST, "altnames", .nest = &altname),
	NW_RT(IFLA_GROUP, NUMBER, "group"),
	NW_RT(IFLA_PROMISCUITY, NUMBER, "promiscuity"),
	NW_RT(IFLA_ALLMULTI, NUMBER, "allmulti"),
	NW_RT(IFLA_TXQLEN, NUMBER, "txqlen"),
	NW_RT(IFLA_NUM_TX_QUEUES, NUMBER, "tx_queues"),
	NW_RT(IFLA_NUM_RX_QUEUES, NUMBER, "rx_queues"),
	NW_RT(IFLA_MIN_MTU, NUMBER, "min_mtu"),
	NW_RT(IFLA_MAX_MTU, NUMBER, "max_mtu"),
	NW_RT(IFLA_GSO_MAX_SIZE, NUMBER, "gso_max_size"),
	NW_RT(IFLA_GSO_MAX_SEGS, NUMBER, "gso_max_segs"),
	NW_RT(IFLA_GRO_MAX_SIZE, NUMBER, "gro_max_size"),
	NW_RT(IFLA_TSO_MAX_SIZE, NUMBER, "tso_max_size"),
	NW_RT(IFLA_TSO_MAX_SEGS, NUMBER, "tso_max_segs"),
	NW_RT(IFLA_PARENT_DEV_NAME, STRING, "parent"),
	NW_RT(IFLA_PARENT_DEV_BUS_NAME, STRING, "parent_bus"),
	NW_RT(IFLA_PHYS_PORT_NAME, STRING, "port_name"),
	NW_RT(IFLA_STATS64, WORDS64, "stats", .words = stats_words),
	NW_RT(IFLA_STATS, SKIP, NULL),
	NW_RT(IFLA_AF_SPEC, NEST, "families", .nest = family_attrs),
	NW_RT(IFLA_MAP, SKIP, NULL),
	NW_RT(IFLA_XDP, SKIP, NULL),
	NW_RT(IFLA_PAD, SKIP, NULL),
	NW_RT_LAST,
};

static void put(struct nw_twin *t, const void *header,
		const struct nw_rtbody *body)
{
	const struct ifinfomsg *ifi = header;

	(void)body;
	nw_twin_number(t, "ifindex", (__u32)ifi->ifi_index);
	nw_rtattr_named(t, "type", nl_llproto2str, ifi->ifi_type);
	nw_rtattr_named(t, "flags", rtnl_link_flags2str, ifi->ifi_flags);
}

const struct nw_rtmsg nw_rtmsg_link = {
	RTM_NEWLINK, sizeof(struct ifinfomsg), put, attrs, IFLA_IFNAME,
};

const struct nw_rtattr *nw_rtattr_data(const char *kind, bool slave)
{
	if (!strcmp(kind, "bond"))
		return slave ? bond_slave_attrs : bond_attrs;
	return !slave && !strcmp(kind, "vlan") ? vlan_attrs : NULL;
}
