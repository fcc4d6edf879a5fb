/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_SOURCE_H
#define _NEIGHWATCH_SOURCE_H

#include <linux/types.h>
#include <linux/neighwatch.h>

struct kprobe;

/* What observations come from, named as people find it in the kernel. */
enum nw_source {
	NW_SOURCE_NETEVENT,
	NW_SOURCE_NEIGH_CREATE,
	NW_SOURCE_NEIGH_UPDATE,
	NW_SOURCE_NEIGH_UPDATE_DONE,
	NW_SOURCE_NEIGH_TIMER_HANDLER,
	NW_SOURCE_NEIGH_EVENT_SEND_DONE,
	NW_SOURCE_NEIGH_CLEANUP_AND_RELEASE,
	NW_SOURCE_NEIGH_SET_PROBE_ONCE,
	NW_SOURCE_NETDEVICE,
	NW_SOURCE_CARRIER_ON,
	NW_SOURCE_CARRIER_OFF,
	NW_SOURCE_CARRIER_EVENT,
	NW_SOURCE_TX_TIMEOUT,
	NW_SOURCE_FIB,
	NW_SOURCE_NEXTHOP,
	NW_SOURCE_INETADDR,
	NW_SOURCE_INET6ADDR,
	__NW_SOURCE_MAX
};

int nw_source_parse_off(const char *names);
const char *nw_source_name(enum nw_source source);
enum nw_source_state nw_source_state(enum nw_source source);
bool nw_source_active(enum nw_source source);
bool nw_source_wanted(enum nw_source source);
void nw_source_on(enum nw_source source, struct kprobe *kprobe);
void nw_source_stop(enum nw_source source);
bool nw_source_missed(enum nw_source source, u64 *missed);
void nw_source_report(void);

int nw_source_tracepoint(enum nw_source source, void *probe);
void nw_source_tracepoint_off(enum nw_source source, void *probe);
int nw_source_kprobe(enum nw_source source, struct kprobe *kprobe);
void nw_source_kprobe_off(enum nw_source source, struct kprobe *kprobe);

#endif /* _NEIGHWATCH_SOURCE_H */
