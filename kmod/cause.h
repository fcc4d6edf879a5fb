/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_CAUSE_H
#define _NEIGHWATCH_CAUSE_H

#include <linux/neighwatch.h>
#include <linux/types.h>
#include "note.h"

u8 nw_cause_natural(u8 old, u8 new);

/* Why a change was made: by the neigh_update() that left @note, if any. */
static inline u8 nw_cause_of(const struct nw_note *note, u8 old, u8 new)
{
	if (!note)
		return nw_cause_natural(old, new);
	return note->flags & NW_NOTE_ADMIN ? NW_CAUSE_ADMIN : NW_CAUSE_PACKET;
}

#endif /* _NEIGHWATCH_CAUSE_H */
