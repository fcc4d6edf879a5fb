/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the module tracks, as userspace decoded it: neighbours, links, next
 * hops, statistics. The same rules as in event.h.
 */
#ifndef NW_OBJECT_H
#define NW_OBJECT_H

#include "event.h"

#define NW_SOURCES_MAX	48

struct nw_step {
	__u64 has;
	__u64 mono;
	__u8 old;
	__u8 new;
	__u8 cause;
};

struct nw_path {
	__u8 len;
	__u8 nud[NW_OUTAGE_PATH];
};

struct nw_outage {
	__u64 has;
	__u64 begin;
	__u64 failed;
	__u64 end;
	__u32 rounds;
	struct nw_path path;
};

struct nw_neigh {
	__u64 has;
	struct nw_origin origin;
	__u64 born;
	__u64 since;
	__u64 arp_proof;
	__u64 upper_proof;
	__u64 moved;
	__u32 ifindex;
	__u32 flags;
	__u32 transitions;
	__u32 failures;
	__u32 outages;
	__u32 moves;
	__u32 offers;
	__u32 nr_last;
	__u32 nr_outage;
	char dev[NW_NAME_LEN];
	struct nw_addr addr;
	struct nw_lladdr lladdr;
	struct nw_lladdr prev_lladdr;
	__u8 family;
	__u8 state;
	struct nw_step last[NW_STEPS];
	struct nw_outage outage[NW_OUTAGES];
};

struct nw_link {
	__u64 has;
	struct nw_origin origin;
	__u64 since;
	__u32 ifindex;
	__u32 flags;
	__u32 up_count;
	__u32 down_count;
	__u32 edges;
	__u32 unstamped;
	__u32 losses;
	__u32 master;
	__u32 nr_last;
	__u32 nr_outage;
	char dev[NW_NAME_LEN];
	__u8 carrier;
	struct nw_mode mode;
	struct nw_step last[NW_STEPS];
	struct nw_outage outage[NW_OUTAGES];
};

struct nw_nexthop {
	__u64 has;
	struct nw_origin origin;
	__u64 since;
	__u32 ifindex;
	__u32 routes;
	__u32 defaults;
	char dev[NW_NAME_LEN];
	struct nw_addr gateway;
	__u8 family;
};

struct nw_source {
	__u64 has;
	__u64 missed;
	char name[NW_TEXT_LEN];
	__u8 state;
};

struct nw_stats {
	__u64 has;
	struct nw_origin origin;
	__u64 features;
	__u64 loaded;
	__u64 mono;
	__u64 real;
	__u64 boot;
	__u64 ring_size;
	__u64 oldest_seq;
	__u64 oldest_mono;
	__u64 oldest_real;
	__u64 overwritten;
	__u64 neighs;
	__u64 neighs_max;
	__u64 links;
	__u64 links_max;
	__u64 nexthops;
	__u64 routes;
	__u64 routes_max;
	__u64 lost_neigh_memory;
	__u64 lost_neigh_limit;
	__u64 lost_link_memory;
	__u64 lost_link_limit;
	__u64 lost_route_memory;
	__u64 lost_route_limit;
	__u64 lost_multicast;
	__u64 evicted_failed;
	__u64 evicted_unproven;
	__u64 evicted_gone;
	__u64 inferred;
	__u64 overflows;
	__u64 multicast_skipped;
	__u64 create_failed;
	__u64 gone;
	__u32 nr_source;
	char version[NW_TEXT_LEN];
	struct nw_source source[NW_SOURCES_MAX];
};

#endif /* NW_OBJECT_H */
