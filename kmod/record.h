/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_RECORD_H
#define _NEIGHWATCH_RECORD_H

#include <linux/if.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <linux/neighwatch.h>

/* No hook saw the state before: the record goes out without NW_A_CHANGE_OLD. */
#define NW_NUD_UNKNOWN	0xfe
/* A time that is not known; the attribute is left out. */
#define NW_NS_UNKNOWN	U64_MAX
#define NW_MS_UNKNOWN	U32_MAX
/* Longest address of a neighbour, IPv6. */
#define NW_ADDR_MAX	16
/* Longest driver name kept; ETHTOOL's own limit is 32. */
#define NW_DRIVER_MAX	32

/**
 * struct nw_who - the program behind a change
 * @portid: netlink port id of the request, 0 when none
 * @pid: thread group id in the initial pid namespace, 0 when no program
 * @comm: its name
 * @parent: its parent's name
 */
struct nw_who {
	u32 portid;
	u32 pid;
	char comm[TASK_COMM_LEN];
	char parent[TASK_COMM_LEN];
};

/* Bodies of the record types; see the uapi header for every field's meaning. */
struct nw_transition {
	u64 dwell_ns;
	u32 confirmed_ms;
	u32 used_ms;
	u32 queued;
	u8 addr[NW_ADDR_MAX];
	u8 lladdr[NW_LLADDR_MAX];
	u8 old_lladdr[NW_LLADDR_MAX];
};

struct nw_offer {
	u32 count;
	u8 addr[NW_ADDR_MAX];
	u8 lladdr[NW_LLADDR_MAX];
	u8 offered[NW_LLADDR_MAX];
	bool override;
};

struct nw_confirm {
	u8 addr[NW_ADDR_MAX];
	u8 lladdr[NW_LLADDR_MAX];
	u8 kind;
};

struct nw_edge {
	u64 dwell_ns;
	u32 up_count;
	u32 down_count;
	u32 unstamped;
};

/* Members are -1 or 0 (@speed) or "" (@driver) when the driver does not tell. */
struct nw_mode {
	char driver[NW_DRIVER_MAX];
	u32 speed;
	s8 duplex;
	s8 autoneg;
	s8 pause_rx;
	s8 pause_tx;
};

struct nw_link_change {
	u32 mtu;
	s32 other;
	char old_dev[IFNAMSIZ];
	char other_dev[IFNAMSIZ];
	u8 lladdr[NW_LLADDR_MAX];
};

struct nw_route {
	u32 table;
	u8 dst[NW_ADDR_MAX];
	u8 gateway[NW_ADDR_MAX];
	u8 gateway_len;
	u8 dst_len;
	u8 protocol;
};

struct nw_address {
	u8 addr[NW_ADDR_MAX];
	u8 prefix_len;
};

struct nw_params {
	u32 base_reachable_ms;
	u32 retrans_ms;
	u32 delay_probe_ms;
	u32 gc_stale_ms;
	u32 locktime_ms;
	u32 ucast_probes;
	u32 app_probes;
	u32 mcast_probes;
	u32 mcast_reprobes;
	u32 forwarding;
};

struct nw_table {
	u64 fulls;
	u64 discards;
	u32 entries;
	u32 gc_entries;
	u32 gc_thresh[3];
};

struct nw_lost {
	u64 count;
};

struct nw_sync {
	u64 boot;
	u64 local;
};

/**
 * struct nw_record - one accepted fact, as kept in the ring
 * @mono: CLOCK_MONOTONIC in ns
 * @real: CLOCK_REALTIME in ns, the same instant
 * @ifindex: device, 0 when none
 * @cpu: CPU that observed it
 * @type: &enum nw_type
 * @cause: &enum nw_cause
 * @dev: name of the device as it was then
 * @who: the program behind it, with %NW_CAUSE_ADMIN
 * @flags: &enum nw_flags
 * @family: AF_INET or AF_INET6, of records about addresses
 * @old: state before, or what changed (&enum nw_admin, nw_change, nw_where)
 * @new: state after
 * @ll_len: length of the first link-layer address of the body
 * @ll2_len: length of the second one
 * @probes: solicitations sent in @old
 * @change: body of %NW_TYPE_NEIGH
 * @offer: body of %NW_TYPE_OFFER
 * @confirm: body of %NW_TYPE_CONFIRM
 * @edge: body of %NW_TYPE_CARRIER
 * @mode: body of %NW_TYPE_LINK_MODE
 * @link: body of %NW_TYPE_LINK_ADMIN
 * @route: body of %NW_TYPE_ROUTE
 * @address: body of %NW_TYPE_ADDRESS
 * @params: body of %NW_TYPE_PARAMS
 * @table: body of %NW_TYPE_TABLE
 * @lost: body of %NW_TYPE_LOST
 * @sync: body of %NW_TYPE_SYNC
 *
 * The sequence number is not stored: it follows from the place in the ring.
 */
struct nw_record {
	u64 mono;
	u64 real;
	s32 ifindex;
	u16 cpu;
	u8 type;
	u8 cause;
	char dev[IFNAMSIZ];
	struct nw_who who;
	u16 flags;
	u8 family;
	u8 old;
	u8 new;
	u8 ll_len;
	u8 ll2_len;
	u8 probes;
	union {
		struct nw_transition change;
		struct nw_offer offer;
		struct nw_confirm confirm;
		struct nw_edge edge;
		struct nw_mode mode;
		struct nw_link_change link;
		struct nw_route route;
		struct nw_address address;
		struct nw_params params;
		struct nw_table table;
		struct nw_lost lost;
		struct nw_sync sync;
	};
};

static_assert(sizeof(struct nw_record) <= 192);

/**
 * nw_addr_len() - length of a neighbour's address
 * @family: AF_INET or AF_INET6
 */
static inline u8 nw_addr_len(u8 family)
{
	return family == AF_INET ? 4 : 16;
}

struct nw_ns;

bool nw_record_by_program(void);
void nw_record_who(struct nw_record *rec, u32 portid);
void nw_record_stamp(struct nw_record *rec, u8 type, u8 cause, u64 mono);
struct nw_record *nw_record_begin(struct nw_ns *ns, u8 type, u8 cause,
				  u64 mono, unsigned long *flags);
void nw_record_end(struct nw_ns *ns, unsigned long flags);

#endif /* _NEIGHWATCH_RECORD_H */
