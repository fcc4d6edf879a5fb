/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One stream of all records, from the oldest that is kept to whatever comes,
 * without gap or repeat.
 *
 * Subscribe, then read the ring, then drop what came twice. A gap, or a buffer
 * that ran over, is mended from the ring; what the ring no longer has is lost
 * and said. A module that goes is waited for.
 */
#ifndef NW_FOLLOW_H
#define NW_FOLLOW_H

#include "client.h"
#include "gather.h"
#include "seqtrack.h"

/**
 * struct nw_follow_ops - who listens
 * @begin: attached, for the first time; before all else
 * @event: one record
 * @lost: @count records, from number @first on, never came; @next is the one
 *	behind them
 * @joined: the past is over, what comes now happens now; again after a reload
 * @note: something about the recording itself
 * @drained: nothing more was there; up to @complete of struct nw_follow
 *
 * Of a new recording, when the module was loaded again, all is told: first a
 * note, then its records, then @joined.
 */
struct nw_follow_ops {
	void (*begin)(void *arg, const struct nw_stats *stats);
	int (*event)(void *arg, const struct nw_event *ev);
	void (*lost)(void *arg, const struct nw_event *next, __u64 first,
		     __u64 count);
	void (*joined)(void *arg);
	void (*note)(void *arg, const char *text);
	int (*drained)(void *arg);
};

/**
 * struct nw_follow - follows the records
 * @ask: for questions; open it first, it says which namespace
 * @live: multicast
 * @seq: which numbers came, and how many never did
 * @stats: of the reader's namespace, when it was attached last
 * @attached: records are coming
 * @complete: all records made before this time have been told
 * @pending: the module is registered, but not ready to answer yet: try again
 *	soon, with nw_follow_retry()
 */
struct nw_follow {
	struct nw_client ask;
	struct nw_client live;
	const struct nw_follow_ops *ops;
	void *arg;
	struct nw_seqtrack seq;
	struct nw_gather gather;
	struct nw_stats stats;
	bool all_netns;
	__u64 complete;
	bool attached;
	bool pending;
	bool begun;
	bool gathering;
	bool ran_over;		/* the socket lost messages */
	int err;		/* of the listener, while the past is told */
	__u64 mended;		/* read again from the ring */
};

/**
 * nw_follow_open() - open all that it takes; nothing is told yet
 * @f: zeroed, with @ask open, @ops, @arg and @all_netns set
 *
 * Return: 0 or a negative errno.
 */
int nw_follow_open(struct nw_follow *f);
void nw_follow_close(struct nw_follow *f);

/**
 * nw_follow_retry() - subscribe, and tell all that is kept
 * @f: open; not attached, or @pending
 *
 * Return: 0, also when there is no module yet, or a negative errno.
 */
int nw_follow_retry(struct nw_follow *f);

/*
 * Tell all that is there now; then drained(). Call it when @f->live.nl.fd has
 * something. Return: 0 or a negative errno.
 */
int nw_follow_drain(struct nw_follow *f);

#endif /* NW_FOLLOW_H */
