/* SPDX-License-Identifier: GPL-2.0 */
/* What is wrong now, and what was in the last day, by the kernel's history. */
#ifndef NW_VERDICT_H
#define NW_VERDICT_H

#include "gateway.h"
#include "judge.h"
#include "links.h"

/* Episodes of the last day that are over, in full; the rest by number. */
#define NW_VERDICT_PAST	4

/**
 * struct nw_verdict_tap - who else wants the records
 * @begin: a reading begins, perhaps anew; @oldest is the stamp of the oldest
 *	record that is kept, 0 when none aged out
 * @event: each record
 */
struct nw_verdict_tap {
	void (*begin)(void *arg, __u64 oldest);
	void (*event)(void *arg, const struct nw_event *ev);
	void *arg;
};

/**
 * struct nw_verdict - the history, judged
 * @judge: with what is open
 * @now: up to when
 * @gateways: as they were before the history was read
 * @links: likewise
 * @entries: when these were read
 * @tap: optional
 * @oldest: as for the tap
 * @lost: records overwritten while they were read
 * @begun: the first record came
 * @past: what is over, number i at i % %NW_VERDICT_PAST
 * @nr_past: how many there were
 */
struct nw_verdict {
	struct nw_judge judge;
	__u64 now;
	struct nw_gateways gateways;
	struct nw_links links;
	struct nw_clock entries;
	struct nw_verdict_tap tap;
	__u64 oldest;
	__u64 lost;
	bool begun;
	struct nw_finding past[NW_VERDICT_PAST];
	__u64 nr_past;
};

/* Return: 0 or -ENOMEM. */
int nw_verdict_open(struct nw_verdict *v, const struct nw_opts *o,
		    struct nw_out *out);
void nw_verdict_close(struct nw_verdict *v);

/*
 * Read and judge the history of the namespace @c asks about. What aged out of
 * it is judged by what the tracked entries kept.
 */
int nw_verdict_read(struct nw_verdict *v, struct nw_client *c);

/*
 * What is open, the worst first; then what is over. Info is left out:
 * history --findings has it. The evidence of all, or where there is no room
 * for that, of the worst alone (@brief).
 *
 * Return: the worst that is open, or NULL.
 */
const struct nw_finding *nw_verdict_print(const struct nw_verdict *v,
					  struct nw_out *out, bool brief);

#endif /* NW_VERDICT_H */
