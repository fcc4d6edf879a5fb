/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NOTE_H
#define _NEIGHWATCH_NOTE_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <net/neighbour.h>
#include "compat.h"

/* In a context's word: it serves a softirq, on top of whatever task. */
#define NW_CONTEXT_SOFTIRQ	1UL
/* In &nw_note.context: all that the call did was seen. */
#define NW_CONTEXT_TOLD		2UL

/**
 * struct nw_note - what neigh_update() was called with, until it is done
 * @context: who called, see nw_note_context(); that context alone may use it.
 *	0 when there is no note; with %NW_CONTEXT_TOLD it was closed early
 * @lladdr: link-layer address offered, or NULL; the caller's memory, there as
 *	long as the call lasts
 * @portid: netlink port id of the request
 * @new: NUD_* asked for
 * @state: NUD_* when it began
 * @flags: NW_NOTE_*
 *
 * Inside the neighbour's lock; @context is also read without.
 */
struct nw_note {
	unsigned long context;
	const u8 *lladdr;
	u32 portid;
	u8 new;
	u8 state;
	u8 flags;
};

/* An administrator called. */
#define NW_NOTE_ADMIN		1
/* It asked to replace another link-layer address. */
#define NW_NOTE_OVERRIDE	2
/* The entry's link-layer address changed since. */
#define NW_NOTE_MOVED		4
/* What the call stores was recorded since. */
#define NW_NOTE_STORED		8
/* It asks the kernel to use the entry (NTF_USE): PERMANENT becomes NONE at most. */
#define NW_NOTE_USE		16
/* The entry's NTF_* changed since, which is announced, too. */
#define NW_NOTE_FLAGGED		32

/**
 * nw_note_context() - this context: the task, and whether it serves a softirq
 *
 * No hook for neighbours runs in hardirq: n->lock is not for that.
 */
static inline unsigned long nw_note_context(void)
{
	return (unsigned long)current |
	       (in_serving_softirq() ? NW_CONTEXT_SOFTIRQ : 0);
}

/*
 * The state that a call may have left that something overtook: what it asked for,
 * if it is an administrator's; a packet received asks for STALE, or makes it of
 * REACHABLE where it may not replace the link-layer address. The REACHABLE that
 * an answer brings is not overtaken so soon.
 */
static inline u8 nw_note_stores(const struct nw_note *note)
{
	return note->flags & NW_NOTE_ADMIN ? note->new : NUD_STALE;
}

/* Whether @state may be what the call left. */
static inline bool nw_note_leaves(const struct nw_note *note, u8 state)
{
	return note->new == state || nw_note_stores(note) == state;
}

/* Some neigh_update() is under way, perhaps that of another context. */
static inline bool nw_note_is_open(const struct nw_note *note)
{
	return note->context && !(note->context & NW_CONTEXT_TOLD);
}

/* A call of this context begins; what another one left is overwritten. */
static inline void nw_note_open(struct nw_note *note, const u8 *lladdr, u8 new,
				u32 flags, u32 portid)
{
	note->lladdr = lladdr;
	note->portid = portid;
	note->new = new;
	note->flags = (flags & NEIGH_UPDATE_F_ADMIN ? NW_NOTE_ADMIN : 0) |
		      (flags & NEIGH_UPDATE_F_OVERRIDE ? NW_NOTE_OVERRIDE : 0) |
		      (flags & NW_UPDATE_F_USE ? NW_NOTE_USE : 0);
	WRITE_ONCE(note->context, nw_note_context());
}

static inline void nw_note_close(struct nw_note *note)
{
	WRITE_ONCE(note->context, 0);
}

/* What the call of this context did was seen; its end has nothing to add. */
static inline void nw_note_tell(struct nw_note *note)
{
	WRITE_ONCE(note->context, note->context | NW_CONTEXT_TOLD);
}

/**
 * nw_note_is_left() - tell whether the end of a call has something to add
 * @note: the note; its neighbour need not be locked
 *
 * Not where the announcement of this context's call told all, or where it left
 * no note because it changes nothing.
 */
static inline bool nw_note_is_left(const struct nw_note *note)
{
	unsigned long context = READ_ONCE(note->context);

	return context && context != (nw_note_context() | NW_CONTEXT_TOLD);
}

#endif /* _NEIGHWATCH_NOTE_H */
