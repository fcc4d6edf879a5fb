/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM neighwatch

#if !defined(_NEIGHWATCH_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _NEIGHWATCH_TRACE_H

#include <linux/socket.h>
#include <linux/tracepoint.h>
#include <net/neighbour.h>
#include "record.h"

#define nw_trace_state(state)						\
	__print_symbolic(state,						\
		{ NUD_NONE, "NONE" }, { NUD_INCOMPLETE, "INCOMPLETE" },	\
		{ NUD_REACHABLE, "REACHABLE" }, { NUD_STALE, "STALE" },	\
		{ NUD_DELAY, "DELAY" }, { NUD_PROBE, "PROBE" },		\
		{ NUD_FAILED, "FAILED" }, { NUD_NOARP, "NOARP" },	\
		{ NUD_PERMANENT, "PERMANENT" },				\
		{ NW_NUD_ABSENT, "absent" }, { NW_NUD_UNKNOWN, "?" })

#define nw_trace_cause(cause)						\
	__print_symbolic(cause,						\
		{ NW_CAUSE_INITIAL, "initial" },			\
		{ NW_CAUSE_TIMER, "timer" },				\
		{ NW_CAUSE_TRANSMIT, "transmit" },			\
		{ NW_CAUSE_PACKET, "packet" },				\
		{ NW_CAUSE_UPPER_LAYER, "upper-layer" },		\
		{ NW_CAUSE_ADMIN, "admin" }, { NW_CAUSE_GC, "gc" },	\
		{ NW_CAUSE_LINK_DOWN, "link-down" },			\
		{ NW_CAUSE_ADDRESS_CHANGED, "address-changed" },	\
		{ NW_CAUSE_DEVICE_GONE, "device-gone" },		\
		{ NW_CAUSE_DRIVER, "driver" },				\
		{ NW_CAUSE_UNKNOWN, "unknown" })

#define nw_trace_carrier(carrier)					\
	__print_symbolic(carrier,					\
		{ NW_CARRIER_UNKNOWN, "?" }, { NW_CARRIER_DOWN, "down" },\
		{ NW_CARRIER_UP, "up" }, { NW_CARRIER_PULSE, "pulse" })

TRACE_EVENT(neigh,
	TP_PROTO(const struct nw_record *rec),
	TP_ARGS(rec),
	TP_STRUCT__entry(
		__field(u64, mono)
		__field(int, ifindex)
		__field(u16, flags)
		__field(u8, family)
		__field(u8, old)
		__field(u8, new)
		__field(u8, cause)
		__array(char, dev, IFNAMSIZ)
		__array(u8, addr, NW_ADDR_MAX)
	),
	TP_fast_assign(
		__entry->mono = rec->mono;
		__entry->ifindex = rec->ifindex;
		__entry->flags = rec->flags;
		__entry->family = rec->family;
		__entry->old = rec->old;
		__entry->new = rec->new;
		__entry->cause = rec->cause;
		memcpy(__entry->dev, rec->dev, IFNAMSIZ);
		memcpy(__entry->addr, rec->change.addr, NW_ADDR_MAX);
	),
	TP_printk("mono=%llu dev=%s ifindex=%d family=%s addr4=%pI4 addr6=%pI6c %s -> %s cause=%s%s",
		  __entry->mono, __entry->dev, __entry->ifindex,
		  __entry->family == AF_INET ? "inet" : "inet6",
		  __entry->addr, __entry->addr,
		  nw_trace_state(__entry->old), nw_trace_state(__entry->new),
		  nw_trace_cause(__entry->cause),
		  __entry->flags & NW_F_INFERRED ? " inferred" : "")
);

TRACE_EVENT(offer,
	TP_PROTO(const struct nw_record *rec),
	TP_ARGS(rec),
	TP_STRUCT__entry(
		__field(u64, mono)
		__field(int, ifindex)
		__field(u32, count)
		__field(u8, family)
		__field(u8, state)
		__field(u8, kept_len)
		__field(u8, offered_len)
		__array(char, dev, IFNAMSIZ)
		__array(u8, addr, NW_ADDR_MAX)
		__array(u8, kept, NW_LLADDR_MAX)
		__array(u8, offered, NW_LLADDR_MAX)
	),
	TP_fast_assign(
		__entry->mono = rec->mono;
		__entry->ifindex = rec->ifindex;
		__entry->count = rec->offer.count;
		__entry->family = rec->family;
		__entry->state = rec->old;
		__entry->kept_len = rec->ll_len;
		__entry->offered_len = rec->ll2_len;
		memcpy(__entry->dev, rec->dev, IFNAMSIZ);
		memcpy(__entry->addr, rec->offer.addr, NW_ADDR_MAX);
		memcpy(__entry->kept, rec->offer.lladdr, NW_LLADDR_MAX);
		memcpy(__entry->offered, rec->offer.offered, NW_LLADDR_MAX);
	),
	TP_printk("mono=%llu dev=%s ifindex=%d family=%s addr4=%pI4 addr6=%pI6c state=%s kept=%s offered=%s count=%u",
		  __entry->mono, __entry->dev, __entry->ifindex,
		  __entry->family == AF_INET ? "inet" : "inet6",
		  __entry->addr, __entry->addr,
		  nw_trace_state(__entry->state),
		  __print_hex_str(__entry->kept, __entry->kept_len),
		  __print_hex_str(__entry->offered, __entry->offered_len),
		  __entry->count)
);

TRACE_EVENT(carrier,
	TP_PROTO(const struct nw_record *rec),
	TP_ARGS(rec),
	TP_STRUCT__entry(
		__field(u64, mono)
		__field(int, ifindex)
		__field(u32, up_count)
		__field(u32, down_count)
		__field(u32, unstamped)
		__field(u8, old)
		__field(u8, new)
		__field(u8, cause)
		__array(char, dev, IFNAMSIZ)
	),
	TP_fast_assign(
		__entry->mono = rec->mono;
		__entry->ifindex = rec->ifindex;
		__entry->up_count = rec->edge.up_count;
		__entry->down_count = rec->edge.down_count;
		__entry->unstamped = rec->edge.unstamped;
		__entry->old = rec->old;
		__entry->new = rec->new;
		__entry->cause = rec->cause;
		memcpy(__entry->dev, rec->dev, IFNAMSIZ);
	),
	TP_printk("mono=%llu dev=%s ifindex=%d %s -> %s cause=%s up_count=%u down_count=%u unstamped=%u",
		  __entry->mono, __entry->dev, __entry->ifindex,
		  nw_trace_carrier(__entry->old),
		  nw_trace_carrier(__entry->new),
		  nw_trace_cause(__entry->cause), __entry->up_count,
		  __entry->down_count, __entry->unstamped)
);

#endif /* _NEIGHWATCH_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
