/* SPDX-License-Identifier: GPL-2.0 */
/* A stream of events, shown and judged: what replay, history and the screen share. */
#ifndef NW_JUDGE_H
#define NW_JUDGE_H

#include "cmd.h"
#include "detect.h"

/**
 * struct nw_judge - a stream and its verdicts
 * @o: options: the filter, the configuration, and whether findings alone are
 *	shown
 * @out: where it goes
 * @d: engine
 * @wanted: chooses the events that are shown among those the filter lets
 *	pass, NULL: all
 * @silent: nothing is shown for now; it is judged all the same
 * @fn: takes the findings
 * @arg: for @fn
 * @until: the stream is known to be complete up to here, 0: its last record
 */
struct nw_judge {
	const struct nw_opts *o;
	struct nw_out *out;
	struct nw_detect *d;
	bool (*wanted)(const struct nw_opts *o, const struct nw_event *ev);
	bool silent;
	nw_finding_fn fn;
	void *arg;
	__u64 until;
};

/*
 * @fn takes the findings, also while @j->silent; NULL: they are shown.
 * Return: 0 or -ENOMEM.
 */
int nw_judge_open(struct nw_judge *j, const struct nw_opts *o,
		  struct nw_out *out, nw_finding_fn fn, void *arg);
void nw_judge_close(struct nw_judge *j);
/* Forget what was told: the stream begins anew. Return: 0 or -ENOMEM. */
int nw_judge_again(struct nw_judge *j);

/* Findings of deadlines stand before the event, its own below it. */
void nw_judge_event(struct nw_judge *j, const struct nw_event *ev);
/* Would it be shown? */
bool nw_judge_wants(const struct nw_judge *j, const struct nw_event *ev);
/* Nothing more happened up to @mono. */
void nw_judge_until(struct nw_judge *j, const struct nw_origin *origin,
		    __u64 mono);
/* @count records from number @first on (0: unknown) never came. */
void nw_judge_lost(struct nw_judge *j, const struct nw_origin *origin,
		   __u64 mono, __u64 first, __u64 count);
/* The stream is over; what is open stays open. */
void nw_judge_end(struct nw_judge *j);

#endif /* NW_JUDGE_H */
