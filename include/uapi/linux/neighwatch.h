/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * neighwatch - flight recorder for the last hop: the kernel-user contract
 *
 * Generic netlink family "neighwatch", version 1. The interface is read-only;
 * every request and both multicast groups need CAP_NET_ADMIN in the user
 * namespace that owns the caller's network namespace.
 *
 * Requests and answers (attributes of enum nw_attr unless indented)::
 *
 *   NW_CMD_STATS_GET     do, dump   instance, namespace, STATS
 *     in:  [NETNS_COOKIE] (do), [ALL_NETNS] (dump)
 *     out: INSTANCE NETNS_COOKIE NETNS_INO NEXT_SEQ STATS{ NW_A_STATS_* }
 *
 *   NW_CMD_NEIGH_GET     do, dump   tracked neighbours, gone ones included
 *     in:  IFINDEX FAMILY ADDR (do);
 *          [IFINDEX] [FAMILY] [ADDR [PREFIX_LEN]] [ALL_NETNS|NETNS_COOKIE] (dump)
 *     out: INSTANCE NETNS_COOKIE NETNS_INO NEIGH{ NW_A_NEIGH_*
 *            LAST{ NW_A_STEP_* } up to 8, oldest first
 *            OUTAGE{ NW_A_OUTAGE_* } up to 4, oldest first }
 *
 *   NW_CMD_LINK_GET      do, dump   tracked links
 *     in:  IFINDEX (do); [IFINDEX] [ALL_NETNS|NETNS_COOKIE] (dump)
 *     out: INSTANCE NETNS_COOKIE NETNS_INO LINK{ NW_A_LINK_*
 *            LAST{ NW_A_STEP_* } up to 8, oldest first
 *            OUTAGE{ NW_A_OUTAGE_* } up to 4, oldest first
 *            MODE{ NW_A_MODE_* } }
 *
 *   NW_CMD_NEXTHOP_GET   dump       next hops that a route uses now
 *     in:  [IFINDEX] [FAMILY] [ALL_NETNS|NETNS_COOKIE]
 *     out: INSTANCE NETNS_COOKIE NETNS_INO NEXTHOP{ NW_A_NEXTHOP_* }
 *
 *   NW_CMD_HISTORY_GET   dump       records, oldest first, up to those that
 *                                   existed when the dump began
 *     in:  [SINCE_SEQ] [SINCE_MONO] [TYPES] [IFINDEX] [FAMILY]
 *          [ADDR [PREFIX_LEN]] [ALL_NETNS|NETNS_COOKIE]
 *     out: INSTANCE NETNS_COOKIE NETNS_INO NEXT_SEQ [LOST] RECORD{} 0..n
 *          (at least one message for each namespace, even without a record)
 *
 *   NW_CMD_EVENTS        multicast  new records, many in one message
 *     out: INSTANCE NETNS_COOKIE NETNS_INO NEXT_SEQ [LOST] RECORD{} 1..n
 *
 *   RECORD{ SEQ MONO REAL CPU CAUSE [IFINDEX DEV] [FLAGS]
 *           [WHO{ NW_A_WHO_* }]
 *           and one of: NEIGH OFFER CONFIRM CARRIER LINK_MODE LINK_ADMIN
 *                       ROUTE ADDRESS PARAMS TABLE LOST SYNC { ... } }
 *
 * An attribute that is absent is unknown. A state of %NW_NUD_ABSENT means the
 * neighbour did not exist. All times are nanoseconds of CLOCK_MONOTONIC unless
 * said otherwise; addresses and link-layer addresses are in network order.
 * Enumerations start with an UNKNOWN of 0 and only ever grow at their end;
 * a reader skips and counts what it does not know.
 */
#ifndef _UAPI_LINUX_NEIGHWATCH_H
#define _UAPI_LINUX_NEIGHWATCH_H

#define NW_GENL_NAME		"neighwatch"
#define NW_GENL_VERSION		1

/* Multicast group of the records of the caller's own network namespace. */
#define NW_MCGRP_EVENTS		"events"
/*
 * Multicast group of the records of all network namespaces. Only for sockets
 * of the initial network namespace with CAP_NET_ADMIN over the initial user
 * namespace; it is sent into the initial network namespace alone.
 */
#define NW_MCGRP_ALL		"all"

/* Longest link-layer address, MAX_ADDR_LEN of linux/netdevice.h. */
#define NW_LLADDR_MAX		32
/* Transitions that each tracked neighbour and link keeps. */
#define NW_STEPS		8
/* Outages that each tracked neighbour and link keeps. */
#define NW_OUTAGES		4
/* States that an outage keeps of the path to its first FAILED. */
#define NW_OUTAGE_PATH		8

/* In place of a NUD_* value of linux/neighbour.h: the entry did not exist. */
#define NW_NUD_ABSENT		0xff

/**
 * enum nw_cmd - commands of the family
 * @NW_CMD_UNSPEC: not used
 * @NW_CMD_STATS_GET: counters, sizes, sources and features
 * @NW_CMD_NEIGH_GET: tracked neighbours
 * @NW_CMD_LINK_GET: tracked links
 * @NW_CMD_NEXTHOP_GET: next hops that a route uses now
 * @NW_CMD_HISTORY_GET: records kept in the ring
 * @NW_CMD_EVENTS: notification, new records
 * @__NW_CMD_MAX: one more than the last
 */
enum nw_cmd {
	NW_CMD_UNSPEC,
	NW_CMD_STATS_GET,
	NW_CMD_NEIGH_GET,
	NW_CMD_LINK_GET,
	NW_CMD_NEXTHOP_GET,
	NW_CMD_HISTORY_GET,
	NW_CMD_EVENTS,
	__NW_CMD_MAX
};

#define NW_CMD_MAX (__NW_CMD_MAX - 1)

/**
 * enum nw_attr - top level attributes
 * @NW_A_UNSPEC: not used
 * @NW_A_PAD: aligns 64 bit attributes
 * @NW_A_INSTANCE: u64, random number of this load of the module
 * @NW_A_NETNS_COOKIE: u64, cookie of the network namespace; in a request:
 *	this namespace instead of the caller's, same right as @NW_A_ALL_NETNS
 * @NW_A_NETNS_INO: u32, inode number of the network namespace
 * @NW_A_NEXT_SEQ: u64, sequence number the namespace's next record will get
 * @NW_A_LOST: u64, records overwritten before they could be put here
 * @NW_A_RECORD: nest of &enum nw_record_attr
 * @NW_A_NEIGH: nest of &enum nw_neigh_attr
 * @NW_A_LINK: nest of &enum nw_link_attr
 * @NW_A_NEXTHOP: nest of &enum nw_nexthop_attr
 * @NW_A_STATS: nest of &enum nw_stats_attr
 * @NW_A_ALL_NETNS: flag, request: every namespace. Only for the initial
 *	network namespace with CAP_NET_ADMIN over the initial user namespace
 * @NW_A_IFINDEX: u32, request: this device only
 * @NW_A_FAMILY: u8, request: AF_INET or AF_INET6 only
 * @NW_A_ADDR: 4 or 16 bytes, request: this neighbour only; needs @NW_A_FAMILY
 * @NW_A_PREFIX_LEN: u8, request: @NW_A_ADDR is a prefix of so many bits
 * @NW_A_TYPES: u32, request: mask of 1 << &enum nw_type
 * @NW_A_SINCE_SEQ: u64, request: records from this sequence number on
 * @NW_A_SINCE_MONO: u64, request: records stamped at or after this
 * @__NW_A_MAX: one more than the last
 */
enum nw_attr {
	NW_A_UNSPEC,
	NW_A_PAD,
	NW_A_INSTANCE,
	NW_A_NETNS_COOKIE,
	NW_A_NETNS_INO,
	NW_A_NEXT_SEQ,
	NW_A_LOST,
	NW_A_RECORD,
	NW_A_NEIGH,
	NW_A_LINK,
	NW_A_NEXTHOP,
	NW_A_STATS,
	NW_A_ALL_NETNS,
	NW_A_IFINDEX,
	NW_A_FAMILY,
	NW_A_ADDR,
	NW_A_PREFIX_LEN,
	NW_A_TYPES,
	NW_A_SINCE_SEQ,
	NW_A_SINCE_MONO,
	__NW_A_MAX
};

#define NW_A_MAX (__NW_A_MAX - 1)

/**
 * enum nw_type - types of record; each has its nest in &enum nw_record_attr
 * @NW_TYPE_UNKNOWN: not used
 * @NW_TYPE_NEIGH: a neighbour changed its state or link-layer address
 * @NW_TYPE_OFFER: another station's link-layer address was not taken
 * @NW_TYPE_CONFIRM: ARP/ND evidence that changed no state
 * @NW_TYPE_CARRIER: a link got or lost its carrier
 * @NW_TYPE_LINK_MODE: speed, duplex, pause of a link that has its carrier
 * @NW_TYPE_LINK_ADMIN: a device was configured, came or went
 * @NW_TYPE_ROUTE: a route's next hop came or went
 * @NW_TYPE_ADDRESS: a local address came or went
 * @NW_TYPE_PARAMS: neighbour sysctls in force for a device
 * @NW_TYPE_TABLE: fill level of a neighbour table
 * @NW_TYPE_LOST: observations lost before they had a number
 * @NW_TYPE_SYNC: the clocks, read together
 * @__NW_TYPE_MAX: one more than the last
 */
enum nw_type {
	NW_TYPE_UNKNOWN,
	NW_TYPE_NEIGH,
	NW_TYPE_OFFER,
	NW_TYPE_CONFIRM,
	NW_TYPE_CARRIER,
	NW_TYPE_LINK_MODE,
	NW_TYPE_LINK_ADMIN,
	NW_TYPE_ROUTE,
	NW_TYPE_ADDRESS,
	NW_TYPE_PARAMS,
	NW_TYPE_TABLE,
	NW_TYPE_LOST,
	NW_TYPE_SYNC,
	__NW_TYPE_MAX
};

#define NW_TYPE_MAX (__NW_TYPE_MAX - 1)

/**
 * enum nw_cause - why it happened, as far as the kernel showed it
 * @NW_CAUSE_UNKNOWN: not to be told; never guessed
 * @NW_CAUSE_INITIAL: was so when the module was loaded
 * @NW_CAUSE_TIMER: the neighbour's timer
 * @NW_CAUSE_TRANSMIT: a packet was to be sent to the neighbour
 * @NW_CAUSE_PACKET: an ARP or ND packet was received
 * @NW_CAUSE_UPPER_LAYER: an upper layer confirmed reachability
 * @NW_CAUSE_ADMIN: a user's program; see &enum nw_who_attr
 * @NW_CAUSE_GC: garbage collection of the neighbour table
 * @NW_CAUSE_LINK_DOWN: the link lost its carrier or was set down
 * @NW_CAUSE_ADDRESS_CHANGED: the device's link-layer address changed
 * @NW_CAUSE_DEVICE_GONE: the device is being removed
 * @NW_CAUSE_DRIVER: the device's driver
 * @__NW_CAUSE_MAX: one more than the last
 */
enum nw_cause {
	NW_CAUSE_UNKNOWN,
	NW_CAUSE_INITIAL,
	NW_CAUSE_TIMER,
	NW_CAUSE_TRANSMIT,
	NW_CAUSE_PACKET,
	NW_CAUSE_UPPER_LAYER,
	NW_CAUSE_ADMIN,
	NW_CAUSE_GC,
	NW_CAUSE_LINK_DOWN,
	NW_CAUSE_ADDRESS_CHANGED,
	NW_CAUSE_DEVICE_GONE,
	NW_CAUSE_DRIVER,
	__NW_CAUSE_MAX
};

#define NW_CAUSE_MAX (__NW_CAUSE_MAX - 1)

/**
 * enum nw_flags - bits of NW_A_RECORD_FLAGS, NW_A_NEIGH_FLAGS, NW_A_LINK_FLAGS
 * @NW_F_ROUTER: NTF_ROUTER, the IPv6 neighbour calls itself a router
 * @NW_F_EXT_LEARNED: NTF_EXT_LEARNED, installed by a control plane
 * @NW_F_MANAGED: NTF_MANAGED, kept fresh by the kernel
 * @NW_F_GATEWAY: a route uses this neighbour as its next hop
 * @NW_F_INFERRED: no hook saw this state; it follows from the next one
 * @NW_F_PHYSICAL: the device has a parent (a PCI function, for example)
 * @NW_F_ADMIN_UP: the device is administratively up (IFF_UP)
 * @NW_F_GONE: the kernel has removed the entry or the device
 */
enum nw_flags {
	NW_F_ROUTER		= 1 << 0,
	NW_F_EXT_LEARNED	= 1 << 1,
	NW_F_MANAGED		= 1 << 2,
	NW_F_GATEWAY		= 1 << 3,
	NW_F_INFERRED		= 1 << 4,
	NW_F_PHYSICAL		= 1 << 5,
	NW_F_ADMIN_UP		= 1 << 6,
	NW_F_GONE		= 1 << 7,
};

/**
 * enum nw_record_attr - one record
 * @NW_A_RECORD_UNSPEC: not used
 * @NW_A_RECORD_PAD: aligns 64 bit attributes
 * @NW_A_RECORD_SEQ: u64, number of the record, gapless within the namespace
 * @NW_A_RECORD_MONO: u64, when it happened, CLOCK_MONOTONIC in ns
 * @NW_A_RECORD_REAL: u64, the same instant, CLOCK_REALTIME in ns
 * @NW_A_RECORD_CPU: u32, CPU that observed it
 * @NW_A_RECORD_IFINDEX: u32, device
 * @NW_A_RECORD_DEV: string, the device's name as it was then
 * @NW_A_RECORD_CAUSE: u8, &enum nw_cause
 * @NW_A_RECORD_FLAGS: u32, &enum nw_flags; absent when 0
 * @NW_A_RECORD_WHO: nest of &enum nw_who_attr, with %NW_CAUSE_ADMIN
 * @NW_A_RECORD_NEIGH: nest of &enum nw_change_attr
 * @NW_A_RECORD_OFFER: nest of &enum nw_offer_attr
 * @NW_A_RECORD_CONFIRM: nest of &enum nw_confirm_attr
 * @NW_A_RECORD_CARRIER: nest of &enum nw_carrier_attr
 * @NW_A_RECORD_LINK_MODE: nest of &enum nw_mode_attr
 * @NW_A_RECORD_LINK_ADMIN: nest of &enum nw_admin_attr
 * @NW_A_RECORD_ROUTE: nest of &enum nw_route_attr
 * @NW_A_RECORD_ADDRESS: nest of &enum nw_address_attr
 * @NW_A_RECORD_PARAMS: nest of &enum nw_params_attr
 * @NW_A_RECORD_TABLE: nest of &enum nw_table_attr
 * @NW_A_RECORD_LOST: nest of &enum nw_lost_attr
 * @NW_A_RECORD_SYNC: nest of &enum nw_sync_attr
 * @__NW_A_RECORD_MAX: one more than the last
 */
enum nw_record_attr {
	NW_A_RECORD_UNSPEC,
	NW_A_RECORD_PAD,
	NW_A_RECORD_SEQ,
	NW_A_RECORD_MONO,
	NW_A_RECORD_REAL,
	NW_A_RECORD_CPU,
	NW_A_RECORD_IFINDEX,
	NW_A_RECORD_DEV,
	NW_A_RECORD_CAUSE,
	NW_A_RECORD_FLAGS,
	NW_A_RECORD_WHO,
	NW_A_RECORD_NEIGH,
	NW_A_RECORD_OFFER,
	NW_A_RECORD_CONFIRM,
	NW_A_RECORD_CARRIER,
	NW_A_RECORD_LINK_MODE,
	NW_A_RECORD_LINK_ADMIN,
	NW_A_RECORD_ROUTE,
	NW_A_RECORD_ADDRESS,
	NW_A_RECORD_PARAMS,
	NW_A_RECORD_TABLE,
	NW_A_RECORD_LOST,
	NW_A_RECORD_SYNC,
	__NW_A_RECORD_MAX
};

#define NW_A_RECORD_MAX (__NW_A_RECORD_MAX - 1)

/**
 * enum nw_who_attr - the program behind a change
 * @NW_A_WHO_UNSPEC: not used
 * @NW_A_WHO_PORTID: u32, netlink port id of the request; absent when none
 * @NW_A_WHO_PID: u32, process id in the initial pid namespace; this and the
 *	names are for readers of the initial network namespace only
 * @NW_A_WHO_COMM: string, name of the process
 * @NW_A_WHO_PARENT: string, name of its parent
 * @__NW_A_WHO_MAX: one more than the last
 */
enum nw_who_attr {
	NW_A_WHO_UNSPEC,
	NW_A_WHO_PORTID,
	NW_A_WHO_PID,
	NW_A_WHO_COMM,
	NW_A_WHO_PARENT,
	__NW_A_WHO_MAX
};

#define NW_A_WHO_MAX (__NW_A_WHO_MAX - 1)

/**
 * enum nw_change_attr - a neighbour changed its state or link-layer address
 * @NW_A_CHANGE_UNSPEC: not used
 * @NW_A_CHANGE_PAD: aligns 64 bit attributes
 * @NW_A_CHANGE_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_CHANGE_ADDR: 4 or 16 bytes, the neighbour's address
 * @NW_A_CHANGE_OLD: u8, NUD_* before, %NW_NUD_ABSENT when it did not exist;
 *	absent when no hook saw it, as for what was there at load
 * @NW_A_CHANGE_NEW: u8, NUD_* after, %NW_NUD_ABSENT when it was removed; equal
 *	to OLD when only the link-layer address changed
 * @NW_A_CHANGE_LLADDR: binary, link-layer address after; absent while unknown
 * @NW_A_CHANGE_OLD_LLADDR: binary, the one before, when it changed
 * @NW_A_CHANGE_DWELL: u64, time spent in OLD in ns; absent after creation and
 *	when the beginning was not seen
 * @NW_A_CHANGE_PROBES: u32, solicitations really sent in OLD
 * @NW_A_CHANGE_CONFIRMED: u64, age of the last confirmation in ns (jiffies
 *	resolution); absent where the kernel never set it
 * @NW_A_CHANGE_USED: u64, age of the last use in ns, likewise
 * @NW_A_CHANGE_QUEUED: u32, bytes waiting for resolution
 * @__NW_A_CHANGE_MAX: one more than the last
 */
enum nw_change_attr {
	NW_A_CHANGE_UNSPEC,
	NW_A_CHANGE_PAD,
	NW_A_CHANGE_FAMILY,
	NW_A_CHANGE_ADDR,
	NW_A_CHANGE_OLD,
	NW_A_CHANGE_NEW,
	NW_A_CHANGE_LLADDR,
	NW_A_CHANGE_OLD_LLADDR,
	NW_A_CHANGE_DWELL,
	NW_A_CHANGE_PROBES,
	NW_A_CHANGE_CONFIRMED,
	NW_A_CHANGE_USED,
	NW_A_CHANGE_QUEUED,
	__NW_A_CHANGE_MAX
};

#define NW_A_CHANGE_MAX (__NW_A_CHANGE_MAX - 1)

/**
 * enum nw_offer_attr - a link-layer address that the kernel did not take
 * @NW_A_OFFER_UNSPEC: not used
 * @NW_A_OFFER_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_OFFER_ADDR: 4 or 16 bytes, the neighbour's address
 * @NW_A_OFFER_STATE: u8, NUD_* of the entry
 * @NW_A_OFFER_LLADDR: binary, the address that was kept
 * @NW_A_OFFER_OFFERED: binary, the address that was refused
 * @NW_A_OFFER_COUNT: u32, equal offers this record stands for, itself included
 * @NW_A_OFFER_OVERRIDE: flag, the offer asked to replace (ND Override flag,
 *	ARP after locktime) and the entry is not one that may be replaced
 * @__NW_A_OFFER_MAX: one more than the last
 */
enum nw_offer_attr {
	NW_A_OFFER_UNSPEC,
	NW_A_OFFER_FAMILY,
	NW_A_OFFER_ADDR,
	NW_A_OFFER_STATE,
	NW_A_OFFER_LLADDR,
	NW_A_OFFER_OFFERED,
	NW_A_OFFER_COUNT,
	NW_A_OFFER_OVERRIDE,
	__NW_A_OFFER_MAX
};

#define NW_A_OFFER_MAX (__NW_A_OFFER_MAX - 1)

/**
 * enum nw_confirm_kind - the kind of ARP/ND evidence
 * @NW_CONFIRM_UNKNOWN: not to be told
 * @NW_CONFIRM_REPLY: a solicited answer (asked for NUD_REACHABLE)
 * @NW_CONFIRM_HEARD: any other ARP/ND packet with the known address
 */
enum nw_confirm_kind {
	NW_CONFIRM_UNKNOWN,
	NW_CONFIRM_REPLY,
	NW_CONFIRM_HEARD,
};

/**
 * enum nw_confirm_attr - ARP/ND evidence that changed no state; at most one
 *	record for each neighbour in 10 s
 * @NW_A_CONFIRM_UNSPEC: not used
 * @NW_A_CONFIRM_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_CONFIRM_ADDR: 4 or 16 bytes, the neighbour's address
 * @NW_A_CONFIRM_STATE: u8, NUD_* of the entry
 * @NW_A_CONFIRM_LLADDR: binary, the sender's link-layer address
 * @NW_A_CONFIRM_KIND: u8, &enum nw_confirm_kind
 * @__NW_A_CONFIRM_MAX: one more than the last
 */
enum nw_confirm_attr {
	NW_A_CONFIRM_UNSPEC,
	NW_A_CONFIRM_FAMILY,
	NW_A_CONFIRM_ADDR,
	NW_A_CONFIRM_STATE,
	NW_A_CONFIRM_LLADDR,
	NW_A_CONFIRM_KIND,
	__NW_A_CONFIRM_MAX
};

#define NW_A_CONFIRM_MAX (__NW_A_CONFIRM_MAX - 1)

/**
 * enum nw_carrier - state of a link's carrier
 * @NW_CARRIER_UNKNOWN: not to be told
 * @NW_CARRIER_DOWN: no carrier
 * @NW_CARRIER_UP: carrier
 * @NW_CARRIER_PULSE: down and up again at once (netif_carrier_event())
 */
enum nw_carrier {
	NW_CARRIER_UNKNOWN,
	NW_CARRIER_DOWN,
	NW_CARRIER_UP,
	NW_CARRIER_PULSE,
};

/**
 * enum nw_carrier_attr - a link got or lost its carrier
 * @NW_A_CARRIER_UNSPEC: not used
 * @NW_A_CARRIER_PAD: aligns 64 bit attributes
 * @NW_A_CARRIER_OLD: u8, &enum nw_carrier; absent when not seen
 * @NW_A_CARRIER_NEW: u8, &enum nw_carrier
 * @NW_A_CARRIER_DWELL: u64, time spent in OLD in ns; absent when the beginning
 *	was not seen
 * @NW_A_CARRIER_UP_COUNT: u32, the device's carrier_up_count, this edge included
 * @NW_A_CARRIER_DOWN_COUNT: u32, the device's carrier_down_count, likewise
 * @NW_A_CARRIER_UNSTAMPED: u32, edges the device counted since the last record
 *	that could not be stamped; absent when 0
 * @__NW_A_CARRIER_MAX: one more than the last
 */
enum nw_carrier_attr {
	NW_A_CARRIER_UNSPEC,
	NW_A_CARRIER_PAD,
	NW_A_CARRIER_OLD,
	NW_A_CARRIER_NEW,
	NW_A_CARRIER_DWELL,
	NW_A_CARRIER_UP_COUNT,
	NW_A_CARRIER_DOWN_COUNT,
	NW_A_CARRIER_UNSTAMPED,
	__NW_A_CARRIER_MAX
};

#define NW_A_CARRIER_MAX (__NW_A_CARRIER_MAX - 1)

/**
 * enum nw_mode_attr - how a link runs; what the driver does not tell is absent
 * @NW_A_MODE_UNSPEC: not used
 * @NW_A_MODE_DRIVER: string
 * @NW_A_MODE_SPEED: u32, Mb/s
 * @NW_A_MODE_DUPLEX: u8, DUPLEX_* of linux/ethtool.h
 * @NW_A_MODE_AUTONEG: u8, AUTONEG_* of linux/ethtool.h
 * @NW_A_MODE_PAUSE_RX: u8, 1 when pause frames are obeyed
 * @NW_A_MODE_PAUSE_TX: u8, 1 when pause frames are sent
 * @__NW_A_MODE_MAX: one more than the last
 */
enum nw_mode_attr {
	NW_A_MODE_UNSPEC,
	NW_A_MODE_DRIVER,
	NW_A_MODE_SPEED,
	NW_A_MODE_DUPLEX,
	NW_A_MODE_AUTONEG,
	NW_A_MODE_PAUSE_RX,
	NW_A_MODE_PAUSE_TX,
	__NW_A_MODE_MAX
};

#define NW_A_MODE_MAX (__NW_A_MODE_MAX - 1)

/**
 * enum nw_admin - what happened to a device
 * @NW_ADMIN_UNKNOWN: not to be told
 * @NW_ADMIN_UP: set up
 * @NW_ADMIN_DOWN: set down
 * @NW_ADMIN_RENAMED: has a new name; OLD_DEV is the one before
 * @NW_ADMIN_ADDRESS: has a new link-layer address
 * @NW_ADMIN_MTU: has a new MTU
 * @NW_ADMIN_ENSLAVED: became a lower device of OTHER (bond, bridge, VLAN ...)
 * @NW_ADMIN_RELEASED: is no longer a lower device of OTHER
 * @NW_ADMIN_REGISTERED: came into being, or into this namespace
 * @NW_ADMIN_REMOVED: is gone, or gone from this namespace
 * @NW_ADMIN_BONDING_FAILOVER: a bond changed its active slave
 * @NW_ADMIN_NOTIFY_PEERS: asked to announce its addresses
 * @NW_ADMIN_TX_TIMEOUT: the transmit watchdog fired
 * @__NW_ADMIN_MAX: one more than the last
 */
enum nw_admin {
	NW_ADMIN_UNKNOWN,
	NW_ADMIN_UP,
	NW_ADMIN_DOWN,
	NW_ADMIN_RENAMED,
	NW_ADMIN_ADDRESS,
	NW_ADMIN_MTU,
	NW_ADMIN_ENSLAVED,
	NW_ADMIN_RELEASED,
	NW_ADMIN_REGISTERED,
	NW_ADMIN_REMOVED,
	NW_ADMIN_BONDING_FAILOVER,
	NW_ADMIN_NOTIFY_PEERS,
	NW_ADMIN_TX_TIMEOUT,
	__NW_ADMIN_MAX
};

#define NW_ADMIN_MAX (__NW_ADMIN_MAX - 1)

/**
 * enum nw_admin_attr - a device was configured, came or went
 * @NW_A_ADMIN_UNSPEC: not used
 * @NW_A_ADMIN_CHANGE: u8, &enum nw_admin
 * @NW_A_ADMIN_OLD_DEV: string, the name before
 * @NW_A_ADMIN_OTHER: u32, ifindex of the upper device
 * @NW_A_ADMIN_OTHER_DEV: string, its name
 * @NW_A_ADMIN_MTU: u32, bytes
 * @NW_A_ADMIN_LLADDR: binary, the device's link-layer address
 * @__NW_A_ADMIN_MAX: one more than the last
 */
enum nw_admin_attr {
	NW_A_ADMIN_UNSPEC,
	NW_A_ADMIN_CHANGE,
	NW_A_ADMIN_OLD_DEV,
	NW_A_ADMIN_OTHER,
	NW_A_ADMIN_OTHER_DEV,
	NW_A_ADMIN_MTU,
	NW_A_ADMIN_LLADDR,
	__NW_A_ADMIN_MAX
};

#define NW_A_ADMIN_MAX (__NW_A_ADMIN_MAX - 1)

/**
 * enum nw_change - something came or went
 * @NW_CHANGE_UNKNOWN: not to be told
 * @NW_CHANGE_ADDED: it is there now
 * @NW_CHANGE_REMOVED: it is gone
 */
enum nw_change {
	NW_CHANGE_UNKNOWN,
	NW_CHANGE_ADDED,
	NW_CHANGE_REMOVED,
};

/**
 * enum nw_route_attr - a route's next hop came or went. A next hop that many
 *	routes share is recorded with its first and its last route; those of
 *	default routes always
 * @NW_A_ROUTE_UNSPEC: not used
 * @NW_A_ROUTE_CHANGE: u8, &enum nw_change
 * @NW_A_ROUTE_FAMILY: u8, family of DST
 * @NW_A_ROUTE_DST: 4 or 16 bytes
 * @NW_A_ROUTE_DST_LEN: u8, prefix length, 0 for a default route
 * @NW_A_ROUTE_GATEWAY: 4 or 16 bytes (the length tells its family); absent
 *	when the route leads straight to the device
 * @NW_A_ROUTE_TABLE: u32, routing table
 * @NW_A_ROUTE_PROTOCOL: u8, RTPROT_* of linux/rtnetlink.h
 * @__NW_A_ROUTE_MAX: one more than the last
 */
enum nw_route_attr {
	NW_A_ROUTE_UNSPEC,
	NW_A_ROUTE_CHANGE,
	NW_A_ROUTE_FAMILY,
	NW_A_ROUTE_DST,
	NW_A_ROUTE_DST_LEN,
	NW_A_ROUTE_GATEWAY,
	NW_A_ROUTE_TABLE,
	NW_A_ROUTE_PROTOCOL,
	__NW_A_ROUTE_MAX
};

#define NW_A_ROUTE_MAX (__NW_A_ROUTE_MAX - 1)

/**
 * enum nw_address_attr - a local address came or went
 * @NW_A_ADDRESS_UNSPEC: not used
 * @NW_A_ADDRESS_CHANGE: u8, &enum nw_change
 * @NW_A_ADDRESS_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_ADDRESS_ADDR: 4 or 16 bytes
 * @NW_A_ADDRESS_PREFIX_LEN: u8
 * @__NW_A_ADDRESS_MAX: one more than the last
 */
enum nw_address_attr {
	NW_A_ADDRESS_UNSPEC,
	NW_A_ADDRESS_CHANGE,
	NW_A_ADDRESS_FAMILY,
	NW_A_ADDRESS_ADDR,
	NW_A_ADDRESS_PREFIX_LEN,
	__NW_A_ADDRESS_MAX
};

#define NW_A_ADDRESS_MAX (__NW_A_ADDRESS_MAX - 1)

/**
 * enum nw_params_attr - neighbour sysctls in force for a device
 * @NW_A_PARAMS_UNSPEC: not used
 * @NW_A_PARAMS_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_PARAMS_BASE_REACHABLE_MS: u32, base_reachable_time_ms
 * @NW_A_PARAMS_RETRANS_MS: u32, retrans_time_ms
 * @NW_A_PARAMS_DELAY_PROBE_MS: u32, delay_first_probe_time
 * @NW_A_PARAMS_GC_STALE_MS: u32, gc_stale_time
 * @NW_A_PARAMS_LOCKTIME_MS: u32, locktime
 * @NW_A_PARAMS_UCAST_PROBES: u32, ucast_solicit
 * @NW_A_PARAMS_APP_PROBES: u32, app_solicit
 * @NW_A_PARAMS_MCAST_PROBES: u32, mcast_solicit
 * @NW_A_PARAMS_MCAST_REPROBES: u32, mcast_resolicit
 * @NW_A_PARAMS_FORWARDING: u32, 1 when the device forwards packets
 * @__NW_A_PARAMS_MAX: one more than the last
 */
enum nw_params_attr {
	NW_A_PARAMS_UNSPEC,
	NW_A_PARAMS_FAMILY,
	NW_A_PARAMS_BASE_REACHABLE_MS,
	NW_A_PARAMS_RETRANS_MS,
	NW_A_PARAMS_DELAY_PROBE_MS,
	NW_A_PARAMS_GC_STALE_MS,
	NW_A_PARAMS_LOCKTIME_MS,
	NW_A_PARAMS_UCAST_PROBES,
	NW_A_PARAMS_APP_PROBES,
	NW_A_PARAMS_MCAST_PROBES,
	NW_A_PARAMS_MCAST_REPROBES,
	NW_A_PARAMS_FORWARDING,
	__NW_A_PARAMS_MAX
};

#define NW_A_PARAMS_MAX (__NW_A_PARAMS_MAX - 1)

/**
 * enum nw_table_attr - fill level of a neighbour table; tables are global
 *	over namespaces, so only the initial one has these records
 * @NW_A_TABLE_UNSPEC: not used
 * @NW_A_TABLE_PAD: aligns 64 bit attributes
 * @NW_A_TABLE_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_TABLE_ENTRIES: u32, all entries
 * @NW_A_TABLE_GC_ENTRIES: u32, those that count for garbage collection
 * @NW_A_TABLE_GC_THRESH1: u32, gc_thresh1
 * @NW_A_TABLE_GC_THRESH2: u32, gc_thresh2
 * @NW_A_TABLE_GC_THRESH3: u32, gc_thresh3
 * @NW_A_TABLE_FULLS: u64, creations refused since boot (table_fulls)
 * @NW_A_TABLE_DISCARDS: u64, packets dropped unresolved since boot
 * @__NW_A_TABLE_MAX: one more than the last
 */
enum nw_table_attr {
	NW_A_TABLE_UNSPEC,
	NW_A_TABLE_PAD,
	NW_A_TABLE_FAMILY,
	NW_A_TABLE_ENTRIES,
	NW_A_TABLE_GC_ENTRIES,
	NW_A_TABLE_GC_THRESH1,
	NW_A_TABLE_GC_THRESH2,
	NW_A_TABLE_GC_THRESH3,
	NW_A_TABLE_FULLS,
	NW_A_TABLE_DISCARDS,
	__NW_A_TABLE_MAX
};

#define NW_A_TABLE_MAX (__NW_A_TABLE_MAX - 1)

/**
 * enum nw_where - where observations were lost
 * @NW_WHERE_UNKNOWN: not to be told
 * @NW_WHERE_NEIGH_MEMORY: no memory to track a neighbour
 * @NW_WHERE_NEIGH_LIMIT: the limit of tracked neighbours over all namespaces
 * @NW_WHERE_LINK_MEMORY: no memory to track a link
 * @NW_WHERE_LINK_LIMIT: the limit of tracked links
 * @NW_WHERE_ROUTE_MEMORY: no memory to follow a route
 * @NW_WHERE_ROUTE_LIMIT: the limit of routes followed
 * @__NW_WHERE_MAX: one more than the last
 */
enum nw_where {
	NW_WHERE_UNKNOWN,
	NW_WHERE_NEIGH_MEMORY,
	NW_WHERE_NEIGH_LIMIT,
	NW_WHERE_LINK_MEMORY,
	NW_WHERE_LINK_LIMIT,
	NW_WHERE_ROUTE_MEMORY,
	NW_WHERE_ROUTE_LIMIT,
	__NW_WHERE_MAX
};

#define NW_WHERE_MAX (__NW_WHERE_MAX - 1)

/**
 * enum nw_lost_attr - observations lost before they had a number
 * @NW_A_LOST_UNSPEC: not used
 * @NW_A_LOST_PAD: aligns 64 bit attributes
 * @NW_A_LOST_COUNT: u64, since the last such record
 * @NW_A_LOST_WHERE: u8, &enum nw_where
 * @__NW_A_LOST_MAX: one more than the last
 */
enum nw_lost_attr {
	NW_A_LOST_UNSPEC,
	NW_A_LOST_PAD,
	NW_A_LOST_COUNT,
	NW_A_LOST_WHERE,
	__NW_A_LOST_MAX
};

#define NW_A_LOST_MAX (__NW_A_LOST_MAX - 1)

/**
 * enum nw_sync_attr - the clocks, read together with the record's stamps
 * @NW_A_SYNC_UNSPEC: not used
 * @NW_A_SYNC_PAD: aligns 64 bit attributes
 * @NW_A_SYNC_BOOT: u64, CLOCK_BOOTTIME in ns
 * @NW_A_SYNC_LOCAL: u64, local_clock() in ns, the clock of the kernel log
 * @__NW_A_SYNC_MAX: one more than the last
 */
enum nw_sync_attr {
	NW_A_SYNC_UNSPEC,
	NW_A_SYNC_PAD,
	NW_A_SYNC_BOOT,
	NW_A_SYNC_LOCAL,
	__NW_A_SYNC_MAX
};

#define NW_A_SYNC_MAX (__NW_A_SYNC_MAX - 1)

/**
 * enum nw_step_attr - one of the last transitions of a neighbour or link
 * @NW_A_STEP_UNSPEC: not used
 * @NW_A_STEP_PAD: aligns 64 bit attributes
 * @NW_A_STEP_MONO: u64, when
 * @NW_A_STEP_OLD: u8, NUD_* or &enum nw_carrier; absent when not seen
 * @NW_A_STEP_NEW: u8, likewise
 * @NW_A_STEP_CAUSE: u8, &enum nw_cause
 * @__NW_A_STEP_MAX: one more than the last
 */
enum nw_step_attr {
	NW_A_STEP_UNSPEC,
	NW_A_STEP_PAD,
	NW_A_STEP_MONO,
	NW_A_STEP_OLD,
	NW_A_STEP_NEW,
	NW_A_STEP_CAUSE,
	__NW_A_STEP_MAX
};

#define NW_A_STEP_MAX (__NW_A_STEP_MAX - 1)

/**
 * enum nw_outage_attr - a time in which no packet could flow
 * @NW_A_OUTAGE_UNSPEC: not used
 * @NW_A_OUTAGE_PAD: aligns 64 bit attributes
 * @NW_A_OUTAGE_BEGIN: u64, when the neighbour left NUD_VALID (a link: its
 *	carrier)
 * @NW_A_OUTAGE_FAILED: u64, first FAILED; absent when it never came to that
 * @NW_A_OUTAGE_END: u64, usable again; absent while the outage lasts
 * @NW_A_OUTAGE_ROUNDS: u32, times FAILED was reached
 * @NW_A_OUTAGE_PATH: binary, NUD_* one byte each, the states on the way to the
 *	first FAILED, at most %NW_OUTAGE_PATH; neighbours only
 * @__NW_A_OUTAGE_MAX: one more than the last
 */
enum nw_outage_attr {
	NW_A_OUTAGE_UNSPEC,
	NW_A_OUTAGE_PAD,
	NW_A_OUTAGE_BEGIN,
	NW_A_OUTAGE_FAILED,
	NW_A_OUTAGE_END,
	NW_A_OUTAGE_ROUNDS,
	NW_A_OUTAGE_PATH,
	__NW_A_OUTAGE_MAX
};

#define NW_A_OUTAGE_MAX (__NW_A_OUTAGE_MAX - 1)

/**
 * enum nw_neigh_attr - a tracked neighbour
 * @NW_A_NEIGH_UNSPEC: not used
 * @NW_A_NEIGH_PAD: aligns 64 bit attributes
 * @NW_A_NEIGH_IFINDEX: u32, device
 * @NW_A_NEIGH_DEV: string, its name when the neighbour was last seen
 * @NW_A_NEIGH_FAMILY: u8, AF_INET or AF_INET6
 * @NW_A_NEIGH_ADDR: 4 or 16 bytes
 * @NW_A_NEIGH_STATE: u8, NUD_*, %NW_NUD_ABSENT when the kernel removed it
 * @NW_A_NEIGH_LLADDR: binary, current or last known; absent when never known
 * @NW_A_NEIGH_FLAGS: u32, &enum nw_flags
 * @NW_A_NEIGH_BORN: u64, when this incarnation was created; absent when before
 *	the module was loaded
 * @NW_A_NEIGH_SINCE: u64, when the current state began; absent likewise
 * @NW_A_NEIGH_ARP_PROOF: u64, last ARP/ND packet from the current link-layer
 *	address; absent when none was seen
 * @NW_A_NEIGH_UPPER_PROOF: u64, last transition that an upper layer confirmed
 * @NW_A_NEIGH_MOVED: u64, when the link-layer address last changed
 * @NW_A_NEIGH_PREV_LLADDR: binary, the link-layer address before that
 * @NW_A_NEIGH_TRANSITIONS: u32, state changes recorded
 * @NW_A_NEIGH_FAILURES: u32, times FAILED was reached
 * @NW_A_NEIGH_OUTAGES: u32, times NUD_VALID was lost
 * @NW_A_NEIGH_MOVES: u32, times the link-layer address changed
 * @NW_A_NEIGH_OFFERS: u32, offers refused
 * @NW_A_NEIGH_LAST: nest of &enum nw_step_attr, oldest first
 * @NW_A_NEIGH_OUTAGE: nest of &enum nw_outage_attr, oldest first
 * @__NW_A_NEIGH_MAX: one more than the last
 */
enum nw_neigh_attr {
	NW_A_NEIGH_UNSPEC,
	NW_A_NEIGH_PAD,
	NW_A_NEIGH_IFINDEX,
	NW_A_NEIGH_DEV,
	NW_A_NEIGH_FAMILY,
	NW_A_NEIGH_ADDR,
	NW_A_NEIGH_STATE,
	NW_A_NEIGH_LLADDR,
	NW_A_NEIGH_FLAGS,
	NW_A_NEIGH_BORN,
	NW_A_NEIGH_SINCE,
	NW_A_NEIGH_ARP_PROOF,
	NW_A_NEIGH_UPPER_PROOF,
	NW_A_NEIGH_MOVED,
	NW_A_NEIGH_PREV_LLADDR,
	NW_A_NEIGH_TRANSITIONS,
	NW_A_NEIGH_FAILURES,
	NW_A_NEIGH_OUTAGES,
	NW_A_NEIGH_MOVES,
	NW_A_NEIGH_OFFERS,
	NW_A_NEIGH_LAST,
	NW_A_NEIGH_OUTAGE,
	__NW_A_NEIGH_MAX
};

#define NW_A_NEIGH_MAX (__NW_A_NEIGH_MAX - 1)

/**
 * enum nw_link_attr - a tracked link
 * @NW_A_LINK_UNSPEC: not used
 * @NW_A_LINK_PAD: aligns 64 bit attributes
 * @NW_A_LINK_IFINDEX: u32
 * @NW_A_LINK_DEV: string, name
 * @NW_A_LINK_CARRIER: u8, &enum nw_carrier
 * @NW_A_LINK_FLAGS: u32, &enum nw_flags
 * @NW_A_LINK_SINCE: u64, when the carrier last changed; absent when before the
 *	module was loaded
 * @NW_A_LINK_UP_COUNT: u32, the device's carrier_up_count
 * @NW_A_LINK_DOWN_COUNT: u32, the device's carrier_down_count
 * @NW_A_LINK_EDGES: u32, carrier changes stamped
 * @NW_A_LINK_UNSTAMPED: u32, carrier changes counted by the device only
 * @NW_A_LINK_LOSSES: u32, carrier losses that the driver reported
 * @NW_A_LINK_MASTER: u32, ifindex of the bond or bridge above
 * @NW_A_LINK_MODE: nest of &enum nw_mode_attr, as last seen with carrier
 * @NW_A_LINK_LAST: nest of &enum nw_step_attr, oldest first
 * @NW_A_LINK_OUTAGE: nest of &enum nw_outage_attr, oldest first
 * @__NW_A_LINK_MAX: one more than the last
 */
enum nw_link_attr {
	NW_A_LINK_UNSPEC,
	NW_A_LINK_PAD,
	NW_A_LINK_IFINDEX,
	NW_A_LINK_DEV,
	NW_A_LINK_CARRIER,
	NW_A_LINK_FLAGS,
	NW_A_LINK_SINCE,
	NW_A_LINK_UP_COUNT,
	NW_A_LINK_DOWN_COUNT,
	NW_A_LINK_EDGES,
	NW_A_LINK_UNSTAMPED,
	NW_A_LINK_LOSSES,
	NW_A_LINK_MASTER,
	NW_A_LINK_MODE,
	NW_A_LINK_LAST,
	NW_A_LINK_OUTAGE,
	__NW_A_LINK_MAX
};

#define NW_A_LINK_MAX (__NW_A_LINK_MAX - 1)

/**
 * enum nw_nexthop_attr - a next hop that a route uses now
 * @NW_A_NEXTHOP_UNSPEC: not used
 * @NW_A_NEXTHOP_PAD: aligns 64 bit attributes
 * @NW_A_NEXTHOP_IFINDEX: u32, device
 * @NW_A_NEXTHOP_DEV: string, its name
 * @NW_A_NEXTHOP_GATEWAY: 4 or 16 bytes; absent for a default route straight to
 *	the device
 * @NW_A_NEXTHOP_FAMILY: u8, family of GATEWAY, of the routes where there is none
 * @NW_A_NEXTHOP_ROUTES: u32, routes that use it
 * @NW_A_NEXTHOP_DEFAULTS: u32, default routes among them
 * @NW_A_NEXTHOP_SINCE: u64, when the first of them came; absent when before
 *	the module was loaded
 * @__NW_A_NEXTHOP_MAX: one more than the last
 */
enum nw_nexthop_attr {
	NW_A_NEXTHOP_UNSPEC,
	NW_A_NEXTHOP_PAD,
	NW_A_NEXTHOP_IFINDEX,
	NW_A_NEXTHOP_DEV,
	NW_A_NEXTHOP_GATEWAY,
	NW_A_NEXTHOP_FAMILY,
	NW_A_NEXTHOP_ROUTES,
	NW_A_NEXTHOP_DEFAULTS,
	NW_A_NEXTHOP_SINCE,
	__NW_A_NEXTHOP_MAX
};

#define NW_A_NEXTHOP_MAX (__NW_A_NEXTHOP_MAX - 1)

/**
 * enum nw_features - bits of NW_A_STATS_FEATURES; readers tell by these, never
 *	by the version, what a module can do
 * @NW_FEATURE_NEIGH: records neighbours
 * @NW_FEATURE_CARRIER: stamps carrier edges at the driver's call
 * @NW_FEATURE_ROUTE: records next hops
 * @NW_FEATURE_ADDRESS: records local addresses
 * @NW_FEATURE_ALL_NETNS: can show all namespaces
 */
enum nw_features {
	NW_FEATURE_NEIGH	= 1 << 0,
	NW_FEATURE_CARRIER	= 1 << 1,
	NW_FEATURE_ROUTE	= 1 << 2,
	NW_FEATURE_ADDRESS	= 1 << 3,
	NW_FEATURE_ALL_NETNS	= 1 << 4,
};

/**
 * enum nw_source_state - whether a source of observations works
 * @NW_SOURCE_UNKNOWN: not used
 * @NW_SOURCE_ACTIVE: it works
 * @NW_SOURCE_ABSENT: this kernel does not offer it
 * @NW_SOURCE_OFF: switched off by module parameter
 */
enum nw_source_state {
	NW_SOURCE_UNKNOWN,
	NW_SOURCE_ACTIVE,
	NW_SOURCE_ABSENT,
	NW_SOURCE_OFF,
};

/**
 * enum nw_source_attr - a source of observations
 * @NW_A_SOURCE_UNSPEC: not used
 * @NW_A_SOURCE_PAD: aligns 64 bit attributes
 * @NW_A_SOURCE_NAME: string, such as "neigh_timer_handler"
 * @NW_A_SOURCE_STATE: u8, &enum nw_source_state
 * @NW_A_SOURCE_MISSED: u64, times the kernel could not call the hook (nested
 *	kprobes), whatever the namespace; absent where that cannot happen, and
 *	outside the initial network namespace
 * @__NW_A_SOURCE_MAX: one more than the last
 */
enum nw_source_attr {
	NW_A_SOURCE_UNSPEC,
	NW_A_SOURCE_PAD,
	NW_A_SOURCE_NAME,
	NW_A_SOURCE_STATE,
	NW_A_SOURCE_MISSED,
	__NW_A_SOURCE_MAX
};

#define NW_A_SOURCE_MAX (__NW_A_SOURCE_MAX - 1)

/**
 * enum nw_stats_attr - statistics; all but VERSION, FEATURES and SOURCE are
 *	of one namespace
 * @NW_A_STATS_UNSPEC: not used
 * @NW_A_STATS_PAD: aligns 64 bit attributes
 * @NW_A_STATS_VERSION: string, version of the module
 * @NW_A_STATS_FEATURES: u64, &enum nw_features
 * @NW_A_STATS_SOURCE: nest of &enum nw_source_attr, one for each source
 * @NW_A_STATS_LOADED: u64, when the module was loaded
 * @NW_A_STATS_MONO: u64, CLOCK_MONOTONIC now
 * @NW_A_STATS_REAL: u64, CLOCK_REALTIME now
 * @NW_A_STATS_BOOT: u64, CLOCK_BOOTTIME now
 * @NW_A_STATS_RING_SIZE: u64, records the ring can hold
 * @NW_A_STATS_OLDEST_SEQ: u64, oldest record still kept
 * @NW_A_STATS_OLDEST_MONO: u64, its stamp; absent when there is none
 * @NW_A_STATS_OLDEST_REAL: u64, likewise
 * @NW_A_STATS_OVERWRITTEN: u64, records that aged out of the ring
 * @NW_A_STATS_NEIGHS: u64, neighbours tracked
 * @NW_A_STATS_NEIGHS_MAX: u64, limit of that
 * @NW_A_STATS_LINKS: u64, links tracked
 * @NW_A_STATS_LINKS_MAX: u64, limit of that
 * @NW_A_STATS_NEXTHOPS: u64, next hops in use
 * @NW_A_STATS_ROUTES: u64, routes followed
 * @NW_A_STATS_ROUTES_MAX: u64, limit of that
 * @NW_A_STATS_LOST_NEIGH_MEMORY: u64, see &enum nw_where
 * @NW_A_STATS_LOST_NEIGH_LIMIT: u64, likewise
 * @NW_A_STATS_LOST_LINK_MEMORY: u64, likewise
 * @NW_A_STATS_LOST_LINK_LIMIT: u64, likewise
 * @NW_A_STATS_LOST_ROUTE_MEMORY: u64, likewise
 * @NW_A_STATS_LOST_ROUTE_LIMIT: u64, likewise
 * @NW_A_STATS_LOST_MULTICAST: u64, records overwritten before they were sent
 *	to the subscribers
 * @NW_A_STATS_EVICTED_FAILED: u64, tracked neighbours given up: gone and never
 *	reachable
 * @NW_A_STATS_EVICTED_UNPROVEN: u64, likewise: there and never reachable
 * @NW_A_STATS_EVICTED_GONE: u64, likewise: gone, the oldest
 * @NW_A_STATS_INFERRED: u64, transitions reconstructed
 * @NW_A_STATS_OVERFLOWS: u64, creations the kernel refused, table full
 * @NW_A_STATS_MULTICAST_SKIPPED: u64, NOARP entries of group addresses, counted
 *	and not tracked
 * @NW_A_STATS_CREATE_FAILED: u64, neighbours that never came to be inserted
 * @NW_A_STATS_GONE: u64, when the namespace ceased to be, CLOCK_MONOTONIC;
 *	absent while it is there. Another may have its inode number since
 * @__NW_A_STATS_MAX: one more than the last
 */
enum nw_stats_attr {
	NW_A_STATS_UNSPEC,
	NW_A_STATS_PAD,
	NW_A_STATS_VERSION,
	NW_A_STATS_FEATURES,
	NW_A_STATS_SOURCE,
	NW_A_STATS_LOADED,
	NW_A_STATS_MONO,
	NW_A_STATS_REAL,
	NW_A_STATS_BOOT,
	NW_A_STATS_RING_SIZE,
	NW_A_STATS_OLDEST_SEQ,
	NW_A_STATS_OLDEST_MONO,
	NW_A_STATS_OLDEST_REAL,
	NW_A_STATS_OVERWRITTEN,
	NW_A_STATS_NEIGHS,
	NW_A_STATS_NEIGHS_MAX,
	NW_A_STATS_LINKS,
	NW_A_STATS_LINKS_MAX,
	NW_A_STATS_NEXTHOPS,
	NW_A_STATS_ROUTES,
	NW_A_STATS_ROUTES_MAX,
	NW_A_STATS_LOST_NEIGH_MEMORY,
	NW_A_STATS_LOST_NEIGH_LIMIT,
	NW_A_STATS_LOST_LINK_MEMORY,
	NW_A_STATS_LOST_LINK_LIMIT,
	NW_A_STATS_LOST_ROUTE_MEMORY,
	NW_A_STATS_LOST_ROUTE_LIMIT,
	NW_A_STATS_LOST_MULTICAST,
	NW_A_STATS_EVICTED_FAILED,
	NW_A_STATS_EVICTED_UNPROVEN,
	NW_A_STATS_EVICTED_GONE,
	NW_A_STATS_INFERRED,
	NW_A_STATS_OVERFLOWS,
	NW_A_STATS_MULTICAST_SKIPPED,
	NW_A_STATS_CREATE_FAILED,
	NW_A_STATS_GONE,
	__NW_A_STATS_MAX
};

#define NW_A_STATS_MAX (__NW_A_STATS_MAX - 1)

#endif /* _UAPI_LINUX_NEIGHWATCH_H */
