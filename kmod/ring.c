// SPDX-License-Identifier: GPL-2.0
/*
 * The one history of a namespace: bounded, the oldest record overwritten,
 * nothing allocated for a record. A small staging area inside the structure
 * takes the first records, so that a hook never waits for memory; the real
 * ring takes over what is there and keeps the numbers.
 */
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include "ring.h"

void nw_ring_init(struct nw_ring *ring)
{
	raw_spin_lock_init(&ring->lock);
	ring->slot = ring->staging;
	ring->size = NW_RING_STAGING;
	ring->head = 1;
	ring->tail = 1;
}

void nw_ring_fini(struct nw_ring *ring)
{
	if (ring->slot != ring->staging)
		kvfree(ring->slot);
}

/**
 * nw_ring_grow() - replace the staging area by a real ring
 * @ring: the ring
 * @size: records, a power of two, more than %NW_RING_STAGING
 *
 * Context: process, may sleep; callers exclude each other.
 * Return: 0, or -ENOMEM and the staging area stays in use.
 */
int nw_ring_grow(struct nw_ring *ring, u32 size)
{
	struct nw_record *slot, *src;
	unsigned long flags;
	u64 seq;

	slot = kvcalloc(size, sizeof(*slot), GFP_KERNEL);
	if (!slot)
		return -ENOMEM;

	raw_spin_lock_irqsave(&ring->lock, flags);
	for (seq = ring->tail; seq < ring->head; seq++) {
		src = nw_ring_slot(ring, seq);
		slot[seq & (size - 1)] = *src;
	}
	ring->slot = slot;
	ring->size = size;
	raw_spin_unlock_irqrestore(&ring->lock, flags);
	return 0;
}

/**
 * nw_ring_read() - copy records out
 * @ring: the ring
 * @seq: number of the first record wanted; moved on past what was copied
 * @until: stop before this number
 * @to: room for @count records
 * @count: at most %NW_RING_BATCH
 * @lost: raised by the records that were overwritten before this call
 *
 * Return: how many were copied; 0 when there is nothing before @until.
 */
u32 nw_ring_read(struct nw_ring *ring, u64 *seq, u64 until,
		 struct nw_record *to, u32 count, u64 *lost)
{
	unsigned long flags;
	u32 n = 0;

	raw_spin_lock_irqsave(&ring->lock, flags);
	if (*seq < ring->tail) {
		*lost += min(ring->tail, until) - min(*seq, until);
		*seq = ring->tail;
	}
	while (n < count && *seq < min(until, ring->head))
		to[n++] = *nw_ring_slot(ring, (*seq)++);
	raw_spin_unlock_irqrestore(&ring->lock, flags);
	return n;
}

/**
 * nw_ring_next() - the number the next record will get
 * @ring: the ring
 */
u64 nw_ring_next(struct nw_ring *ring)
{
	unsigned long flags;
	u64 next;

	raw_spin_lock_irqsave(&ring->lock, flags);
	next = ring->head;
	raw_spin_unlock_irqrestore(&ring->lock, flags);
	return next;
}

/**
 * nw_ring_mark() - look at the ring's ends
 * @ring: the ring
 */
struct nw_ring_mark nw_ring_mark(struct nw_ring *ring)
{
	struct nw_ring_mark mark = { };
	unsigned long flags;

	raw_spin_lock_irqsave(&ring->lock, flags);
	mark.head = ring->head;
	mark.tail = ring->tail;
	mark.size = ring->size;
	if (mark.tail < mark.head) {
		mark.mono = nw_ring_slot(ring, mark.tail)->mono;
		mark.real = nw_ring_slot(ring, mark.tail)->real;
	}
	raw_spin_unlock_irqrestore(&ring->lock, flags);
	return mark;
}
