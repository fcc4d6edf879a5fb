// SPDX-License-Identifier: GPL-2.0
/* Why a neighbour changes its state, where the change itself tells. */
#include <net/neighbour.h>
#include <linux/neighwatch.h>
#include "cause.h"

/**
 * nw_cause_natural() - what a transition means that nobody asked for
 * @old: NUD_*
 * @new: NUD_*
 *
 * Without neigh_update() it is the timer or a packet to be sent that changes
 * states (neigh_timer_handler(), __neigh_event_send()).
 *
 * Return: &enum nw_cause.
 */
u8 nw_cause_natural(u8 old, u8 new)
{
	switch (new) {
	case NUD_INCOMPLETE:
		return NW_CAUSE_TRANSMIT;
	case NUD_DELAY:
		return old == NUD_STALE ? NW_CAUSE_TRANSMIT :
		       old == NUD_REACHABLE ? NW_CAUSE_TIMER : NW_CAUSE_UNKNOWN;
	case NUD_STALE:
		return old == NUD_REACHABLE ? NW_CAUSE_TIMER : NW_CAUSE_UNKNOWN;
	case NUD_PROBE:
		return old == NUD_DELAY ? NW_CAUSE_TIMER : NW_CAUSE_UNKNOWN;
	case NUD_FAILED:
		return old == NUD_INCOMPLETE || old == NUD_PROBE ?
		       NW_CAUSE_TIMER : NW_CAUSE_UNKNOWN;
	case NUD_REACHABLE:
		return old == NUD_DELAY ? NW_CAUSE_UPPER_LAYER
					: NW_CAUSE_UNKNOWN;
	default:
		return NW_CAUSE_UNKNOWN;
	}
}
