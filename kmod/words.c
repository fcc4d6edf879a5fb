// SPDX-License-Identifier: GPL-2.0
/* The names of values, the same as the command line prints. */
#include <linux/kernel.h>
#include <net/neighbour.h>
#include "netns.h"
#include "record.h"
#include "words.h"

static const char *word(const char * const *words, size_t count, u8 i)
{
	return i < count && words[i] ? words[i] : "?";
}

const char *nw_word_nud(u8 state)
{
	switch (state) {
	case NUD_NONE:
		return "NONE";
	case NUD_INCOMPLETE:
		return "INCOMPLETE";
	case NUD_REACHABLE:
		return "REACHABLE";
	case NUD_STALE:
		return "STALE";
	case NUD_DELAY:
		return "DELAY";
	case NUD_PROBE:
		return "PROBE";
	case NUD_FAILED:
		return "FAILED";
	case NUD_NOARP:
		return "NOARP";
	case NUD_PERMANENT:
		return "PERMANENT";
	case NW_NUD_ABSENT:
		return "absent";
	default:
		return "?";
	}
}

const char *nw_word_cause(u8 cause)
{
	static const char * const words[] = {
		[NW_CAUSE_UNKNOWN]		= "unknown",
		[NW_CAUSE_INITIAL]		= "initial",
		[NW_CAUSE_TIMER]		= "timer",
		[NW_CAUSE_TRANSMIT]		= "transmit",
		[NW_CAUSE_PACKET]		= "packet",
		[NW_CAUSE_UPPER_LAYER]		= "upper-layer",
		[NW_CAUSE_ADMIN]		= "admin",
		[NW_CAUSE_GC]			= "gc",
		[NW_CAUSE_LINK_DOWN]		= "link-down",
		[NW_CAUSE_ADDRESS_CHANGED]	= "address-changed",
		[NW_CAUSE_DEVICE_GONE]		= "device-gone",
		[NW_CAUSE_DRIVER]		= "driver",
	};

	return word(words, ARRAY_SIZE(words), cause);
}

const char *nw_word_type(u8 type)
{
	static const char * const words[] = {
		[NW_TYPE_NEIGH]		= "neigh",
		[NW_TYPE_OFFER]		= "offer",
		[NW_TYPE_CONFIRM]	= "confirm",
		[NW_TYPE_CARRIER]	= "carrier",
		[NW_TYPE_LINK_MODE]	= "link-mode",
		[NW_TYPE_LINK_ADMIN]	= "link-admin",
		[NW_TYPE_ROUTE]		= "route",
		[NW_TYPE_ADDRESS]	= "address",
		[NW_TYPE_PARAMS]	= "params",
		[NW_TYPE_TABLE]		= "table",
		[NW_TYPE_LOST]		= "lost",
		[NW_TYPE_SYNC]		= "sync",
	};

	return word(words, ARRAY_SIZE(words), type);
}

const char *nw_word_carrier(u8 carrier)
{
	static const char * const words[] = {
		[NW_CARRIER_DOWN]	= "down",
		[NW_CARRIER_UP]		= "up",
		[NW_CARRIER_PULSE]	= "pulse",
	};

	return word(words, ARRAY_SIZE(words), carrier);
}

const char *nw_word_admin(u8 change)
{
	static const char * const words[] = {
		[NW_ADMIN_UP]			= "up",
		[NW_ADMIN_DOWN]			= "down",
		[NW_ADMIN_RENAMED]		= "renamed",
		[NW_ADMIN_ADDRESS]		= "address",
		[NW_ADMIN_MTU]			= "mtu",
		[NW_ADMIN_ENSLAVED]		= "enslaved",
		[NW_ADMIN_RELEASED]		= "released",
		[NW_ADMIN_REGISTERED]		= "registered",
		[NW_ADMIN_REMOVED]		= "removed",
		[NW_ADMIN_BONDING_FAILOVER]	= "bonding-failover",
		[NW_ADMIN_NOTIFY_PEERS]		= "notify-peers",
		[NW_ADMIN_TX_TIMEOUT]		= "tx-timeout",
	};

	return word(words, ARRAY_SIZE(words), change);
}

const char *nw_word_change(u8 change)
{
	static const char * const words[] = {
		[NW_CHANGE_ADDED]	= "added",
		[NW_CHANGE_REMOVED]	= "removed",
	};

	return word(words, ARRAY_SIZE(words), change);
}

const char *nw_word_source(u8 state)
{
	static const char * const words[] = {
		[NW_SOURCE_ACTIVE]	= "active",
		[NW_SOURCE_ABSENT]	= "absent",
		[NW_SOURCE_OFF]		= "off",
	};

	return word(words, ARRAY_SIZE(words), state);
}

const char *nw_word_count(u8 count)
{
	static const char * const words[] = {
		[NW_COUNT_LOST_NEIGH_MEMORY]	= "lost_neigh_memory",
		[NW_COUNT_LOST_NEIGH_LIMIT]	= "lost_neigh_limit",
		[NW_COUNT_LOST_LINK_MEMORY]	= "lost_link_memory",
		[NW_COUNT_LOST_LINK_LIMIT]	= "lost_link_limit",
		[NW_COUNT_LOST_ROUTE_MEMORY]	= "lost_route_memory",
		[NW_COUNT_LOST_ROUTE_LIMIT]	= "lost_route_limit",
		[NW_COUNT_LOST_MULTICAST]	= "lost_multicast",
		[NW_COUNT_EVICTED_FAILED]	= "evicted_failed",
		[NW_COUNT_EVICTED_UNPROVEN]	= "evicted_unproven",
		[NW_COUNT_EVICTED_GONE]		= "evicted_gone",
		[NW_COUNT_INFERRED]		= "inferred",
		[NW_COUNT_OVERFLOWS]		= "overflows",
		[NW_COUNT_MULTICAST_SKIPPED]	= "multicast_skipped",
		[NW_COUNT_CREATE_FAILED]	= "create_failed",
	};

	return word(words, ARRAY_SIZE(words), count);
}
