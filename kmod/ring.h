/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_RING_H
#define _NEIGHWATCH_RING_H

#include <linux/spinlock.h>
#include "record.h"

/* Records a namespace can keep before its ring was allocated. */
#define NW_RING_STAGING	16
/* Most records copied out under the ring's lock. */
#define NW_RING_BATCH	16

/**
 * struct nw_ring - the history of one namespace
 * @lock: protects all below; raw and taken with interrupts off since carrier
 *	hooks may run in hardirq; held for %NW_RING_BATCH records at most
 * @slot: the records, number seq at seq & (@size - 1)
 * @size: slots, a power of two
 * @head: number the next record will get; the first one is 1
 * @tail: number of the oldest record kept
 * @staging: what @slot points to until nw_ring_grow() succeeded
 */
struct nw_ring {
	raw_spinlock_t lock;	/* what it protects: above */
	struct nw_record *slot;
	u32 size;
	u64 head;
	u64 tail;
	struct nw_record staging[NW_RING_STAGING];
};

/**
 * struct nw_ring_mark - a consistent look at a ring's ends
 * @head: number the next record will get
 * @tail: number of the oldest record kept, equal to @head when there is none
 * @size: records it can hold
 * @mono: stamp of the oldest record
 * @real: the same instant, CLOCK_REALTIME
 */
struct nw_ring_mark {
	u64 head;
	u64 tail;
	u32 size;
	u64 mono;
	u64 real;
};

void nw_ring_init(struct nw_ring *ring);
void nw_ring_fini(struct nw_ring *ring);
int nw_ring_grow(struct nw_ring *ring, u32 size);
u32 nw_ring_read(struct nw_ring *ring, u64 *seq, u64 until,
		 struct nw_record *to, u32 count, u64 *lost);
u64 nw_ring_next(struct nw_ring *ring);
struct nw_ring_mark nw_ring_mark(struct nw_ring *ring);

static inline struct nw_record *nw_ring_slot(struct nw_ring *ring, u64 seq)
{
	lockdep_assert_held(&ring->lock);
	return &ring->slot[seq & (ring->size - 1)];
}

/**
 * nw_ring_reserve() - begin a record
 * @ring: the ring
 * @flags: interrupt state, for nw_ring_commit()
 *
 * Context: any but NMI. The ring is locked until nw_ring_commit().
 * Return: the record to fill, with the content of an older one.
 */
static inline struct nw_record *nw_ring_reserve(struct nw_ring *ring,
						unsigned long *flags)
{
	raw_spin_lock_irqsave(&ring->lock, *flags);
	/* sparse: it stays locked for nw_ring_commit(). */
	__release(&ring->lock);
	return nw_ring_slot(ring, ring->head);
}

/**
 * nw_ring_commit() - number and keep the record that was begun
 * @ring: the ring
 * @flags: from nw_ring_reserve()
 */
static inline void nw_ring_commit(struct nw_ring *ring, unsigned long flags)
{
	__acquire(&ring->lock);
	if (++ring->head - ring->tail > ring->size)
		ring->tail = ring->head - ring->size;
	raw_spin_unlock_irqrestore(&ring->lock, flags);
}

#endif /* _NEIGHWATCH_RING_H */
