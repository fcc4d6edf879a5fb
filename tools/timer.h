/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Deadlines in order: a heap whose entries live in what waits for them. Equal
 * deadlines fire in the order in which they were set. Pure: no clock.
 */
#ifndef NW_TIMER_H
#define NW_TIMER_H

#include <stddef.h>
#include <linux/types.h>

#define NW_NEVER	(~0ULL)

struct nw_detector_ops;

/**
 * struct nw_timer - a deadline; zeroed before first use
 * @at: when, CLOCK_MONOTONIC of the stream
 * @order: of setting, between equal deadlines
 * @slot: place in the heap from 1 on, 0 while not set
 * @owner: detector whose deadline() is called
 */
struct nw_timer {
	__u64 at;
	__u64 order;
	size_t slot;
	const struct nw_detector_ops *owner;
};

struct nw_timers {
	struct nw_timer **heap;
	size_t nr;
	size_t room;
	__u64 order;
};

/* Set or move. Return: 0 or -ENOMEM; then it is not set. */
int nw_timer_set(struct nw_timers *timers, struct nw_timer *timer,
		 const struct nw_detector_ops *owner, __u64 at);
void nw_timer_cancel(struct nw_timers *timers, struct nw_timer *timer);
/* The earliest, or NULL. */
struct nw_timer *nw_timer_first(const struct nw_timers *timers);
void nw_timers_free(struct nw_timers *timers);

#endif /* NW_TIMER_H */
