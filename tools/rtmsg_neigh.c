// SPDX-License-Identifier: GPL-2.0
/* Neighbours as the kernel has them, and its tables with their timers. */
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/addr.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/route.h>

#include "rtmsg.h"

/* Ages in hundredths of a second. */
static const char *const cache_words[] = {
	"confirmed_cs", "used_cs", "updated_cs", "refcnt", NULL,
};

static const struct nw_rtattr attrs[] = {
	NW_RT(NDA_DST, ADDR, "addr"),
	NW_RT(NDA_LLADDR, LLADDR, "lladdr"),
	NW_RT(NDA_CACHEINFO, WORDS, "cache", .words = cache_words),
	NW_RT(NDA_PROBES, NUMBER, "probes"),
	NW_RT(NDA_VLAN, NUMBER, "vlan"),
	NW_RT(NDA_PORT, BE16, "port"),
	NW_RT(NDA_VNI, NUMBER, "vni"),
	NW_RT(NDA_IFINDEX, DEV, "through"),
	NW_RT(NDA_MASTER, DEV, "master"),
	NW_RT(NDA_LINK_NETNSID, SIGNED, "link_netnsid"),
	NW_RT(NDA_SRC_VNI, NUMBER, "src_vni"),
	NW_RT(NDA_PROTOCOL, NAMED, "protocol", .name = rtnl_route_proto2str),
	NW_RT(NDA_NH_ID, NUMBER, "nhid"),
	NW_RT(NDA_FLAGS_EXT, NUMBER, "flags_ext"),
	NW_RT_LAST,
};

static void put(struct nw_twin *t, const void *header,
		const struct nw_rtbody *body)
{
	const struct ndmsg *nd = header;

	(void)body;
	nw_rtattr_named(t, "family", nl_af2str, nd->ndm_family);
	nw_rtattr_dev(t, "dev", (__u32)nd->ndm_ifindex);
	if (nd->ndm_state)
		nw_rtattr_named(t, "state", rtnl_neigh_state2str,
				nd->ndm_state);
	if (nd->ndm_flags)
		nw_rtattr_named(t, "flags", rtnl_neigh_flags2str,
				nd->ndm_flags);
}

const struct nw_rtmsg nw_rtmsg_neigh = {
	RTM_NEWNEIGH, sizeof(struct ndmsg), put, attrs, 0,
};

static const char *const config_words[] = {
	"sizes", "entries", "last_flush_ms", "last_rand_ms", "hash_rnd",
	"hash_mask", "hash_chain_gc", "proxy_qlen", NULL,
};

static const char *const stats_words[] = {
	"allocs", "destroys", "hash_grows", "res_failed", "lookups", "hits",
	"rcv_probes_mcast", "rcv_probes_ucast", "periodic_gc_runs",
	"forced_gc_runs", "table_fulls", NULL,
};

static const struct nw_rtattr parms_attrs[] = {
	NW_RT(NDTPA_IFINDEX, DEV, "dev"),
	NW_RT(NDTPA_REFCNT, NUMBER, "refcnt"),
	NW_RT(NDTPA_REACHABLE_TIME, NUMBER, "reachable_ms"),
	NW_RT(NDTPA_BASE_REACHABLE_TIME, NUMBER, "base_reachable_ms"),
	NW_RT(NDTPA_RETRANS_TIME, NUMBER, "retrans_ms"),
	NW_RT(NDTPA_GC_STALETIME, NUMBER, "gc_stale_ms"),
	NW_RT(NDTPA_DELAY_PROBE_TIME, NUMBER, "delay_probe_ms"),
	NW_RT(NDTPA_QUEUE_LEN, NUMBER, "queue_len"),
	NW_RT(NDTPA_APP_PROBES, NUMBER, "app_probes"),
	NW_RT(NDTPA_UCAST_PROBES, NUMBER, "ucast_probes"),
	NW_RT(NDTPA_MCAST_PROBES, NUMBER, "mcast_probes"),
	NW_RT(NDTPA_ANYCAST_DELAY, NUMBER, "anycast_delay_ms"),
	NW_RT(NDTPA_PROXY_DELAY, NUMBER, "proxy_delay_ms"),
	NW_RT(NDTPA_PROXY_QLEN, NUMBER, "proxy_qlen"),
	NW_RT(NDTPA_LOCKTIME, NUMBER, "locktime_ms"),
	NW_RT(NDTPA_QUEUE_LENBYTES, NUMBER, "queue_len_bytes"),
	NW_RT(NDTPA_MCAST_REPROBES, NUMBER, "mcast_reprobes"),
	NW_RT(NDTPA_INTERVAL_PROBE_TIME_MS, NUMBER, "interval_probe_ms"),
	NW_RT(NDTPA_PAD, SKIP, NULL),
	NW_RT_LAST,
};

static const struct nw_rtattr table_attrs[] = {
	NW_RT(NDTA_NAME, STRING, "name"),
	NW_RT(NDTA_THRESH1, NUMBER, "gc_thresh1"),
	NW_RT(NDTA_THRESH2, NUMBER, "gc_thresh2"),
	NW_RT(NDTA_THRESH3, NUMBER, "gc_thresh3"),
	NW_RT(NDTA_GC_INTERVAL, NUMBER, "gc_interval_ms"),
	NW_RT(NDTA_CONFIG, WORDS, "config", .words = config_words),
	NW_RT(NDTA_STATS, WORDS64, "stats", .words = stats_words),
	NW_RT(NDTA_PARMS, NEST, "parms", .nest = parms_attrs),
	NW_RT(NDTA_PAD, SKIP, NULL),
	NW_RT_LAST,
};

static void put_table(struct nw_twin *t, const void *header,
		      const struct nw_rtbody *body)
{
	const struct ndtmsg *ndt = header;

	(void)body;
	nw_rtattr_named(t, "family", nl_af2str, ndt->ndtm_family);
}

const struct nw_rtmsg nw_rtmsg_table = {
	RTM_NEWNEIGHTBL, sizeof(struct ndtmsg), put_table, table_attrs,
	NDTA_NAME,
};
