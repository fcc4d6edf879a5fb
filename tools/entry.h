/* SPDX-License-Identifier: GPL-2.0 */
/* What a recording says, one at a time: events, losses, how far it goes. */
#ifndef NW_ENTRY_H
#define NW_ENTRY_H

#include "clock.h"
#include "event.h"

enum nw_entry_kind {
	NW_ENTRY_NONE,		/* nothing to judge */
	NW_ENTRY_EVENT,
	NW_ENTRY_LOST,		/* records the reader never got */
	NW_ENTRY_END,		/* up to here nothing else happened */
};

/**
 * struct nw_entry - one of them
 * @kind: enum nw_entry_kind
 * @ev: the event; of the others, its origin and stamps
 * @first: number of the first lost record; 0: not known
 * @count: how many were lost
 * @undated: a wall time whose year is not known, and when it was; 0: none
 * @coarse: wall times end at whole seconds
 */
struct nw_entry {
	enum nw_entry_kind kind;
	struct nw_event ev;
	__u64 first;
	__u64 count;
	struct nw_clock undated;
	bool coarse;
};

/* A handle for a device known by its name alone; no kernel has such numbers. */
__u32 nw_entry_ifindex(const char *dev);

#endif /* NW_ENTRY_H */
