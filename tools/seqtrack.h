/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which numbers a reader already has, and which it never got. Pure: no
 * netlink, no clock.
 *
 * Numbers are gapless within (instance, namespace). Live records and dumps
 * overlap; a number comes out once, and a number passed over is lost.
 */
#ifndef NW_SEQTRACK_H
#define NW_SEQTRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

/*
 * Namespaces come and go: of more the one longest unheard of is given up. More
 * than the module keeps rings of, or what a ring still has would come twice.
 */
#define NW_SEQTRACK_SPACES	16384

struct nw_seqspace {
	__u64 instance;
	__u64 cookie;
	__u64 next;		/* the number that comes next */
	__u64 used;		/* by nw_seqtrack::uses, when it was asked for last */
};

struct nw_seqtrack {
	struct nw_seqspace *space;
	size_t nr;
	size_t at;		/* the one found last: mostly the next, too */
	__u64 uses;
	__u64 lost;		/* numbers that never came, in all */
	bool complete;		/* none is unknown: a new one begins with 1 */
};

enum nw_seq {
	NW_SEQ_NEXT,		/* the expected one: take it */
	NW_SEQ_HAD,		/* had already: drop it */
	NW_SEQ_GAP,		/* numbers are missing before it */
	NW_SEQ_NOMEM,
};

/**
 * nw_seqtrack_live() - a record came by multicast
 * @t: the numbers so far
 * @instance: of the module's load
 * @cookie: of the namespace
 * @seq: its number
 *
 * %NW_SEQ_GAP changes nothing: read the missing ones from the ring with
 * nw_seqtrack_dump(), then ask again. The first number of a namespace never
 * seen before is taken as it comes, unless @t is complete: then 1 is due.
 */
enum nw_seq nw_seqtrack_live(struct nw_seqtrack *t, __u64 instance,
			     __u64 cookie, __u64 seq);

/**
 * nw_seqtrack_dump() - a record came from the ring
 * @t: the numbers so far
 * @instance: of the module's load
 * @cookie: of the namespace
 * @seq: its number
 * @lost: out, how many before it are gone for good
 *
 * Return: %NW_SEQ_NEXT to take it, %NW_SEQ_HAD to drop it.
 */
enum nw_seq nw_seqtrack_dump(struct nw_seqtrack *t, __u64 instance,
			     __u64 cookie, __u64 seq, __u64 *lost);

/**
 * nw_seqtrack_reach() - a dump is over and had all below @next
 *
 * Return: how many before @next are gone for good.
 */
__u64 nw_seqtrack_reach(struct nw_seqtrack *t, __u64 instance,
			__u64 cookie, __u64 next);

/* The numbers of other loads than @instance: none of them can come any more. */
void nw_seqtrack_forget(struct nw_seqtrack *t, __u64 instance);

struct nw_seqspace *nw_seqtrack_find(struct nw_seqtrack *t, __u64 instance,
				     __u64 cookie);
void nw_seqtrack_free(struct nw_seqtrack *t);

#endif /* NW_SEQTRACK_H */
