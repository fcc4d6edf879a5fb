/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A record as userspace decoded it.
 *
 * Plain values, no netlink. Every structure begins with @has: bit N is set
 * when attribute N of the structure's enum in the contract was there; a value
 * whose bit is clear is unknown. Times are ns of CLOCK_MONOTONIC unless said
 * otherwise, durations ns.
 */
#ifndef NW_EVENT_H
#define NW_EVENT_H

#include <stdbool.h>
#include <linux/types.h>
#include <linux/neighwatch.h>

#include "compiler.h"

#define NW_BIT(attr)		(1ULL << (attr))
#define NW_HAS(obj, attr)	(((obj)->has & NW_BIT(attr)) != 0)

#define NW_NAME_LEN		16	/* IFNAMSIZ, TASK_COMM_LEN */
#define NW_DRIVER_LEN		32
#define NW_TEXT_LEN		64

struct nw_addr {
	__u8 len;		/* 4, 16, or 0 for none */
	__u8 b[16];
};

struct nw_lladdr {
	__u8 len;
	__u8 b[NW_LLADDR_MAX];
};

/* Where a message came from; @has counts in enum nw_attr. */
struct nw_origin {
	__u64 has;
	__u64 instance;
	__u64 netns_cookie;
	__u64 next_seq;
	__u64 lost;
	__u32 netns;
};

struct nw_who {
	__u64 has;
	__u32 portid;
	__u32 pid;
	char comm[NW_NAME_LEN];
	char parent[NW_NAME_LEN];
};

struct nw_change_event {
	__u64 has;
	__u64 dwell;
	__u64 confirmed;
	__u64 used;
	__u32 probes;
	__u32 queued;
	struct nw_addr addr;
	struct nw_lladdr lladdr;
	struct nw_lladdr old_lladdr;
	__u8 family;
	__u8 old;
	__u8 new;
};

struct nw_offer_event {
	__u64 has;
	__u32 count;
	struct nw_addr addr;
	struct nw_lladdr lladdr;
	struct nw_lladdr offered;
	__u8 family;
	__u8 state;
	__u8 override;
};

struct nw_confirm_event {
	__u64 has;
	struct nw_addr addr;
	struct nw_lladdr lladdr;
	__u8 family;
	__u8 state;
	__u8 kind;
};

struct nw_carrier_event {
	__u64 has;
	__u64 dwell;
	__u32 up_count;
	__u32 down_count;
	__u32 unstamped;
	__u8 old;
	__u8 new;
};

struct nw_mode {
	__u64 has;
	__u32 speed;
	char driver[NW_DRIVER_LEN];
	__u8 duplex;
	__u8 autoneg;
	__u8 pause_rx;
	__u8 pause_tx;
};

struct nw_admin_event {
	__u64 has;
	__u32 other;
	__u32 mtu;
	char old_dev[NW_NAME_LEN];
	char other_dev[NW_NAME_LEN];
	struct nw_lladdr lladdr;
	__u8 change;
};

struct nw_route_event {
	__u64 has;
	__u32 table;
	struct nw_addr dst;
	struct nw_addr gateway;
	__u8 change;
	__u8 family;
	__u8 dst_len;
	__u8 protocol;
};

struct nw_address_event {
	__u64 has;
	struct nw_addr addr;
	__u8 change;
	__u8 family;
	__u8 prefix_len;
};

struct nw_params_event {
	__u64 has;
	__u32 base_reachable_ms;
	__u32 retrans_ms;
	__u32 delay_probe_ms;
	__u32 gc_stale_ms;
	__u32 locktime_ms;
	__u32 ucast_probes;
	__u32 app_probes;
	__u32 mcast_probes;
	__u32 mcast_reprobes;
	__u32 forwarding;
	__u8 family;
};

struct nw_table_event {
	__u64 has;
	__u64 fulls;
	__u64 discards;
	__u32 entries;
	__u32 gc_entries;
	__u32 gc_thresh1;
	__u32 gc_thresh2;
	__u32 gc_thresh3;
	__u8 family;
};

struct nw_lost_event {
	__u64 has;
	__u64 count;
	__u8 where;
};

struct nw_sync_event {
	__u64 has;
	__u64 boot;
	__u64 local;
};

/**
 * struct nw_event - one record, decoded
 * @has: bits of enum nw_record_attr
 * @origin: instance and namespace
 * @real: CLOCK_REALTIME of the same instant as @mono
 * @type: enum nw_type; %NW_TYPE_UNKNOWN when this reader does not know it
 * @missing: numbers before it that never came; only nw_follow tells
 */
struct nw_event {
	__u64 has;
	struct nw_origin origin;
	__u64 seq;
	__u64 missing;
	__u64 mono;
	__u64 real;
	__u32 cpu;
	__u32 ifindex;
	__u32 flags;
	char dev[NW_NAME_LEN];
	__u8 cause;
	__u8 type;
	struct nw_who who;
	union {
		struct nw_change_event neigh;
		struct nw_offer_event offer;
		struct nw_confirm_event confirm;
		struct nw_carrier_event carrier;
		struct nw_mode mode;
		struct nw_admin_event admin;
		struct nw_route_event route;
		struct nw_address_event address;
		struct nw_params_event params;
		struct nw_table_event table;
		struct nw_lost_event lost;
		struct nw_sync_event sync;
	};
};

#endif /* NW_EVENT_H */
